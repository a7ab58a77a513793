package relations_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer/relations"
	"vankien/storage"
)

// TestSharing: works that name the same documents are related, whether the
// library has those or not, and what few name tells more.
func TestSharing(t *testing.T) {
	g := graphOf([]relations.Work{
		paper("a", "901-QĐ/TW", "2020-01-05", says(storage.BasedOn, "Điều lệ Đảng"), says(storage.Cites, "801-HD/BTCTW", "2019-01-01"), says(storage.BasedOn, "802-NQ/TW")),
		paper("rare", "902-QĐ/TW", "2020-02-05", says(storage.Cites, "Hướng dẫn 801 - HD/BTCTW")),
		paper("both", "903-QĐ/TW", "2020-03-05", says(storage.BasedOn, "Điều lệ Đảng"), says(storage.Cites, "801-HD/BTCTW"), says(storage.Amends, "801-HD/BTCTW", "2019-01-01")),
		paper("common", "904-QĐ/TW", "2020-04-05", says(storage.BasedOn, "Điều lệ Đảng Cộng sản Việt Nam")),
		paper("common2", "905-QĐ/TW", "2020-05-05", says(storage.BasedOn, "điều lệ đảng")),
		paper("none", "906-QĐ/TW", "2020-06-05", says(storage.Cites, "802-NQ/TU")),
	})
	everyone := func(storage.ID) bool { return true }
	var ids []storage.ID
	for _, s := range g.Sharing("a", 4, everyone) {
		ids = append(ids, s.ID)
	}
	if diff := cmp.Diff([]storage.ID{"both", "rare", "common", "common2"}, ids); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := g.Sharing("a", 1, everyone); len(got) != 1 || got[0].ID != "both" {
		t.Errorf("the first alone: %v", got)
	}
	if got := g.Sharing("nobody", 5, everyone); got != nil {
		t.Errorf("of what the graph does not hold: %v", got)
	}
	shown := func(id storage.ID) bool { return id != "both" }
	if got := g.Sharing("a", 1, shown); len(got) != 1 || got[0].ID != "rare" {
		t.Errorf("to one who may not see the first: %v, want the second in its place", got)
	}
}
