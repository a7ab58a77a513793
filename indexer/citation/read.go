package citation

import "strings"

// read finds every citation: first what names a document, then what stands
// around it and says more of it.
func (p *parser) read() []found {
	var all []found
	for i := 0; i < len(p.tokens); {
		next := i + 1
		var group []found
		switch p.tokens[i].kind {
		case number:
			if p.typed && p.placed(i) {
				break // "điều 3 qđ 17" has nothing numbered 3
			}
			group = p.citations(i)
			if group == nil && p.typed {
				group = p.guess(i)
			}
		case word:
			if p.far && beginners[p.folded(i)] {
				group = p.unnumbered(i)
			}
		}
		if len(group) > 0 {
			all, next = append(all, group...), group[len(group)-1].next
		}
		i = next
	}
	if p.far && len(all) > 0 {
		all = p.merge(all)
		p.surround(all)
	}
	return all
}

// beginners are the folded words that a document named without a number may
// begin with.
var beginners = map[string]bool{}

func init() {
	for name := range kindByName {
		first, _, _ := strings.Cut(name, " ")
		beginners[first] = true
	}
	for symbol := range symbolByFold {
		beginners[symbol], beginners[symbol+"tw"], beginners[symbol+"tu"] = true, true, true
	}
	for first := range nicknamesByWord {
		beginners[first] = true
	}
}

// merge makes one citation of a document that is named by its plenum and, in
// brackets or behind a comma, by its number: "Nghị quyết Trung ương 8 khóa XI
// (số 29-NQ/TW)".
func (p *parser) merge(all []found) []found {
	kept := all[:0]
	for i, f := range all {
		if f.Number.Serial == "" && f.Plenum > 0 && i+1 < len(all) && all[i+1].Number.Serial != "" && p.onlySigns(f.next, all[i+1].from) {
			next := &all[i+1]
			next.Term, next.Plenum, next.from = f.Term, f.Plenum, f.from
			if next.Said == "" {
				next.Said = f.Said
			}
			continue
		}
		kept = append(kept, f)
	}
	return kept
}

// onlySigns tells whether nothing but a comma, a bracket or a dash stands
// between two tokens.
func (p *parser) onlySigns(from, to int) bool {
	if to-from > 2 {
		return false
	}
	for i := from; i < to; i++ {
		if !p.isSign(i, '(') && !p.isSign(i, ',') && !p.isSign(i, '-') {
			return false
		}
	}
	return from <= to
}

// surround reads what stands before and behind each citation: pinpoint, date,
// term and plenum. What stands between two belongs to the first, but for a
// pinpoint right before the second.
func (p *parser) surround(all []found) {
	around := p.around(all)
	floor := 0
	for i := range all {
		f := &all[i]
		limit := len(p.tokens)
		if i+1 < len(all) {
			limit = all[i+1].from
		}
		from, to := f.from, f.after
		if pin, at, ok := around.pinBefore(p, f.from, floor); ok {
			f.Pinpoint, from = pin, at
		}
		to = p.tail(f, around, to, limit)
		from = p.head(f, around, from, floor)
		f.From, f.To = p.tokens[from].start, p.tokens[to-1].end
		floor = to
	}
	p.shareTerms(all)
}

// shareTerms gives the term behind a list to all of it: "Nghị quyết 18, 19 và
// 20 khóa XII".
func (p *parser) shareTerms(all []found) {
	for i := len(all) - 1; i > 0; i-- {
		f, before := &all[i], &all[i-1]
		joined := before.after+1 == f.from && (p.isSign(before.after, ',') || p.folded(before.after) == "va")
		if joined && f.Term != "" && before.Number.Serial != "" && before.Term == "" && before.Date == "" && before.Year == 0 {
			before.Term, before.Plenum = f.Term, f.Plenum
		}
	}
}

// maxTail and maxHead are how many tokens behind and before a citation are
// read for it.
const (
	maxTail = 60
	maxHead = 30
)

// tail reads on behind a citation, to the end of the sentence: first what
// stands next to it, but for the name of who issued it; from "về" on, where
// the subject is told, only terms and plenums in so many words.
func (p *parser) tail(f *found, around surroundings, at, limit int) (to int) {
	to = at
	subject, ofBody := false, false
	for i := at; i < min(limit, at+maxTail) && !p.endsSentence(i); {
		if m, ok := around.meetings[i]; ok && m.next <= limit && (!m.congress || !subject && p.passedBy(i)) {
			if f.Term == "" && f.Plenum == 0 || f.Term == "" && f.Plenum == m.plenum {
				f.Term, f.Plenum, to = m.term(), m.plenum, m.next
			}
			i = m.next
			continue
		}
		if pin, ok := around.pins[i]; ok && !subject && pin.next <= limit && !p.connected(pin.next, limit) {
			if f.Pinpoint.Zero() {
				f.Pinpoint, to = pin.Pinpoint, pin.next
			}
			i = pin.next
			continue
		}
		if !subject && f.Date == "" && f.Year == 0 && (ofBody || p.typed) {
			if next := p.dated(f, i); next > i {
				i, to = next, next
				continue
			}
		}
		switch w := p.folded(i); {
		case w == "cua" || w == "do":
			ofBody = true
		case w == "ve" || !ofBody && p.is(i, word) && !connectors[w]:
			subject = true
		}
		i++
	}
	return to
}

// dated reads a date or a year that stands behind the name of the issuer.
func (p *parser) dated(f *found, i int) (next int) {
	if p.folded(i) == "thang" && p.is(i+1, number) { // "tháng 5/2025"
		if year, ok := p.atMost(i+3, 4); ok && plausibleYear(year) && (p.isSign(i+2, '/') || p.isSign(i+2, '-') || p.folded(i+2) == "nam") {
			f.Year = year
			return i + 4
		}
		return i
	}
	if p.folded(i) == "nam" || p.is(i, number) || p.folded(i) == "ngay" {
		return p.when(&f.Citation, i)
	}
	return i
}

// connectors are the words between a number and what belongs to it.
var connectors = set("cua do tai theo trong thuoc o ngay ky ban hanh thang nam va so")

// head reads what stands before a citation: "Ngày 22/10/2018, Bộ Chính trị ban
// hành Nghị quyết số 35-NQ/TW", "Hội nghị Trung ương 5 khóa XIII ban hành …".
func (p *parser) head(f *found, around surroundings, at, floor int) (from int) {
	from = at
	if !p.issued(at, floor) {
		return from
	}
	for i := at - 1; i >= max(floor, at-maxHead) && !p.endsSentence(i); i-- {
		if m, ok := around.meetings[i]; ok && f.Term == "" && f.Plenum == 0 && !m.congress && m.next <= at {
			f.Term, f.Plenum, from = m.term(), m.plenum, i
		}
		if iso, next, ok := p.date(i); ok && p.folded(i) == "ngay" && next <= at && f.Date == "" && f.Year == 0 {
			f.Date, from = iso, i
		}
	}
	return from
}

// issued tells whether a verb of issuing stands right before token at.
func (p *parser) issued(at, floor int) bool {
	for i := at - 1; i >= max(floor, at-3); i-- {
		switch p.folded(i) {
		case "hanh":
			return p.folded(i-1) == "ban"
		case "qua":
			return p.folded(i-1) == "thong"
		case "ra", "ky":
			return true
		}
	}
	return false
}

// endsSentence tells whether token i is the end of a sentence or of an item of
// a list.
func (p *parser) endsSentence(i int) bool {
	return p.isSign(i, ';') || p.isSign(i, '.') && (i+1 >= len(p.tokens) || p.tokens[i+1].gap)
}
