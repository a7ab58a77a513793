package api

import (
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"vankien/api/web"
	"vankien/indexer/bibliography"
)

// citeFormat is a form in which a document is cited.
type citeFormat struct {
	name, media string
	extension   string // of the file that a browser saves, "" where it shows the text
	write       func(bibliography.Reference) (string, error)
}

var citeFormats = []citeFormat{
	{"text", "text/plain; charset=utf-8", "", func(r bibliography.Reference) (string, error) { return r.Note() + "\n", nil }},
	{"bibtex", "application/x-bibtex; charset=utf-8", ".bib", func(r bibliography.Reference) (string, error) { return r.BibTeX(), nil }},
	{"ris", "application/x-research-info-systems; charset=utf-8", ".ris", func(r bibliography.Reference) (string, error) { return r.RIS(), nil }},
	{"csl", "application/vnd.citationstyles.csl+json", ".json", bibliography.Reference.CSL},
}

func citeFormatNames() []string {
	names := make([]string, len(citeFormats))
	for i, format := range citeFormats {
		names[i] = format.name
	}
	return names
}

// citeMedia are the media types of the formats, without their parameters.
func citeMedia() []string {
	media := make([]string, len(citeFormats))
	for i, format := range citeFormats {
		media[i], _, _ = strings.Cut(format.media, ";")
	}
	return media
}

// The limits of what may be said of the place that is cited.
const (
	maxCitedPage    = 100_000
	maxCitedSection = 200 // code points
)

// cite writes a document as it is cited.
func (s *server) cite(c *gin.Context) error {
	values := queryValues(c.Request.URL.RawQuery)
	format, err := citeFormatOf(values)
	if err != nil {
		return err
	}
	page, err := numberValue(values, "page", 0)
	if err != nil {
		return err
	}
	if page > maxCitedPage {
		return badInput("Số trang %d không hợp lệ.", page)
	}
	section := values.Get("section")
	if utf8.RuneCountInString(section) > maxCitedSection {
		return badInput("Vị trí trích dài quá %d ký tự.", maxCitedSection)
	}
	d, err := s.visible(c)
	if err != nil {
		return err
	}
	reference := bibliography.Reference{Document: d, Section: section, Page: page}
	if _, with := values["url"]; format.name != "text" || with && values.Get("url") != "false" {
		reference.URL = s.address(c.Request, web.DocumentURL(d.ID, page, ""))
	}
	cited, err := format.write(reference)
	if err != nil {
		return err
	}
	if format.extension != "" {
		c.Header("Content-Disposition", `attachment; filename="`+reference.Key()+format.extension+`"`)
	}
	c.Data(http.StatusOK, format.media, []byte(cited))
	return nil
}

func citeFormatOf(values url.Values) (citeFormat, error) {
	name := strings.TrimSpace(values.Get("format"))
	if name == "" {
		return citeFormats[0], nil
	}
	for _, format := range citeFormats {
		if format.name == name {
			return format, nil
		}
	}
	return citeFormat{}, badInput("Không có dạng trích dẫn %q; chọn %s.", clip(name), strings.Join(citeFormatNames(), ", "))
}

// address is a path of this site as others reach it.
func (s *server) address(r *http.Request, path string) string {
	scheme := "http"
	if s.cfg.HTTPS || r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host + path
}
