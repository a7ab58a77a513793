package storage

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzMergePatch: the patch between two objects makes one of the other; null
// is as good as absent, as in a document.
func FuzzMergePatch(f *testing.F) {
	for _, seed := range [][2]string{
		{`{}`, `{"a":1}`},
		{`{"a":{"b":1,"c":2}}`, `{"a":{"c":3,"d":null}}`},
		{`{"a":{"b":1}}`, `{"a":[{"b":null}]}`},
		{`{"a":[1]}`, `{"a":{}}`},
		{`{"a":{"b":{"c":1}}}`, `{}`},
		{`{"a":null}`, `{"a":9007199254740993}`},
		{`{"a":1.0}`, `{"a":1}`},
	} {
		f.Add([]byte(seed[0]), []byte(seed[1]))
	}
	f.Fuzz(func(t *testing.T, before, after []byte) {
		from, err := jsonObject(before)
		if err != nil {
			return
		}
		to, err := jsonObject(after)
		if err != nil {
			return
		}
		patch := diff(from, to)
		data, err := json.Marshal(patch)
		if err != nil {
			t.Fatal(err)
		}
		stored, err := jsonObject(data)
		if err != nil {
			t.Fatal(err)
		}
		want := mergePatch(nil, to)
		got := mergePatch(mergePatch(nil, from), stored)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s to %s by %s (-want +got):\n%s", before, after, data, diff)
		}
		if again := diff(to, to); len(again) != 0 {
			t.Fatalf("%s differs from itself by %v", after, again)
		}
	})
}
