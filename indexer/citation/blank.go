package citation

// Blank reads the symbol of a number whose digits are not printed, for
// somebody to fill in by hand: "Số      -QĐ/TW", "Số: …/TB-SCT". The Serial of
// its Number is "".
func Blank(text string) (Number, bool) {
	p := lex(text)
	for i := range p.tokens {
		if p.folded(i) != "so" {
			continue
		}
		j := i + 1
		for p.is(j, sign) && p.tokens[j].sign != '-' && p.tokens[j].sign != '/' {
			j++
		}
		first, j2 := p.separator(j)
		for first != 0 && p.is(j2, sign) && p.tokens[j2].sign == '/' { // a dotted or dashed blank
			first, j2 = p.separator(j2)
		}
		if first == 0 {
			continue
		}
		if year, ok := p.atMost(j2, 4); ok && plausibleYear(year) {
			if _, j3 := p.separator(j2 + 1); p.is(j3, word) {
				j2 = j3
			}
		}
		if n, _, ok := p.symbol(Number{}, first, j2, cue{so: true}); ok {
			return n, true
		}
	}
	return Number{}, false
}
