package api

import (
	"fmt"
	"net/http"
	"strings"

	"vankien/storage"
)

// condition is the If-Match of a request: the versions of a document that it
// is for (RFC 9110, 13.1.1).
type condition struct {
	given    bool
	any      bool // "*"
	versions []storage.Version
}

// ifMatch reads the header. Weak tags, tags that were never given to a
// document and malformed headers match nothing.
func ifMatch(h http.Header) condition {
	values := h.Values("If-Match")
	if len(values) == 0 {
		return condition{}
	}
	c := condition{given: true}
	list := strings.Trim(strings.Join(values, ","), " \t")
	if list == "*" {
		c.any = true
		return c
	}
	for list != "" {
		tag, weak, rest, ok := cutTag(list)
		if !ok {
			return condition{given: true}
		}
		if v, err := storage.ParseVersion(tag); err == nil && !weak {
			c.versions = append(c.versions, v)
		}
		list = rest
	}
	return c
}

// cutTag takes the first entity tag off a list of them.
func cutTag(list string) (tag string, weak bool, rest string, ok bool) {
	list, weak = strings.CutPrefix(list, "W/")
	list, opened := strings.CutPrefix(list, `"`)
	tag, rest, closed := strings.Cut(list, `"`)
	if !opened || !closed {
		return "", false, "", false
	}
	rest = strings.TrimLeft(rest, " \t")
	next, more := strings.CutPrefix(rest, ",")
	if !more && rest != "" {
		return "", false, "", false
	}
	return tag, weak, strings.TrimLeft(next, " \t,"), true
}

// choose is the version that a change of d is to be made on: the zero Version
// where any will do, failedCondition where the request is for others only.
func (c condition) choose(d *storage.Document) (storage.Version, error) {
	if !c.given || c.any {
		return storage.Version{}, nil
	}
	for _, v := range c.versions {
		if v.Names(d) {
			return v, nil
		}
	}
	return storage.Version{}, failedCondition{fmt.Errorf("document %s is at version %s: %w", d.ID, d.Version(), storage.ErrConflict)}
}

// entityTag is the ETag of a document.
func entityTag(d *storage.Document) string { return `"` + d.Version().String() + `"` }
