package api

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"vankien/api/web"
)

const viewerPath = documentPath + "/ban-goc"

// viewerPolicy lets pdf.js work beside the page. It compiles nothing: neither
// eval nor WebAssembly is allowed.
const viewerPolicy = contentPolicy + "; worker-src 'self'"

// viewerPage shows a PDF at one of its pages, because phones' browsers only
// save one; what is no PDF is shown as text.
func (s *server) viewerPage(c *gin.Context) error {
	d, err := s.visible(c)
	if err != nil {
		return err
	}
	if err := s.stand(c.Request.Context(), &d); err != nil {
		return err
	}
	values := queryValues(c.Request.URL.RawQuery)
	view := web.NewViewerPage(s.frame(c), web.Opened{Document: d, Page: textPage(values), Query: wordsToMark(values)})
	if d.Original.MediaType != pdfType {
		c.Redirect(http.StatusSeeOther, view.Back)
		return nil
	}
	view.NoIndex = true // the document's page is what to find
	c.Header("Content-Security-Policy", viewerPolicy)
	return s.html(c, http.StatusOK, func(w http.ResponseWriter) error { return s.pages.Viewer(w, view) })
}
