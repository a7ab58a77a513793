package bodies

import (
	"slices"
	"strings"
)

// below are the nouns of places that are no province, folded.
var below = []string{"thanh pho", "huyen", "quan", "thi xa", "thi tran", "xa", "phuong", "dac khu"}

// formerPlaces is a name with the place in which it ends replaced by those
// that went into it.
func (r *Register) formerPlaces(name string) []Former {
	if len(name) > maxName {
		return nil
	}
	p := readName(name)
	if p.len() > maxWords {
		return nil
	}
	if body, ok := r.ByName(name, ""); ok && (body.Level == District || body.Level == Commune || body.Level == Cell) {
		return nil
	}
	for at := max(p.len()-maxPlaceWords, 0); at < p.len(); at++ {
		found := r.places[p.tail(at)]
		if len(found) == 0 {
			continue
		}
		place, noun := r.present(found), false
		if kind := readName(place.Kind); at >= kind.len() && p.from(at-kind.len()).head(kind.len()) == kind.fold {
			at, noun = at-kind.len(), true
		} else if slices.ContainsFunc(below, func(noun string) bool { return strings.HasSuffix(" "+p.head(at), " "+noun) }) {
			return nil
		}
		if place.End != "" {
			return nil
		}
		before := ""
		if at > 0 {
			before = strings.TrimSpace(name[:p.words[at-1].end]) + " "
		}
		var formers []Former
		for _, former := range r.cameFrom(place) {
			called := former.Name
			if noun {
				called = former.Kind + " " + called
			}
			formers = append(formers, Former{before + called, former.End})
		}
		return formers
	}
	return nil
}

// maxPlaceWords is the most words of a place's name.
const maxPlaceWords = 6

// present is the latest of places of one name.
func (r *Register) present(found []int) entry {
	place := r.source.Places[found[0]]
	for _, i := range found[1:] {
		if p := r.source.Places[i]; closer(p.body(), place.body(), "") {
			place = p
		}
	}
	return place
}

// cameFrom are the places that went into one, directly or through others.
func (r *Register) cameFrom(place entry) []entry {
	var all []entry
	seen := map[string]bool{place.ID: true}
	for next := place.From; len(next) > 0; {
		var further []string
		for _, p := range r.source.Places {
			if slices.Contains(next, p.ID) && !seen[p.ID] {
				seen[p.ID] = true
				all = append(all, p)
				further = append(further, p.From...)
			}
		}
		next = further
	}
	return all
}
