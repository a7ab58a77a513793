package query

import (
	"slices"
	"strconv"
	"strings"
)

// maxName is the most words of a field's name.
const maxName = 4

// fieldNames are the names that fields are typed by, folded.
var fieldNames = map[string]FieldName{
	"loai": FieldKind, "loai van ban": FieldKind, "loai vb": FieldKind, "the loai": FieldKind,
	"co quan": FieldIssuer, "co quan ban hanh": FieldIssuer, "noi ban hanh": FieldIssuer, "don vi ban hanh": FieldIssuer,
	"nam": FieldDate, "nam ban hanh": FieldDate, "thang": FieldDate, "ngay": FieldDate, "ngay ban hanh": FieldDate, "ngay ky": FieldDate,
	"tu": FieldDate, "tu nam": FieldDate, "tu ngay": FieldDate, "tu thang": FieldDate,
	"den": FieldDate, "den nam": FieldDate, "den ngay": FieldDate, "den thang": FieldDate,
	"khoa": FieldTerm, "khoa dang": FieldTerm,
	"hieu luc": FieldValidity, "tinh trang": FieldValidity, "tinh trang hieu luc": FieldValidity,
	"so": FieldNumber, "so hieu": FieldNumber, "so ky hieu": FieldNumber, "so van ban": FieldNumber, "so vb": FieldNumber,
	"trich yeu": FieldTitle, "tieu de": FieldTitle, "ten van ban": FieldTitle,
	"trich": FieldCites, "dan": FieldCites, "trich dan": FieldCites, "dan chieu": FieldCites, "vien dan": FieldCites,
	"thay the": FieldReplaces, "bi thay the boi": FieldReplaces, "thay the boi": FieldReplaces,
	"can cu": FieldBasedOn, "can cu vao": FieldBasedOn,
}

// fieldName reads the name of a field and its colon from piece i on; next is
// the piece behind the colon.
func (p *parser) fieldName(i int) (name string, next int, ok bool) {
	colon := i
	for colon < len(p.pieces) && colon-i <= maxName && p.pieces[colon].kind == wordPiece {
		colon++
	}
	if colon == i || p.piece(colon).text != ":" || p.piece(colon).kind != signPiece {
		return "", 0, false
	}
	var b strings.Builder
	for at := i; at < colon; at++ {
		if len(p.pieces[at].fold) > 20 {
			return "", 0, false
		}
		b.WriteString(p.pieces[at].fold + " ")
	}
	folded := b.String()
	folded = strings.Join(strings.FieldsFunc(folded[minus(folded):], func(r rune) bool { return r == ' ' || r == '_' || r == '-' }), " ")
	return folded, colon + 1, fieldNames[folded] != ""
}

// field reads a field from piece i on; next is the piece behind it, i where
// there is none that makes sense.
func (p *parser) field(i int) (f Field, next int) {
	typed, at, ok := p.fieldName(i)
	if !ok || len(p.query.Fields) >= MaxFields {
		return Field{}, i
	}
	f.Name = fieldNames[typed]
	if f.Name == FieldNumber && (p.piece(at).kind == wordPiece && !p.piece(at).glued || p.kindBefore(i)) {
		return Field{}, i // "Nghị quyết số: 21-NQ/TW" is how papers print a number
	}
	switch f.Name {
	case FieldDate:
		var spans []span
		at = p.values(at, func(text string, _ bool) bool {
			s, ok := readSpan(text)
			if ok {
				spans = append(spans, s)
			}
			return ok
		})
		f = dateField(typed, spans)
	case FieldTitle:
		f.Values, at = p.title(at)
	default:
		digits := f.Name != FieldReplaces && f.Name != FieldBasedOn || p.piece(at).glued // "Căn cứ: 30 ngày" is prose
		at = p.values(at, func(text string, quoted bool) bool {
			if !digits && !quoted && allDigits(text) {
				return false
			}
			values := readValue(f.Name, text, quoted)
			f.Values = append(f.Values, values...)
			return len(values) > 0
		})
	}
	for i, value := range f.Values {
		f.Values[i] = strings.Join(strings.Fields(value), " ")
	}
	f.Values = distinct(f.Values)
	if len(f.Values) == 0 && f.From == "" && f.To == "" {
		return Field{}, i
	}
	return f, at
}

// kindBefore tells whether the name of a kind stands before piece i.
func (p *parser) kindBefore(i int) bool {
	return p.piece(i-1).kind == wordPiece && p.piece(i-2).kind == wordPiece && len(p.piece(i-1).fold)+len(p.piece(i-2).fold) < 40 &&
		len(kindNames(p.piece(i-2).text+" "+p.piece(i-1).text)) > 0
}

// maxValueWords is the most words of one value without quotes: "ngày 16 tháng
// 6 năm 2022".
const maxValueWords = 6

