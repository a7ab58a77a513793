package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"vankien/api/auth"
	"vankien/api/web"
	"vankien/indexer"
	"vankien/storage"
)

const (
	htmlType      = "text/html; charset=utf-8"
	newestShown   = 5  // beside an empty result
	matchesInside = 30 // passages of one document that are listed
)

// frame is what every page shows around its content.
func (s *server) frame(c *gin.Context) web.Frame {
	reader := auth.From(c.Request.Context())
	f := web.Frame{
		Title: "Văn Kiện", Path: c.Request.URL.RequestURI(), Name: reader.Name, SignedIn: !reader.Anonymous(),
	}
	if c.Request.Method != http.MethodGet && c.Request.Method != http.MethodHead {
		f.Path = "/"
	}
	switch ready := s.cfg.Ready(); ready.Status {
	case StatusStarting:
		f.Notice = strings.TrimSpace("Thư viện đang nạp văn bản, kết quả có thể chưa đủ. " + ready.Detail)
	case StatusDegraded, StatusStopping:
		f.Notice = ready.Detail
	}
	return f
}

// searchPage is the home page and every page of results.
func (s *server) searchPage(c *gin.Context) error {
	ctx := c.Request.Context()
	frame := s.frame(c)
	q, err := searchQuery(queryValues(c.Request.URL.RawQuery))
	if err != nil {
		return err
	}
	q.Facets = indexer.Facets
	result, err := s.find(ctx, q)
	if err != nil {
		return err
	}
	found := web.Found{Query: q, Result: result.Result, Successors: result.successors}
	if result.Total == 0 {
		newest, err := s.find(ctx, indexer.Query{Size: newestShown, Facets: indexer.Facets}.Normalize())
		if err != nil {
			return err
		}
		found.Newest = newest.Result
		for id, d := range newest.successors {
			found.Successors[id] = d
		}
	}
	if len(result.Nearest) > 0 {
		if found.Missing, err = s.missing(ctx, q.Text); err != nil {
			return err
		}
	}
	view := web.NewSearchPage(frame, found)
	view.NoIndex = !view.Home
	return s.html(c, http.StatusOK, func(w http.ResponseWriter) error { return s.pages.Search(w, view) })
}

// missing is the number that a query names and no document has, "" where there
// is no telling.
func (s *server) missing(ctx context.Context, typed string) (string, error) {
	resolver, ok := s.cfg.Index.(indexer.Resolver)
	if !ok {
		return "", nil
	}
	resolved, err := resolver.LookUp(ctx, typed, auth.From(ctx).Role.Audience())
	switch {
	case err != nil && !errors.Is(err, storage.ErrNotFound):
		return "", err
	case err == nil || resolved.Citation.Number.Serial == "":
		return "", nil
	}
	return resolved.Citation.Number.String(), nil
}

// helpPage tells how to search.
func (s *server) helpPage(c *gin.Context) error {
	frame := s.frame(c)
	frame.Title = "Cách tìm – Văn Kiện"
	return s.html(c, http.StatusOK, func(w http.ResponseWriter) error { return s.pages.Help(w, frame) })
}

// documentPage is the page of one document, with one page of its text.
func (s *server) documentPage(c *gin.Context) error {
	ctx := c.Request.Context()
	d, err := s.visible(c)
	if err != nil {
		return err
	}
	values := queryValues(c.Request.URL.RawQuery)
	if s.cfg.Writer != nil {
		d = s.cfg.Writer.Underway(d)
	}
	opened := web.Opened{Document: d, Query: wordsToMark(values), Page: textPage(values), Staff: auth.From(ctx).Has(storage.RoleEditor)}
	if err := s.relate(ctx, &opened); err != nil {
		return err
	}
	// A document that nothing was read of yet still has its facts and original.
	if opened.Text, err = s.textOf(ctx, d); err != nil && !errors.Is(err, storage.ErrNotFound) {
		return err
	}
	if opened.Matches, err = s.inside(ctx, d, opened.Query); err != nil {
		return err
	}
	view := web.NewDocumentPage(s.frame(c), opened)
	view.NoIndex = c.Request.URL.RawQuery != ""
	return s.html(c, http.StatusOK, func(w http.ResponseWriter) error { return s.pages.Document(w, view) })
}

