package relations_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer/relations"
	"vankien/storage"
)

// FuzzGraph takes works of any content in one order and in the other, with
// deletions: both graphs say the same and neither hangs.
func FuzzGraph(f *testing.F) {
	for _, works := range [][]relations.Work{
		library,
		{paper("a", "1-QĐ/TW", "", says(storage.Replaces, "2-QĐ/TW")), paper("b", "2-QĐ/TW", "", says(storage.Replaces, "1-QĐ/TW"), says(storage.Repeals, "2-QĐ"))},
		{stated(paper("a", "0", "2020-02-30", says("", "Luật")), "odd", "a", "b"), staff(paper("b", "-/QĐ", "2020-02-29", says(storage.Amends, "năm 2013", "2013")))},
	} {
		seed, err := json.Marshal(works)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(seed, uint8(3))
	}
	f.Fuzz(func(t *testing.T, data []byte, deleted uint8) {
		var works []relations.Work
		if json.Unmarshal(data, &works) != nil || len(works) > 20 {
			t.Skip()
		}
		seen := map[storage.ID]bool{}
		var ids []storage.ID
		works = slices.DeleteFunc(works, func(w relations.Work) bool {
			twice := seen[w.ID]
			seen[w.ID] = true
			return twice
		})
		there := graphOf(works)
		for i, w := range works {
			ids = append(ids, w.ID)
			if i%8 == int(deleted%8) {
				there.Delete(w.ID)
			}
		}
		back := relations.New()
		for i, w := range slices.Backward(works) {
			if i%8 != int(deleted%8) {
				back.Put(w)
				back.Put(w)
			}
		}
		if diff := cmp.Diff(everything(there, ids, today), everything(back, ids, today)); diff != "" {
			t.Fatalf("the order of coming matters (-there +back):\n%s", diff)
		}
		if there.Changed(today); len(there.Changed(today)) > 0 {
			t.Fatal("changed without a change")
		}
	})
}
