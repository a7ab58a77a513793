package api

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"vankien/storage"
)

var conditioned = &storage.Document{ID: "x", Revision: 3, Created: time.UnixMilli(1_790_000_000_000)}

func TestIfMatch(t *testing.T) {
	tag := entityTag(conditioned)
	for _, test := range []struct {
		name   string
		header []string
		holds  bool
	}{
		{"none", nil, true},
		{"the ETag", []string{tag}, true},
		{"the revision alone", []string{`"3"`}, true},
		{"anything", []string{"*"}, true},
		{"a list", []string{`"1", ` + tag}, true},
		{"a list without spaces", []string{`"1",` + tag + `,"9"`}, true},
		{"two headers", []string{`"1"`, tag}, true},
		{"empty places in a list", []string{`"1",, ,` + tag}, true},
		{"tags of others beside it", []string{`"a,b", "", ` + tag}, true},
		{"weak and strong", []string{`W/"1", "3"`}, true},
		{"an older revision", []string{`"2"`}, false},
		{"a later revision", []string{`"4"`}, false},
		{"another document with these bytes", []string{`"3-mtc7v1k0"`}, false},
		{"weak", []string{"W/" + tag}, false},
		{"a hash", []string{`"3a7bd3e2360a"`}, false},
		{"empty", []string{""}, false},
		{"not quoted", []string{"3"}, false},
		{"half quoted", []string{`"3`}, false},
		{"quoted and more", []string{`"3"x`}, false},
		{"malformed after a match", []string{tag + ", 3"}, false},
		{"anything beside a tag", []string{tag + ", *"}, false},
		{"zero", []string{`"0"`}, false},
		{"a number too large", []string{`"99999999999999999999"`}, false},
		{"padded", []string{`"03"`}, false},
	} {
		c := ifMatch(http.Header{"If-Match": test.header})
		v, err := c.choose(conditioned)
		if c.given != (test.header != nil) || (err == nil) != test.holds {
			t.Errorf("%s: %+v, %v", test.name, c, err)
		}
		if err != nil && (!errors.As(err, new(failedCondition)) || !errors.Is(err, storage.ErrConflict)) {
			t.Errorf("%s: %v", test.name, err)
		}
		if err == nil && !v.Names(conditioned) {
			t.Errorf("%s: chose %v", test.name, v)
		}
	}
}

// Whatever stands in the header, a change is made on the present version or
// refused.
func FuzzIfMatch(f *testing.F) {
	for _, seed := range []string{"", "*", `"3"`, `W/"3"`, `"1", "3-mtc7v1k0"`, `"3`, `,,"3",`, `"3" "3"`, "W/*"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		c := ifMatch(http.Header{"If-Match": {header}})
		if v, err := c.choose(conditioned); err == nil && !v.Names(conditioned) {
			t.Errorf("%q chose %v", header, v)
		}
		with := ifMatch(http.Header{"If-Match": {entityTag(conditioned), header}})
		if _, err := with.choose(conditioned); err != nil && len(c.versions) > 0 {
			t.Errorf("%q keeps the right tag from matching: %v", header, err)
		}
	})
}