// relatedAsked is how many documents on the same matter a page is given: some of
// them it names already.
const relatedAsked = 15

// relate fills in how the document of a page stands to others.
func (s *server) relate(ctx context.Context, opened *web.Opened) error {
	d := &opened.Document
	if err := s.stand(ctx, d); err != nil {
		return err
	}
	var err error
	if opened.Successors, err = s.known(ctx, d.ReplacedBy); err != nil {
		return err
	}
	var later []storage.ID
	for _, successor := range opened.Successors {
		if successor.Validity == storage.Replaced {
			later = append(later, successor.ReplacedBy...)
		}
	}
	slices.Sort(later)
	if opened.Later, err = s.known(ctx, slices.Compact(later)); err != nil {
		return err
	}
	relater, ok := s.cfg.Index.(indexer.Relater)
	if !ok || !d.Findable() {
		return nil
	}
	opened.Links, err = s.links(ctx, relater, *d)
	if err := s.goOn(ctx, err); err != nil {
		return err
	}
	opened.Related, err = s.related(ctx, relater, *d, relatedAsked)
	return s.goOn(ctx, err)
}

// textPage is the page of the text to show; what is no number asks for the first.
func textPage(values url.Values) int {
	page, err := strconv.Atoi(values.Get("trang"))
	if err != nil {
		return 1
	}
	return page
}

// wordsToMark are the words of a search to mark; more than can be searched for
// are none.
func wordsToMark(values url.Values) string {
	words := values.Get("q")
	if len([]rune(words)) > indexer.MaxQueryText {
		return ""
	}
	return words
}

// inside finds the passages of one document that match.
func (s *server) inside(ctx context.Context, d storage.Document, query string) (indexer.Result, error) {
	if query == "" || !d.Findable() {
		return indexer.Result{}, nil
	}
	q := indexer.Query{Text: query, Document: d.ID, Unit: indexer.Passages, Size: matchesInside}.Normalize()
	found, err := s.find(ctx, q)
	if err != nil {
		return indexer.Result{}, fmt.Errorf("searching inside %s: %w", d.ID, err)
	}
	return found.Result, nil
}

// asset sends a static file; its address has its hash where a page names it,
// so that it may be kept for ever.
func (s *server) asset(c *gin.Context) error {
	name := strings.TrimPrefix(c.Param("file"), "/")
	asset, ok := s.pages.Asset(name)
	if !ok {
		return fmt.Errorf("static file %q: %w", clip(name), storage.ErrNotFound)
	}
	tag := `"` + asset.Hash + `"`
	c.Header("ETag", tag)
	c.Header("Cache-Control", "public, max-age=86400")
	if c.Query("v") == asset.Hash {
		c.Header("Cache-Control", "public, max-age=31536000, immutable")
	}
	if c.GetHeader("If-None-Match") == tag {
		c.Status(http.StatusNotModified)
		return nil
	}
	c.Data(http.StatusOK, asset.MediaType, asset.Body)
	return nil
}

// html sends a page that render writes as a whole or not at all.
func (s *server) html(c *gin.Context, status int, render func(http.ResponseWriter) error) error {
	return render(pageWriter{c.Writer, status})
}

// pageWriter sends the status with the first byte, so that a page that cannot
// be rendered is still answered 500.
type pageWriter struct {
	http.ResponseWriter
	status int
}

func (w pageWriter) Write(page []byte) (int, error) {
	w.Header().Set("Content-Type", htmlType)
	w.WriteHeader(w.status)
	return w.ResponseWriter.Write(page)
}

// failurePage tells a person what went wrong.
func (s *server) failurePage(c *gin.Context, p Problem) error {
	errorHeaders(c.Writer.Header(), p.Status)
	frame := s.frame(c)
	frame.Title, frame.NoIndex = p.Title+" – Văn Kiện", true
	if p.Status == http.StatusServiceUnavailable { // the page says so itself
		frame.Notice = ""
	}
	view := web.FailurePage{
		Frame: frame, Status: p.Status, Heading: p.Title, Detail: p.Detail, RequestID: p.RequestID,
		MaySignIn: p.Status == http.StatusNotFound && !frame.SignedIn && strings.HasPrefix(c.GetString(routeKey), documentPath),
	}
	return s.html(c, p.Status, func(w http.ResponseWriter) error { return s.pages.Failure(w, view) })
}
