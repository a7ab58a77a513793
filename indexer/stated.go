package indexer

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"vankien/indexer/citation"
	"vankien/storage"
)

// editable are the facts that people may set: each reads what they send, which
// is not null, and gives it the form in which the library keeps it.
var editable = map[string]func(name string, value json.RawMessage) (any, error){
	"number": statedNumber, "kind": oneLine, "kind_symbol": oneLine, "issuer": oneLine, "issuer_symbol": oneLine,
	"place": oneLine, "title": oneLine, "signer": oneLine, "signer_role": oneLine,
	"urgency": oneLine, "circulation": oneLine,
	"issued": day, "effective": day, "relations": relations, "recipients": recipients,
}

// textOf is a text of one line with single spaces, without any at its ends.
func textOf(name string, value json.RawMessage) (string, error) {
	var s string
	switch {
	case json.Unmarshal(value, &s) != nil:
		return "", invalid("facts.%s phải là chuỗi hoặc null.", name)
	case utf8.RuneCountInString(s) > maxFact:
		return "", invalid("facts.%s dài quá %d ký tự.", name, maxFact)
	case strings.ContainsFunc(s, unprintable):
		return "", invalid("facts.%s có ký tự không in được; cần một dòng chữ.", name)
	}
	return folded(s), nil
}

func folded(s string) string { return strings.Join(strings.Fields(s), " ") }

// unprintable are controls, line ends, and the marks that turn the direction
// of writing and make a text look like another.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}

func oneLine(name string, value json.RawMessage) (any, error) { return textOf(name, value) }

// statedNumber is a number as it is printed without spaces, "số" and the kind before
// it left out. What the grammar of numbers does not know stays as it was typed.
func statedNumber(name string, value json.RawMessage) (any, error) {
	s, err := textOf(name, value)
	if found := citation.Find(s); len(found) == 1 && found[0].Start == 0 && found[0].End == len(s) {
		s = found[0].Number.String()
	}
	return s, err
}

func day(name string, value json.RawMessage) (any, error) {
	var s string
	if json.Unmarshal(value, &s) != nil || !isDay(s) {
		return nil, invalid("facts.%s phải là ngày dạng 2026-01-31 hoặc null.", name)
	}
	return s, nil
}

func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// listSigns stand between the items of a printed list, and around them.
const listSigns = " ;,."

// recipients are whom a document is sent to, each named once, without the signs
// that part them in the printed list.
func recipients(name string, value json.RawMessage) (any, error) {
	var list []json.RawMessage
	if json.Unmarshal(value, &list) != nil || len(list) > maxSentTo {
		return nil, invalid("facts.%s phải là danh sách không quá %d dòng chữ.", name, maxSentTo)
	}
	all := []string{}
	for i, item := range list {
		var typed *string
		if json.Unmarshal(item, &typed) != nil || typed == nil { // null stands for no fact, never for one line of a list
			return nil, invalid("facts.%s có dòng thứ %d không phải là chuỗi.", name, i+1)
		}
		sentTo, err := textOf(fmt.Sprintf("%s[%d]", name, i), item)
		if err != nil {
			return nil, err
		}
		if sentTo = strings.Trim(sentTo, listSigns); !strings.ContainsFunc(sentTo, unicode.IsLetter) {
			return nil, invalid("facts.%s có dòng thứ %d để trống.", name, i+1)
		}
		if !slices.Contains(all, sentTo) {
			all = append(all, sentTo)
		}
	}
	return all, nil
}

// relation is a relation as people state it: explicit where they do not say.
type relation struct {
	storage.Relation
	Explicit *bool `json:"explicit"`
}

func relations(name string, value json.RawMessage) (any, error) {
	var list []relation
	if err := json.Unmarshal(value, &list); err != nil {
		return nil, invalid("facts.%s phải là danh sách các quan hệ.", name)
	}
	if len(list) > maxRelation {
		return nil, invalid("facts.%s có quá %d quan hệ.", name, maxRelation)
	}
	all := make([]storage.Relation, len(list))
	for i, stated := range list {
		r := stated.Relation
		r.Explicit = stated.Explicit == nil || *stated.Explicit
		switch r.Kind {
		case storage.Replaces, storage.Amends, storage.Repeals, storage.BasedOn, storage.Guides, storage.Implements, storage.Cites:
		default:
			return nil, invalid("Không có loại quan hệ %.40q.", r.Kind)
		}
		if folded(r.Target) == "" || utf8.RuneCountInString(r.Target) > maxRelation || strings.ContainsFunc(r.Target, unprintable) {
			return nil, invalid("Quan hệ cần target là số hoặc tên văn bản, dài không quá %d ký tự.", maxRelation)
		}
		if r.Date != "" && !isDay(string(r.Date)) {
			return nil, invalid("Ngày %.40q của quan hệ phải có dạng 2026-01-31.", r.Date)
		}
		all[i] = targeted(r)
	}
	return all, nil
}

// targeted is r with the number alone for a target that holds exactly one, and
// with the date that stood behind it where r has none.
func targeted(r storage.Relation) storage.Relation {
	r.Target = folded(r.Target)
	numbered := slices.DeleteFunc(citation.Cited(r.Target), func(c citation.Citation) bool { return c.Number.Serial == "" })
	if len(numbered) != 1 || numbered[0].Number.Issuer == "" {
		return r
	}
	r.Target = numbered[0].Number.String()
	if r.Date == "" {
		r.Date = storage.Date(numbered[0].Date)
	}
	return r
}
