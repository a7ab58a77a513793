package citation

// surroundings are the pinpoints and meetings of a text, by the token they
// begin with.
type surroundings struct {
	pins     map[int]place
	endings  map[int]int // the token behind a pinpoint → the one it begins with
	meetings map[int]meeting
}

// around reads what stands between the citations.
func (p *parser) around(all []found) surroundings {
	s := surroundings{map[int]place{}, map[int]int{}, map[int]meeting{}}
	for i := 0; i < len(p.tokens); {
		for len(all) > 0 && i >= all[0].next {
			all = all[1:]
		}
		if len(all) > 0 && i >= all[0].from {
			i = all[0].next
			continue
		}
		if p.tokens[i].kind != word {
			i++
			continue
		}
		if pin, ok := p.places(i); ok {
			s.pins[i], s.endings[pin.next] = pin, i
			i = pin.next
			continue
		}
		if m, ok := p.meeting(i); ok && (m.central || m.congress) {
			s.meetings[i] = m
			i = m.next
			continue
		}
		i++
	}
	return s
}

// pinBefore is the pinpoint that ends right before token from, and where it
// begins; floor is the first token that it may have.
func (s surroundings) pinBefore(p *parser, from, floor int) (Pinpoint, int, bool) {
	for end := from; end > floor && from-end <= maxBetween; end-- {
		if begin, ok := s.endings[end]; ok && begin >= floor {
			return s.pins[begin].Pinpoint, begin, true
		}
		if w := p.folded(end - 1); !p.isSign(end-1, ',') && !p.isSign(end-1, '(') && !between[w] {
			break
		}
	}
	return Pinpoint{}, 0, false
}

// connected tells whether only words that join stand between token i, the end
// of a pinpoint, and the next citation at limit: the pinpoint is of that one.
func (p *parser) connected(i, limit int) bool {
	if limit >= len(p.tokens) || limit-i > maxBetween {
		return false
	}
	for ; i < limit; i++ {
		if !p.isSign(i, ',') && !p.isSign(i, '(') && !between[p.folded(i)] {
			return false
		}
	}
	return true
}

// between are the words that join a pinpoint to its document.
var between = set("cua tai trong thuoc theo o cac ban hanh kem")

const maxBetween = 4
