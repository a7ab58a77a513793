package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gin-gonic/gin"
	"golang.org/x/text/unicode/norm"

	"vankien/api/auth"
	"vankien/api/web"
	"vankien/indexer"
	"vankien/indexer/citation"
	"vankien/storage"
)

// The limits of what is asked about citations.
const (
	maxCheckedText = 1 << 20               // bytes of the text of a check, in UTF-8
	maxCheckBody   = 6*maxCheckedText + 64 // of its JSON, which may write every byte as an escape
	maxCitations   = 1_000                 // in one text
	maxCited       = 20                    // documents that are listed of one citation
	maxChecks      = 2                     // texts that are read at once; others wait
)

// resolver is the index where it resolves citations: one that is not filled yet
// may not, since "there is no such document" would be a lie.
func (s *server) resolver() (indexer.Resolver, error) {
	resolver, ok := s.cfg.Index.(indexer.Resolver)
	if !ok {
		return nil, fmt.Errorf("the index does not resolve citations: %w", storage.ErrUnavailable)
	}
	return resolver, nil
}

// lookup tells which document a citation means: 200 one, 300 several, 404 none.
func (s *server) lookup(c *gin.Context) error {
	typed := strings.TrimSpace(queryValues(c.Request.URL.RawQuery).Get("citation"))
	if typed == "" {
		return badInput("Hãy nêu số văn bản hoặc viện dẫn ở tham số citation, ví dụ: citation=21-NQ/TW.")
	}
	if n := utf8.RuneCountInString(typed); n > indexer.MaxQueryText {
		return badInput("Viện dẫn có %d ký tự, tối đa là %d.", n, indexer.MaxQueryText)
	}
	ctx := c.Request.Context()
	resolver, err := s.resolver()
	if err != nil {
		return err
	}
	start := time.Now()
	resolved, err := resolver.LookUp(ctx, typed, auth.From(ctx).Role.Audience())
	s.metrics.searched("lookup", time.Since(start))
	if errors.Is(err, storage.ErrNotFound) {
		return unknownCitation{typed, resolved}
	}
	if err != nil {
		return err
	}
	documents := chosen(resolved)
	answer := LookupAnswer{Citation: readTyped(typed, resolved.Citation), Documents: candidates(documents)}
	if !resolved.Citation.Pinpoint.Zero() {
		if err := s.openAtPlace(ctx, typed, answer.Documents[:min(len(answer.Documents), maxPlaced)]); err != nil {
			return err
		}
	}
	status := http.StatusOK
	if len(documents) > 1 {
		status = http.StatusMultipleChoices
	}
	return writeJSON(c, status, answer)
}

// readTyped is a citation of what was typed.
func readTyped(typed string, c citation.Citation) CitationRead {
	return readCitation(c, utf8.RuneCountInString(typed[:c.Start]))
}

// chosen are the documents that a citation leaves to choose from: where it has
// a date, else a year, and just one of them is of that, there is no choice.
func chosen(r indexer.Resolved) []storage.Document {
	since := r.Citation.Date
	if since == "" && r.Citation.Year != 0 {
		since = fmt.Sprintf("%04d-", r.Citation.Year)
	}
	if since == "" || len(r.Documents) < 2 {
		return r.Documents
	}
	of := func(d storage.Document) bool { return strings.HasPrefix(string(d.Facts.Issued), since) }
	if of(r.Documents[0]) && !slices.ContainsFunc(r.Documents[1:], of) {
		return r.Documents[:1]
	}
	return r.Documents
}

// openAtPlace makes the addresses of documents open at the place that a citation
// names, where the index knows on which page that stands.
func (s *server) openAtPlace(ctx context.Context, cited string, documents []Candidate) error {
	for i := range documents {
		d := &documents[i]
		q := indexer.Query{Text: cited, Document: d.ID, Size: 1, Audience: auth.From(ctx).Role.Audience()}.Normalize()
		found, err := s.cfg.Index.Search(ctx, q)
		if err != nil {
			return fmt.Errorf("looking for the place in %s: %w", d.ID, err)
		}
		for _, hit := range found.Hits {
			d.URL = web.DocumentURL(d.ID, hit.Place, "")
		}
	}
	return nil
}

// In how many of several documents a place is looked for, and in how many of
// those that a text cites.
const (
	maxPlaced        = 5
	maxPlacedChecked = 100
)