// values reads values parted by commas from piece i on: what stands in quotes,
// else the most words that accept takes. next is the piece behind them, i
// where there is none.
func (p *parser) values(i int, accept func(text string, quoted bool) bool) (next int) {
	next = i
	for at, n := i, 0; n < MaxValues; n++ {
		after := p.value(at, accept)
		if after == at {
			break
		}
		next = after
		if p.piece(after).text != "," {
			break
		}
		at = after + 1
	}
	if next > i && p.piece(next).text == "," && p.piece(next).kind == signPiece {
		next++ // a comma that leads on to the rest of the query
	}
	return next
}

func (p *parser) value(i int, accept func(text string, quoted bool) bool) (next int) {
	if p.piece(i).kind == quotePiece {
		if accept(p.piece(i).text, true) {
			return i + 1
		}
		return i
	}
	var words []string
	for at := i; at < len(p.pieces) && at-i < maxValueWords && p.pieces[at].kind == wordPiece && (at == i || !p.pieces[at].line && !p.named(at)); at++ {
		words = append(words, p.pieces[at].text)
	}
	for n := len(words); n > 0; n-- {
		text := strings.Join(words[:n], " ")
		if accept(text, false) || accept(strings.TrimRight(text, ".?!"), false) {
			return i + n
		}
	}
	return i
}

// title reads words of a title: quoted ones, else all up to the next operator.
func (p *parser) title(i int) (values []string, next int) {
	next = p.values(i, func(text string, quoted bool) bool {
		if quoted {
			values = append(values, text)
		}
		return quoted
	})
	if next > i {
		return values, next
	}
	for next < len(p.pieces) && (next == i && p.pieces[i].kind == wordPiece && !p.named(i) || next > i && p.goesOn(next) || p.piece(next).text == "," && next > i) {
		next++
	}
	words := make([]string, 0, next-i)
	for _, w := range p.pieces[i:next] {
		if w.text != "," {
			words = append(words, w.text)
		}
	}
	if text := trimmed(strings.Join(words, " ")); text != "" {
		return []string{text}, next
	}
	return nil, i
}

// either is the field that holds where a or b does.
func either(a, b Field) (Field, bool) {
	years := func(f Field) []string {
		if f.Name == FieldDate && f.From != "" && f.To != "" && f.From[4:] == "-01-01" && f.To == f.From[:4]+"-12-31" {
			return []string{f.From[:4]}
		}
		return f.Values
	}
	switch dates := map[FieldName]bool{FieldDate: true, FieldYear: true}; {
	case a.Not || b.Not:
		return a, false
	case dates[a.Name] && dates[b.Name] && len(years(a)) > 0 && len(years(b)) > 0:
		a = Field{Name: FieldYear, Values: slices.Concat(years(a), years(b))}
	case a.Name != b.Name:
		return a, false
	case a.Name == FieldDate:
		hull := span{a.From, a.To}.with(span{b.From, b.To})
		a.Values = slices.Concat(a.spans(), b.spans())
		if a.From, a.To = hull.from, hull.to; hull == (span{}) {
			a.From, a.To = earliest, latest // one is open before, the other behind
		}
	default:
		a.Values = slices.Concat(a.Values, b.Values)
	}
	a.Values = distinct(a.Values)
	return a, true
}

// distinct is values without repetitions, MaxValues of them at most.
func distinct(values []string) []string {
	var kept []string
	for _, v := range values {
		if !slices.Contains(kept, v) && len(kept) < MaxValues {
			kept = append(kept, v)
		}
	}
	return kept
}

// dateField is the field of that name for the spans that were typed.
func dateField(typed string, spans []span) Field {
	f := Field{Name: FieldDate}
	if len(spans) == 0 {
		return f
	}
	all, years := spans[0], true
	var values []string
	for _, s := range spans {
		all = all.with(s)
		years = years && s.year() != ""
		values = append(values, s.year())
	}
	slices.Sort(values)
	values = slices.Compact(values)
	f.From, f.To = all.from, all.to
	switch head, _, _ := strings.Cut(typed, " "); {
	case head == "tu" && len(spans) == 1 && !spans[0].ranged():
		f.To = ""
	case head == "den" && len(spans) == 1 && !spans[0].ranged():
		f.From = ""
	case years && !follow(values):
		return Field{Name: FieldYear, Values: values}
	case !years && len(spans) > 1:
		for _, s := range spans {
			f.Values = append(f.Values, s.from+spanSign+s.to)
		}
		f.Values = distinct(f.Values)
	}
	return f
}

// The first and the last day that a date can be.
const earliest, latest = "0000-01-01", "9999-12-31"

// spans are the spans of a FieldDate as its Values write them.
func (f Field) spans() []string {
	if len(f.Values) > 0 {
		return f.Values
	}
	return []string{f.From + spanSign + f.To}
}

// follow tells whether years follow each other without a gap.
func follow(years []string) bool {
	first, _ := strconv.Atoi(years[0])
	last, _ := strconv.Atoi(years[len(years)-1])
	return last-first == len(years)-1
}
