package bibliography

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// cslItem is an item of CSL-JSON, with the variables of CSL 1.0.2 that
// documents have.
type cslItem struct {
	ID             string    `json:"id"`
	Type           string    `json:"type"` // legislation for what lays something down, else report
	Title          string    `json:"title"`
	Author         []cslName `json:"author,omitempty"`
	Authority      string    `json:"authority,omitempty"` // of legislation
	Publisher      string    `json:"publisher,omitempty"` // of a report
	PublisherPlace string    `json:"publisher-place,omitempty"`
	Genre          string    `json:"genre,omitempty"`
	Number         string    `json:"number,omitempty"`
	Issued         *cslDate  `json:"issued,omitempty"`
	Page           string    `json:"page,omitempty"`
	Section        string    `json:"section,omitempty"`
	Language       string    `json:"language"`
	URL            string    `json:"URL,omitempty"`
}

type cslName struct {
	Literal string `json:"literal"`
}

type cslDate struct {
	DateParts [][]int `json:"date-parts"`
}

// CSL is CSL-JSON: an array with one item.
func (r Reference) CSL() (string, error) {
	facts := r.Document.Facts
	item := cslItem{
		ID: r.Key(), Type: "report", Title: r.name(), PublisherPlace: printed(facts.Place), Genre: capital(printed(facts.Kind)),
		Number: printed(facts.Number), Section: line(r.Section), Language: "vi", URL: r.URL,
	}
	by := r.issuers()
	for _, body := range by {
		item.Author = append(item.Author, cslName{body})
	}
	if r.legislates() {
		item.Type, item.Authority = "legislation", strings.Join(by, ", ")
	} else {
		item.Publisher = strings.Join(by, ", ")
	}
	if day, ok := r.issued(); ok {
		item.Issued = &cslDate{[][]int{{day.Year(), int(day.Month()), day.Day()}}}
	}
	if r.Page > 0 {
		item.Page = strconv.Itoa(r.Page)
	}
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode([]cslItem{item}); err != nil {
		return "", fmt.Errorf("CSL-JSON of %s: %w", r.Document.ID, err)
	}
	return out.String(), nil
}
