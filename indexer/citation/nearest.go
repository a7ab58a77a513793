package citation

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// member is a document of a family: those that share a symbol.
type member struct {
	serial   int
	document int32
}

// sortMembers sorts a family by serials, the newest of equal ones first.
func (r *Register) sortMembers(family []member) {
	slices.SortStableFunc(family, func(a, b member) int {
		return cmp.Or(cmp.Compare(a.serial, b.serial), strings.Compare(r.known[b.document].Issued, r.known[a.document].Issued))
	})
}

// symbolOf is the part of a number that all of its family share.
func symbolOf(n Number) string { return strings.ToUpper(n.Kind + "/" + n.Issuer) }

// ofKind are the documents of a kind, whoever issued them, by serials.
func (r *Register) ofKind(kind string) []member {
	var all []member
	for symbol, family := range r.families {
		if of, _, _ := strings.Cut(symbol, "/"); of == strings.ToUpper(kind) {
			all = append(all, family...)
		}
	}
	slices.SortFunc(all, func(a, b member) int { return cmp.Compare(a.document, b.document) })
	r.sortMembers(all)
	return all
}

func serialValue(serial string) (int, bool) {
	value, err := strconv.Atoi(serial)
	return value, err == nil
}

// Nearest are at most size documents to offer, as a question and never as the
// answer, where n means none: those with the same serial and another symbol,
// then those with the same symbol and the serials next to it.
func (r *Register) Nearest(n Number, size int) []int {
	if size <= 0 {
		return nil
	}
	var all []int
	for _, i := range r.sameSerial(n) {
		if len(all) < (size+1)/2 {
			all = append(all, int(i))
		}
	}
	for _, i := range r.neighbours(n, size) {
		if len(all) < size && !slices.Contains(all, i) {
			all = append(all, i)
		}
	}
	return all
}

// sameSerial are the documents with n's serial, those that share more with it
// first, then the newest.
func (r *Register) sameSerial(n Number) []int32 {
	same := slices.Clone(r.bySerial[serialKey(n.Serial)])
	shares := func(i int32) int {
		score := 0
		if n.Kind != "" && r.traits[i].kind == n.Kind {
			score += 2
		}
		if n.Issuer != "" && r.traits[i].issuer == strings.ToUpper(onlyLetters(n.Issuer)) {
			score++
		}
		return score
	}
	slices.SortStableFunc(same, func(a, b int32) int {
		return cmp.Or(cmp.Compare(shares(b), shares(a)), strings.Compare(r.known[b].Issued, r.known[a].Issued))
	})
	return same
}

// neighbours are the documents of n's family with the serials nearest to its
// own; where no issuer was typed, or it has none such, those of all.
func (r *Register) neighbours(n Number, size int) []int {
	serial, ok := serialValue(n.Serial)
	family := r.families[symbolOf(n)]
	if len(family) == 0 || n.Issuer == "" {
		family = r.ofKind(n.Kind)
	}
	if !ok || n.Kind+n.Issuer == "" {
		return nil
	}
	above, _ := slices.BinarySearchFunc(family, serial, func(m member, serial int) int { return cmp.Compare(m.serial, serial) })
	lower, upper := family[:above], family[above:]
	var all []int
	for len(all) < size && len(lower)+len(upper) > 0 {
		var next []member // all of one serial
		if len(lower) == 0 || len(upper) > 0 && upper[0].serial-serial <= serial-lower[len(lower)-1].serial {
			end := 1
			for end < len(upper) && upper[end].serial == upper[0].serial {
				end++
			}
			next, upper = upper[:end], upper[end:]
		} else {
			begin := len(lower) - 1
			for begin > 0 && lower[begin-1].serial == lower[begin].serial {
				begin--
			}
			next, lower = lower[begin:], lower[:begin]
		}
		for _, m := range next {
			all = append(all, int(m.document))
		}
	}
	return all[:min(len(all), size)]
}
