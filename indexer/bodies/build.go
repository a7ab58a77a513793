package bodies

import (
	"slices"
	"strings"
)

// The kinds of place.
const (
	provinceKind = "tỉnh"
	cityKind     = "thành phố"
)

// build makes a register of a source whose entries are each right.
func build(s source) (*Register, error) {
	if len(s.Places)*len(s.Everywhere)+len(s.Bodies) > maxBodies {
		return nil, wrong("quá nhiều cơ quan: số địa phương nhân số mục in_every_place vượt quá %d", maxBodies)
	}
	r := &Register{
		source: s, byID: make(map[string]int), byName: make(map[string][]named), bySign: make(map[string][]int),
		places: make(map[string][]int), heads: make(map[string]int),
	}
	for _, e := range s.Bodies {
		r.bodies = append(r.bodies, e.body())
	}
	for i, e := range r.bodies {
		for _, symbol := range e.Symbols {
			upper := strings.ToUpper(symbol)
			r.bySign[upper] = append(r.bySign[upper], i)
		}
	}
	if err := r.settle(); err != nil {
		return nil, err
	}
	for i, b := range r.bodies {
		if _, twice := r.byID[b.ID]; twice {
			return nil, wrong("bodies: id “%s” trùng với một cơ quan được lập theo địa phương", b.ID)
		}
		r.byID[b.ID] = i
		for _, name := range append([]string{b.Name}, b.Names...) {
			all := words(name)
			r.byName[fold(all)] = append(r.byName[fold(all)], named{accented(all), i})
		}
	}
	if err := r.link(); err != nil {
		return nil, err
	}
	for i, e := range s.Anywhere {
		for _, name := range append([]string{e.Name}, e.Names...) {
			head := words(headOf(name))
			r.heads[fold(head)] = i
			r.most = max(r.most, len(head))
		}
	}
	return r, nil
}

// headOf is what stands before the place in a name of source.Anywhere.
func headOf(name string) string { return strings.TrimSpace(strings.TrimSuffix(name, "{name}")) }

// settle makes the bodies of the places.
func (r *Register) settle() error {
	ids := make(map[string]int)
	for i, p := range r.source.Places {
		ids[p.ID] = i
		for _, name := range append([]string{p.Name}, p.Names...) {
			key := fold(words(name))
			r.places[key] = append(r.places[key], i)
		}
	}
	for _, p := range r.source.Places {
		for _, id := range p.From {
			if _, known := ids[id]; !known {
				return wrong("places, “%s”: không có địa phương tiền thân “%s”", p.ID, id)
			}
		}
		for _, e := range r.source.Everywhere {
			if b := e.in(p); b.End == "" || b.Start <= b.End {
				r.bodies = append(r.bodies, b)
			}
		}
	}
	for _, e := range r.source.Everywhere {
		for _, id := range e.From {
			if !slices.ContainsFunc(r.source.Everywhere, func(other entry) bool { return other.ID == id }) {
				return wrong("in_every_place, “%s”: không có mục tiền thân “%s”", e.ID, id)
			}
		}
	}
	return nil
}

// in is the body that a rule makes of a place. Its From has ids of bodies that
// there may be.
func (e entry) in(p entry) Body {
	b := e.body()
	b.ID = e.ID + "-" + p.ID
	b.Name, b.Names = p.fill(e.Name), nil
	for _, name := range append([]string{e.Name}, e.Names...) {
		for _, place := range append([]string{p.Name}, p.Names...) {
			called := p
			called.Name = place
			if name := called.fill(name); name != b.Name && !slices.Contains(b.Names, name) {
				b.Names = append(b.Names, name)
			}
		}
	}
	b.Start = max(e.Start, p.Start)
	if p.End != "" && (b.End == "" || p.End < b.End) {
		b.End = p.End
	}
	if e.Parent != "" {
		b.Parent = e.Parent + "-" + p.ID
	}
	b.From = nil
	for _, id := range e.From {
		b.From = append(b.From, id+"-"+p.ID)
	}
	for _, place := range p.From {
		b.From = append(b.From, e.ID+"-"+place)
		for _, id := range e.From {
			b.From = append(b.From, id+"-"+place)
		}
	}
	return b
}

// fill writes a place into the name of a rule: {name} is Thái Nguyên, {place}
// tỉnh Thái Nguyên, {uy} Tỉnh ủy, {committee} Tỉnh ủy Thái Nguyên.
func (p entry) fill(name string) string {
	committee := "Tỉnh ủy"
	if p.Kind == cityKind {
		committee = "Thành ủy"
	}
	return strings.NewReplacer("{name}", p.Name, "{place}", p.Kind+" "+p.Name, "{uy}", committee, "{committee}", committee+" "+p.Name).Replace(name)
}

// link keeps of From and Parent what there is, and makes Into.
func (r *Register) link() error {
	written := len(r.source.Bodies)
	for i := range r.bodies {
		b := &r.bodies[i]
		if _, known := r.byID[b.Parent]; !known && b.Parent != "" {
			if i < written {
				return wrong("bodies, “%s”: không có cơ quan cấp trên “%s”", b.ID, b.Parent)
			}
			b.Parent = ""
		}
		var from []string
		for _, id := range b.From {
			if _, known := r.byID[id]; known {
				from = append(from, id)
			} else if i < written {
				return wrong("bodies, “%s”: không có cơ quan tiền thân “%s”", b.ID, id)
			}
		}
		b.From = from
	}
	for _, b := range slices.Clone(r.bodies) {
		for _, id := range b.From {
			into := &r.bodies[r.byID[id]]
			into.Into = append(into.Into, b.ID)
		}
	}
	for _, b := range r.bodies {
		if slices.ContainsFunc(r.along(b, func(b Body) []string { return b.From }), func(former Body) bool { return slices.Contains(former.From, b.ID) }) ||
			slices.Contains(b.From, b.ID) {
			return wrong("“%s” là tiền thân của chính nó", b.ID)
		}
	}
	return nil
}
