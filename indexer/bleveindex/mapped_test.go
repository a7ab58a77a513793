package bleveindex

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
)

func TestForgottenPagesComeBack(t *testing.T) {
	x := open(t, t.TempDir())
	defer closing(t, x)
	fill(t, x, 300, short)
	want := find(t, x, indexer.Query{Text: "tổ chức đảng"}).Hits
	v, err := x.acquire()
	if err != nil {
		t.Fatal(err)
	}
	defer v.release()
	mapped := 0
	for _, seg := range v.reader.Segments() {
		if m, ok := seg.Segment().(mappedSegment); ok {
			mapped += len(m.Data())
		}
	}
	if mapped == 0 {
		t.Error("no segment is a mapped file")
	}
	if err := forgetSegments(v.reader); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, find(t, x, indexer.Query{Text: "tổ chức đảng"}).Hits); diff != "" {
		t.Errorf("after forgetting (-before +after):\n%s", diff)
	}
}
