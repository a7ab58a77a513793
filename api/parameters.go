package api

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"vankien/indexer"
	"vankien/storage"
)

// The limits of what a query string may carry beside indexer's own.
const (
	maxFilterValues = 50  // of one facet
	maxFilterLength = 100 // code points of one value
	maxSuggestions  = 50
)

// queryValues reads a query string as people and programs really send it: a
// pair whose escapes are broken is taken as it stands rather than dropped,
// because whatever stands in q is to be searched, never refused.
func queryValues(raw string) url.Values {
	values := url.Values{}
	for pair := range strings.SplitSeq(raw, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		name = unescape(name)
		values[name] = append(values[name], unescape(value))
	}
	return values
}

func unescape(s string) string {
	text, err := url.QueryUnescape(s)
	if err != nil {
		text = strings.ReplaceAll(s, "+", " ")
	}
	return norm.NFC.String(strings.ToValidUTF8(text, "\uFFFD"))
}

// searchQuery reads the parameters of a search, the same for the API and the
// pages. An empty parameter is one that was not sent, as forms send them. The
// error is an *indexer.InputError that names what is wrong in Vietnamese.
func searchQuery(values url.Values) (indexer.Query, error) {
	q := indexer.Query{
		Text: values.Get("q"),
		Sort: indexer.Sort(values.Get("sort")),
	}
	var err error
	for _, facet := range indexer.Facets {
		chosen, err := filterValues(values, string(facet))
		if err != nil {
			return q, err
		}
		if len(chosen) > 0 {
			if q.Filters == nil {
				q.Filters = map[indexer.Facet][]string{}
			}
			q.Filters[facet] = chosen
		}
	}
	if q.From, err = dateValue(values, "from"); err != nil {
		return q, err
	}
	if q.To, err = dateValue(values, "to"); err != nil {
		return q, err
	}
	if q.Page, err = numberValue(values, "page", 1); err != nil {
		return q, err
	}
	if q.Size, err = numberValue(values, "size", 10); err != nil {
		return q, err
	}
	if q.Facets, err = facetValues(values); err != nil {
		return q, err
	}
	q = q.Normalize()
	return q, q.Check()
}

// listValues are the values of a parameter that may be repeated or separated
// by commas, each once, in the order they came.
func listValues(values url.Values, name string) []string {
	var all []string
	for _, value := range values[name] {
		for part := range strings.SplitSeq(value, ",") {
			if part = strings.TrimSpace(part); part != "" && !slices.Contains(all, part) {
				all = append(all, part)
			}
			if len(all) > maxFilterValues {
				return all
			}
		}
	}
	return all
}

func filterValues(values url.Values, name string) ([]string, error) {
	chosen := listValues(values, name)
	if len(chosen) > maxFilterValues {
		return nil, badInput("Bộ lọc %q có quá nhiều giá trị, tối đa là %d.", name, maxFilterValues)
	}
	for _, value := range chosen {
		if utf8.RuneCountInString(value) > maxFilterLength {
			return nil, badInput("Bộ lọc %q có giá trị dài quá %d ký tự.", name, maxFilterLength)
		}
	}
	return chosen, nil
}

func facetValues(values url.Values) ([]indexer.Facet, error) {
	var facets []indexer.Facet
	for _, name := range listValues(values, "facets") {
		facet := indexer.Facet(name)
		if !slices.Contains(indexer.Facets, facet) {
			return nil, badInput("Không có nhóm đếm %q; chọn trong kind, issuer, year, term, validity.", clip(name))
		}
		facets = append(facets, facet)
	}
	return facets, nil
}

func dateValue(values url.Values, name string) (storage.Date, error) {
	value := strings.TrimSpace(values.Get(name))
	if value == "" {
		return "", nil
	}
	if _, err := time.Parse(time.DateOnly, value); err != nil {
		return "", badInput("Ngày %q ở %q không hợp lệ; hãy viết dạng 2022-06-16.", clip(value), name)
	}
	return storage.Date(value), nil
}

// numberValue reads a number from 1 on; without one it is fallback.
func numberValue(values url.Values, name string, fallback int) (int, error) {
	value := strings.TrimSpace(values.Get(name))
	if value == "" {
		return fallback, nil
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 {
		return 0, badInput("Giá trị %q ở %q không hợp lệ; cần một số nguyên từ 1 trở lên.", clip(value), name)
	}
	return n, nil
}

// sizeValue is how many of something are asked for.
func sizeValue(values url.Values, usual, most int) (int, error) {
	size, err := numberValue(values, "size", usual)
	if err == nil && size > most {
		err = badInput("Mỗi lần xem được nhiều nhất %d văn bản.", most)
	}
	return size, err
}

// suggestQuery reads the parameters of a suggestion request.
func suggestQuery(values url.Values) (typed string, size int, err error) {
	typed = values.Get("q")
	if n := utf8.RuneCountInString(typed); n > indexer.MaxQueryText {
		return "", 0, badInput("Câu tìm có %d ký tự, tối đa là %d.", n, indexer.MaxQueryText)
	}
	size, err = numberValue(values, "size", 8)
	if err == nil && size > maxSuggestions {
		err = badInput("Nhiều nhất là %d gợi ý.", maxSuggestions)
	}
	return typed, size, err
}

// clip keeps what a person sent short enough to be shown back.
func clip(s string) string {
	const most = 40
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}

func badInput(format string, args ...any) error {
	return &indexer.InputError{Reason: fmt.Sprintf(format, args...), Err: storage.ErrInvalid}
}
