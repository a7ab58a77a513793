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
		places: make(map[string][]int), rules: make(map[string][]rule), heads: make(map[string]int),
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
		if i >= len(s.Bodies) {
			continue // a province's, see placed
		}
		for _, name := range append([]string{b.Name}, b.Names...) {
			p := readName(name)
			r.byName[p.fold] = append(r.byName[p.fold], named{p.accented(), i})
		}
	}
	if err := r.link(); err != nil {
		return nil, err
	}
	for i, e := range s.Everywhere {
		for _, name := range append([]string{e.Name}, e.Names...) {
			for _, kind := range []string{provinceKind, cityKind} {
				head := readName(entry{Kind: kind}.fill(name)).fold
				r.rules[head] = append(r.rules[head], rule{i, kind})
			}
		}
	}
	for i, e := range s.Anywhere {
		for _, name := range append([]string{e.Name}, e.Names...) {
			head := readName(headOf(name))
			r.heads[head.fold] = i
			r.most = max(r.most, head.len())
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
			key := readName(name).fold
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
	before, after, found := strings.Cut(name, "{")
	if !found {
		return name
	}
	hole, after, _ := strings.Cut(after, "}")
	switch hole {
	case "name":
		hole = p.Name
	case "place":
		hole = p.Kind + " " + p.Name
	case "uy":
		hole = committee
	case "committee":
		hole = committee + " " + p.Name
	}
	return before + hole + p.fill(after)
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
	for i := range r.bodies {
		for _, id := range r.bodies[i].From {
			into := &r.bodies[r.byID[id]]
			into.Into = append(into.Into, r.bodies[i].ID)
		}
	}
	return r.checkCycles()
}

// checkCycles refuses a body that went into itself.
func (r *Register) checkCycles() error {
	const under, done = 1, 2
	state := make([]uint8, len(r.bodies))
	var walk func(i int) error
	walk = func(i int) error {
		if state[i] == under {
			return wrong("“%s” là tiền thân của chính nó", r.bodies[i].ID)
		}
		if state[i] == done {
			return nil
		}
		state[i] = under
		for _, id := range r.bodies[i].From {
			if err := walk(r.byID[id]); err != nil {
				return err
			}
		}
		state[i] = done
		return nil
	}
	for i := range r.bodies {
		if err := walk(i); err != nil {
			return err
		}
	}
	return nil
}
