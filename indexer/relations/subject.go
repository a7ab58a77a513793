package relations

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"
	"strings"

	"vankien/analyzers"
)

// subject is what a rule is about, to find the newer rule on the same matter.
// The works of one body and kind whose titles have the same words share one.
type subject struct {
	of     string    // folded: the kind, the body and the numbers of the title
	matter []uint32  // its words
	places []uint64  // keys under which it is looked for in Graph.subjects
	works  [2][]slot // those that all may know of, and those for staff alone
}

const (
	sameSubject = .8
	minWords    = 2
	maxWords    = 200
)

// rules are the kinds whose documents hold until they are replaced, folded. A
// letter, a report or a plan of a year is done with.
var rules = wordsOf("quyet dinh|quy dinh|quy che|huong dan|nghi quyet|chi thi|thong tu|thong tri|thong tu lien tich|nghi dinh|dieu le|" +
	"luat|bo luat|phap lenh|hien phap|ket luan|nghi quyet lien tich|quy che phoi hop|huong dan lien tich|quyet dinh lien tich")

// cases are how the subject of a decision on one person or thing begins, folded.
var cases = strings.Split("bo nhiem|mien nhiem|dieu dong|luan chuyen|chi dinh|phan cong|cu |nghi huu|nghi viec|khen thuong|tang |thi hanh ky luat|"+
	"ky luat doi voi|cong nhan|chuan y|phe duyet|phe chuan|giao |thu hoi|cap |cho phep|ket nap|khai tru|cho thoi|hop nhat|giai the", "|")

func wordsOf(list string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Split(list, "|") {
		set[word] = true
	}
	return set
}

func normative(kind string) bool { return rules[analyzers.FoldText(kind)] }

// newSubject is the subject of a work of whose title all are the words, nil
// where it is no rule.
func newSubject(w *work, all []string) *subject {
	if w.issued == "" || w.body.folded == "" || !normative(w.kind) {
		return nil
	}
	text := strings.Join(all, " ") + " "
	if len(all) < minWords || len(all) > maxWords || slices.ContainsFunc(cases, func(begin string) bool { return strings.HasPrefix(text, begin) }) {
		return nil
	}
	return subjectOf(w, all)
}

// fillers are the words of a title, folded, that a renewed rule puts in or
// leaves out: "tiếp tục đổi mới và nâng cao chất lượng sinh hoạt chi bộ trong
// giai đoạn mới" is "nâng cao chất lượng sinh hoạt chi bộ".
var fillers = []string{
	" quyet dinh ban hanh ", " ban hanh ", " quy dinh ", " mot so van de ", " cu the ", " ve viec ", " ve ", " viec ",
	" tiep tuc ", " doi moi va ", " trong giai doan moi ", " trong tinh hinh moi ", " trong thoi ky moi ",
}

// subjectWords are the folded words of a title that tell its matter.
func subjectWords(kind, title string) []string {
	text := " " + strings.Join(words(strings.Replace(title, "(sửa đổi)", "", 1)), " ") + " "
	if kind != "" {
		text = strings.TrimPrefix(text, " "+strings.Join(words(kind), " "))
	}
	for _, filler := range fillers {
		text = strings.ReplaceAll(text, filler, " ")
	}
	return strings.Fields(text)
}

// commonWords stand in every other title.
var commonWords = wordsOf("va|cua|cac|cho|doi|voi|trong|tren|dia|ban|mot|so|dieu|muc|thuc|hien|cong|tac|tinh|huyen|xa|thanh|pho|sua|bo|sung|to|chuc|" +
	"che|do|chinh|sach|quan|ly|hoat|dong|nhiem|vu|chuc|nang|quyen|han|co|can|don|vi|nguoi|thi|hanh|lam|nam|giai|doan|den|theo|tai|tu|ve|duoc|dang|vien")

// romans are the numerals that are no words, folded: the congress "XIV" is
// another than the "XIII".
var romans = wordsOf("ii|iii|iv|vii|viii|ix|xi|xii|xiii|xiv|xv|xvi")

// subjectOf is the subject of a title's words. Its places are made of all words
// of one body and kind with the same numbers, the first in an order that puts
// common words last. Two sets of which four fifths are the same have one of
// their first fifth in common.
func subjectOf(w *work, all []string) *subject {
	type weighed struct {
		common bool
		hash   uint32
	}
	var digits []string
	seen := map[uint32]bool{}
	var order []weighed
	for _, word := range all {
		if word[0] >= '0' && word[0] <= '9' || romans[word] {
			digits = append(digits, word)
		}
		h := hash32(word)
		if !seen[h] {
			seen[h] = true
			order = append(order, weighed{commonWords[word] || strings.Contains(w.body.folded, " "+word+" "), h})
		}
	}
	slices.SortFunc(order, func(a, b weighed) int {
		return cmp.Or(one(a.common)-one(b.common), cmp.Compare(a.hash, b.hash))
	})
	slices.Sort(digits)
	s := &subject{of: analyzers.FoldText(w.kind) + "|" + w.body.folded + "|" + strings.Join(digits, " ") + "|", matter: w.matter}
	base := fnv.New64a()
	base.Write([]byte(s.of))
	s.places = make([]uint64, len(order)-int(math.Ceil(sameSubject*float64(len(order))))+1)
	for i := range s.places {
		s.places[i] = base.Sum64()*1099511628211 ^ uint64(order[i].hash)
	}
	return s
}

func hash32(word string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(word))
	return h.Sum32()
}

func wordSet(all []string) []uint32 {
	set := make([]uint32, len(all))
	for i, word := range all {
		set[i] = hash32(word)
	}
	slices.Sort(set)
	return slices.Compact(set)
}

// jaccard is the share of the members of two sorted sets that both have.
func jaccard(a, b []uint32) float64 {
	both := common(a, b)
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// sameMatterOf tells whether two sets of words are one subject.
func sameMatterOf(a, b []uint32) bool {
	if short, long := min(len(a), len(b)), max(len(a), len(b)); float64(short) < sameSubject*float64(long) {
		return false
	}
	return jaccard(a, b) >= sameSubject
}

// common is how many members two sorted sets share.
func common(a, b []uint32) (both int) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both, i, j = both+1, i+1, j+1
		}
	}
	return both
}
