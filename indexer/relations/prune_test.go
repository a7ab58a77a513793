package relations

import (
	"fmt"
	"testing"

	"vankien/storage"
)

// TestNothingStays: what a work brought goes with it, however often it was
// corrected before.
func TestNothingStays(t *testing.T) {
	g := New()
	for edit := range 100 {
		g.Put(Work{ID: "a", Superseded: []storage.ID{storage.ID(fmt.Sprint(edit))}, Facts: storage.Facts{
			Number: storage.Printed(fmt.Sprintf("%d-QĐ/TU", edit)), Kind: "Quyết định", Issuer: storage.Printed(fmt.Sprintf("Tỉnh ủy số %d", edit/2)),
			Issued: "2020-01-05", Title: storage.Printed(fmt.Sprintf("thẻ đảng viên và mẫu đơn %d", edit)),
			Relations: []storage.Relation{{Kind: storage.Replaces, Target: fmt.Sprintf("%d-QĐ/TU", edit+1), Explicit: true}},
		}})
		if len(g.bodies) != 1 {
			t.Fatalf("after %d edits of one work the graph holds %d bodies", edit+1, len(g.bodies))
		}
	}
	g.Put(Work{ID: "b", Facts: storage.Facts{Issuer: "Tỉnh ủy số 49"}})
	g.Delete("a")
	if len(g.bodies) != 1 {
		t.Errorf("a body of two works: %d are left with one of them, want one", len(g.bodies))
	}
	g.Delete("b")
	for what, left := range map[string]int{
		"slots": len(g.slots), "groups": len(g.groups), "targets": len(g.targets), "bodies": len(g.bodies), "heirs": len(g.heirs),
		"days": len(g.days), "subjects": len(g.subjects), "matters": len(g.matters), "changed": len(g.changed),
	} {
		if left != 0 {
			t.Errorf("%d %s are left of nothing", left, what)
		}
	}
}
