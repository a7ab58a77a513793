package bleveindex

import (
	"maps"
	"slices"
	"strings"
	"time"

	"vankien/indexer"
	"vankien/indexer/relations"
	"vankien/storage"
)

// vietnam is where documents take effect when a day begins.
var vietnam = time.FixedZone("ICT", 7*60*60)

func today() storage.Date { return storage.Date(time.Now().In(vietnam).Format(time.DateOnly)) }

// stand brings the relations of documents up to date with those that changed, and
// tells of which the catalogue has to be told: those, and the ones that stand
// otherwise because of them or because a day has come.
func (b *build) stand(day storage.Date, changed []storage.ID) []storage.ID {
	if b.relations == nil {
		b.relations = relations.New()
		changed = slices.Collect(maps.Keys(b.listings))
	}
	for _, id := range changed {
		if l := b.listings[id]; l != nil {
			b.relations.Put(l.work())
		} else {
			b.relations.Delete(id)
		}
	}
	changed = slices.Concat(changed, b.relations.Changed(day))
	slices.Sort(changed)
	changed = slices.Compact(changed)
	for _, id := range changed {
		if l := b.listings[id]; l != nil {
			b.listings[id] = l.stand(b.relations.Standing(id, day))
		}
	}
	b.day = day
	return changed
}

// work is the document as its relations need it. What nobody but the staff may
// find says nothing about the others.
func (l *listing) work() relations.Work {
	d := l.Document
	if draft(d.Facts) {
		d.Facts.Relations = slices.Clone(d.Facts.Relations)
		for i := range d.Facts.Relations { // it proposes what it would do, and does nothing
			d.Facts.Relations[i].Kind = storage.Cites
		}
	}
	return relations.Work{
		ID: d.ID, Facts: d.Facts, Stated: d.Validity, Superseded: d.ReplacedBy,
		Staff: !l.shownTo(storage.AudienceMembers),
	}
}

// draft tells whether a document is one that nobody has issued: it says so, or has
// neither number nor day nor signer, not even by hand.
func draft(f storage.Facts) bool {
	byHand := f.Evidence["number"].Guess != nil || f.Evidence["issued"].Guess != nil
	return strings.Contains(spaced(string(f.Circulation)), " du thao ") ||
		f.Number == "" && f.Issued == "" && f.Signer == "" && !byHand && len(f.Evidence) > 0
}

// stand is the listing with what follows from the other documents; views that
// have l keep what they saw.
func (l *listing) stand(s relations.Standing) *listing {
	stood := *l
	stood.standing = nil
	if s.Validity != l.Document.Validity || len(s.ReplacedBy)+len(s.Duplicates)+len(s.Possible)+len(s.Latest) > 0 {
		stood.standing = &s
	}
	stood.values = maps.Clone(l.values)
	validity := stood.validity()
	stood.values[indexer.FacetValidity] = indexer.FacetValue{Value: string(validity), Label: validityLabels[validity]}
	return &stood
}

// validity is whether the document holds, by what people stated and what the
// library knows.
func (l *listing) validity() storage.Validity {
	if l.standing != nil {
		return l.standing.Validity
	}
	return l.Document.Validity
}

// document is the document as it stands in the library.
func (l *listing) document() storage.Document {
	d := l.Document
	l.overlay(&d)
	return d
}

// overlay sets how a document stands in the library.
func (l *listing) overlay(d *storage.Document) {
	d.Validity = l.validity()
	if l.standing != nil {
		d.ReplacedBy = append([]storage.ID{}, l.standing.ReplacedBy...)
		for _, stated := range l.Document.ReplacedBy { // one that is not published yet is no less stated
			if !slices.Contains(d.ReplacedBy, stated) {
				d.ReplacedBy = append(d.ReplacedBy, stated)
			}
		}
		d.Duplicates = append([]storage.ID{}, l.standing.Duplicates...)
	}
}

// turnDay opens the state of a new day where a search is the first to see it. A
// writer that is at work will do it.
func (x *Index) turnDay(day storage.Date) {
	if !x.writing.TryLock() {
		return
	}
	defer x.writing.Unlock()
	x.mu.Lock()
	if x.live == nil || x.live.day >= day || x.view == nil {
		x.mu.Unlock()
		return
	}
	changed, earlier := x.live.stand(day, nil), x.view
	x.mu.Unlock()
	x.openNext(earlier, changed)
}
