package api

import (
	"context"
	"fmt"
	"slices"

	"vankien/indexer"
	"vankien/indexer/citation"
	"vankien/storage"
)

// How the documents of the shelf stand to one another: by the numbers in their
// facts, what a server needs of an index.

func (s *shelf) Links(_ context.Context, id storage.ID, audience storage.Audience) (indexer.Links, error) {
	var links indexer.Links
	all := s.sorted(audience)
	at := slices.IndexFunc(all, func(d storage.Document) bool { return d.ID == id })
	if at < 0 {
		return links, storage.ErrNotFound
	}
	means := func(r storage.Relation, d storage.Document) bool {
		return citation.Key(r.Target) == citation.Key(string(d.Facts.Number)) && (r.Date == "" || r.Date == d.Facts.Issued)
	}
	for _, relation := range all[at].Facts.Relations {
		link := indexer.Link{Relation: relation}
		for _, d := range all {
			if means(relation, d) {
				link.Documents = append(link.Documents, d)
			}
		}
		link.Decided = len(link.Documents) == 1
		if len(link.Documents) == 0 {
			_, link.Nearest = s.near(relation.Target, audience)
		}
		links.Out = append(links.Out, link)
	}
	for _, d := range all {
		for _, relation := range d.Facts.Relations {
			if means(relation, all[at]) {
				links.Cited++
				links.In = append(links.In, indexer.Link{Relation: relation, Documents: []storage.Document{d}, Decided: relation.Date != "" || relation.Kind != storage.BasedOn})
			}
		}
		if d.Facts.Title == all[at].Facts.Title && d.Facts.Issued > all[at].Facts.Issued {
			links.Successors = append(links.Successors, d)
		}
	}
	return links, s.err
}

func (s *shelf) Stand(context.Context, ...*storage.Document) error { return s.err }

func (s *shelf) Related(_ context.Context, id storage.ID, audience storage.Audience, size int) ([]storage.Document, error) {
	of := s.records[id].Facts.IssuerSymbol
	all := slices.DeleteFunc(s.sorted(audience), func(d storage.Document) bool { return d.ID == id || of == "" || d.Facts.IssuerSymbol != of })
	return all[:min(size, len(all))], s.err
}

// The documents of kin.
const (
	idPlan    = storage.ID("d-plan")    // relations of all kinds
	idSubject = storage.ID("d-subject") // cited by many, and perhaps replaced
)

// kin adds documents that stand to others in every way.
func (s *shelf) kin() *shelf {
	const body = "Ban Thường vụ Tỉnh ủy Sơn Lam"
	says := func(kind storage.RelationKind, target string, date storage.Date) storage.Relation {
		return storage.Relation{Kind: kind, Target: target, Date: date, Explicit: kind != storage.Repeals}
	}
	plan := []storage.Relation{
		says(storage.Replaces, "232-QĐ/TW", "2025-01-20"), says(storage.BasedOn, "21-NQ/TW", ""), says(storage.Guides, "77-CT/TU", "2015-01-31"),
		says(storage.Repeals, "15-HD/BTCTU", ""), says(storage.Implements, "294-QĐ/TW", ""), says(storage.Cites, "294-QĐ/TW", ""),
	}
	for i := range 9 {
		plan = append(plan, says(storage.Cites, fmt.Sprintf("%02d-TB/TU", i+60), ""))
	}
	s.add(idPlan, storage.Facts{Number: "28-KH/TU", Kind: "Kế hoạch", Issuer: body, IssuerSymbol: "TU", Issued: "2016-05-04", Title: "phát triển đảng viên trong hợp tác xã", Relations: plan},
		"28.pdf", pdfType, nil, "Căn cứ Nghị quyết số 21-NQ/TW.")
	s.add(idSubject, storage.Facts{Number: "12-HD/TU", Kind: "Hướng dẫn", Issuer: body, IssuerSymbol: "TU", Issued: "2014-05-04", Title: "công tác đảng viên ở nông thôn"}, "12.pdf", pdfType, nil, "Công tác đảng viên.")
	s.add("d-subject-2", storage.Facts{Number: "42-HD/TU", Kind: "Hướng dẫn", Issuer: body, IssuerSymbol: "TU", Issued: "2018-05-04", Title: "công tác đảng viên ở nông thôn",
		Relations: []storage.Relation{says(storage.Amends, "28-KH/TU", ""), says(storage.Cites, "28-KH/TU", "")}}, "42.pdf", pdfType, nil, "Công tác đảng viên.")
	for i := range 12 {
		s.add(storage.ID(fmt.Sprintf("d-citing-%02d", i)), storage.Facts{Number: storage.Printed(fmt.Sprintf("%02d-BC/TU", i+1)), Kind: "Báo cáo", Issuer: body, IssuerSymbol: "TU",
			Issued: storage.Date(fmt.Sprintf("2015-%02d-10", i+1)), Title: "kết quả công tác xây dựng Đảng", Relations: []storage.Relation{says(storage.Cites, "12-HD/TU", "2014-05-04")}},
			"bc.pdf", pdfType, nil, "Theo Hướng dẫn số 12-HD/TU.")
	}
	return s
}
