package indexer

import (
	"errors"
	"strings"
	"testing"

	"vankien/storage"
)

func TestQueryLimits(t *testing.T) {
	for _, test := range []struct {
		name  string
		query Query
		fine  bool
	}{
		{"nothing is asked for", Query{}, true},
		{"as long as may be, in letters of three bytes", Query{Text: strings.Repeat("ễ", MaxQueryText)}, true},
		{"too long", Query{Text: strings.Repeat("ễ", MaxQueryText+1)}, false},
		{"the last hit that can be reached", Query{Page: 100, Size: 100}, true},
		{"one page further", Query{Page: 101, Size: 100}, false},
		{"the product overflows", Query{Page: 1 << 62, Size: 4}, false},
		{"page 0 is the first", Query{Page: 0}, true},
		{"a page before the first", Query{Page: -1}, false},
		{"too many a page", Query{Size: MaxPageSize + 1}, false},
		{"less than none a page", Query{Size: -1}, false},
		{"newest first", Query{Sort: Newest}, true},
		{"an order that is none", Query{Sort: "đẹp nhất"}, false},
	} {
		err := test.query.Normalize().Check()
		var input *InputError
		if (err == nil) != test.fine || err != nil && (!errors.Is(err, storage.ErrInvalid) || !errors.As(err, &input) || !strings.HasSuffix(input.Reason, ".")) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	if q := (Query{}).Normalize(); q.Page != 1 || q.Size != 10 || q.Sort != ByRelevance || q.Unit != Documents || q.Audience != storage.AudiencePublic {
		t.Errorf("%+v", q)
	}
}

func TestDisplayTitle(t *testing.T) {
	for want, doc := range map[string]storage.Document{
		"thi hành Điều lệ Đảng": {Facts: storage.Facts{Title: "thi hành Điều lệ Đảng", Number: "294-QĐ/TW"}},
		"Quy định 294-QĐ/TW":    {Facts: storage.Facts{Kind: "Quy định", Number: "294-QĐ/TW"}},
		"Quy định":              {Facts: storage.Facts{Kind: "Quy định"}, Original: storage.Original{Name: "a.pdf"}},
		"quy định.bản 2":        {Original: storage.Original{Name: "quy định.bản 2.pdf"}},
		"quy định":              {Original: storage.Original{Name: "quy định"}},
		"Văn bản chưa có tên":   {Original: storage.Original{Name: ".pdf"}},
	} {
		if got := DisplayTitle(doc); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := DisplayTitle(storage.Document{}); got == "" {
		t.Error("no title")
	}
}