// openChecked makes the addresses of what a text cites open at the places it
// names: those of the likeliest documents.
func (s *server) openChecked(ctx context.Context, text string, resolved []indexer.Resolved, checked []CheckedCitation) error {
	placed := make(map[string]string) // by document and what is cited: a text cites the same place often
	for i, r := range resolved {
		c := r.Citation
		if c.Pinpoint.Zero() || len(r.Documents) == 0 || c.To <= c.From {
			continue
		}
		cited := strings.TrimSpace(text[c.From:c.To])
		first := &checked[i].Documents[0]
		key := string(first.ID) + " " + cited
		if _, known := placed[key]; !known {
			if len(placed) == maxPlacedChecked || utf8.RuneCountInString(cited) > indexer.MaxQueryText {
				continue
			}
			if err := s.openAtPlace(ctx, cited, checked[i].Documents[:1]); err != nil {
				return err
			}
			placed[key] = first.URL
		}
		first.URL = placed[key]
	}
	return nil
}

// beginCheck waits for its turn to read citations, which take the processor;
// the caller calls done.
func (s *server) beginCheck(ctx context.Context) (done func(), err error) {
	select {
	case s.checks <- struct{}{}:
		return func() { <-s.checks }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// beginResolving is beginCheck for what resolves the citations it reads.
func (s *server) beginResolving(ctx context.Context) (resolver indexer.Resolver, done func(), err error) {
	if resolver, err = s.resolver(); err != nil {
		return nil, nil, err
	}
	done, err = s.beginCheck(ctx)
	return resolver, done, err
}

// CheckOrder is the body of POST /citations/check.
type CheckOrder struct {
	Text *string `json:"text"`
}

// checkCitations finds the citations of a text and the documents they mean.
func (s *server) checkCitations(c *gin.Context) error {
	text, err := checkedText(c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	resolver, done, err := s.beginResolving(ctx)
	if err != nil {
		return err
	}
	defer done()
	if n := len(citation.Cited(text)); n > maxCitations {
		return &indexer.InputError{
			Reason: fmt.Sprintf("Văn bản có %d viện dẫn, mỗi lần kiểm tra được tối đa %d. Hãy chia văn bản thành nhiều phần.", n, maxCitations),
			Err:    storage.ErrTooLarge,
		}
	}
	start := time.Now()
	resolved, err := resolver.Resolve(ctx, text, auth.From(ctx).Role.Audience())
	s.metrics.searched("check", time.Since(start))
	if err != nil {
		return err
	}
	answer := checkAnswer(text, resolved)
	if err := s.openChecked(ctx, text, resolved, answer.Citations); err != nil {
		return err
	}
	return writeJSON(c, http.StatusOK, answer)
}

// checkedText reads the text of a check, in NFC: what offsets count in.
func checkedText(c *gin.Context) (string, error) {
	tooLong := &indexer.InputError{Reason: "Văn bản dài quá 1 MB. Hãy chia văn bản thành nhiều phần.", Err: storage.ErrTooLarge}
	var order CheckOrder
	err := readOrder(c, &order)
	switch {
	case errors.Is(err, storage.ErrTooLarge):
		return "", tooLong
	case err != nil:
		return "", err
	case order.Text == nil:
		return "", badInput(`Hãy gửi đối tượng JSON có trường "text" là văn bản cần kiểm tra.`)
	case len(*order.Text) > maxCheckedText:
		return "", tooLong
	}
	return norm.NFC.String(*order.Text), nil
}

// unknownCitation is a storage.ErrNotFound for a citation that means no
// document of the library that its reader may know of.
type unknownCitation struct {
	typed string
	indexer.Resolved
}

func (e unknownCitation) Error() string {
	return fmt.Sprintf("%q: %v", clip(e.typed), storage.ErrNotFound)
}

func (e unknownCitation) Unwrap() error { return storage.ErrNotFound }

// describe fills in what a reader should know of it: what was read, and the
// numbers that are like it, as a question.
func (e unknownCitation) describe(p *Problem) {
	p.Type, p.Title, p.Nearest = problemBase+"/unknown-citation", "Không có văn bản này", candidates(e.Nearest)
	if e.Citation.Raw == "" {
		p.Detail = "Không đọc ra số văn bản hay viện dẫn nào. Ví dụ: 21-NQ/TW, Nghị quyết 21 năm 2022, Điều 3 Quy định 37-QĐ/TW."
		return
	}
	read := readTyped(e.typed, e.Citation)
	p.Citation = &read
	p.Detail = "Trong kho không có văn bản nào được viện dẫn như vậy."
	if read.Number != nil {
		p.Detail = "Không có văn bản số " + *read.Number + " trong kho."
	}
	var near []string
	for _, d := range e.Nearest {
		if number := string(d.Facts.Number); !slices.Contains(near, number) {
			near = append(near, number)
		}
	}
	if len(near) > 0 {
		p.Detail += " Có phải bạn cần một trong các số gần giống: " + strings.Join(near, ", ") + "?"
	}
}
