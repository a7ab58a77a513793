package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"vankien/api/auth"
	"vankien/indexer"
	"vankien/storage"
)

const mergePatchType = "application/merge-patch+json"

// DocumentEdits is the body of PATCH /documents/{id}: a merge patch, so that a
// fact that is null is taken away and one that is left out stays. Likewise what
// is stated of whether the document holds: null leaves that to the library.
type DocumentEdits struct {
	Facts      FactEdits         `json:"facts,omitempty"`
	Audience   storage.Audience  `json:"audience,omitempty"`
	Validity   *storage.Validity `json:"validity,omitempty"`
	ReplacedBy *[]storage.ID     `json:"replaced_by,omitempty"`
}

// FactEdits are the facts that people may set.
type FactEdits struct {
	Number       storage.Printed `json:"number,omitempty"`
	Kind         storage.Printed `json:"kind,omitempty"`
	KindSymbol   storage.Printed `json:"kind_symbol,omitempty"`
	Issuer       storage.Printed `json:"issuer,omitempty"`
	IssuerSymbol storage.Printed `json:"issuer_symbol,omitempty"`
	Issued       storage.Date    `json:"issued,omitempty"`
	Place        storage.Printed `json:"place,omitempty"`
	Title        storage.Printed `json:"title,omitempty"`
	Signer       storage.Printed `json:"signer,omitempty"`
	SignerRole   storage.Printed `json:"signer_role,omitempty"`
	Effective    storage.Date    `json:"effective,omitempty"`
	Relations    *[]RelationEdit `json:"relations,omitempty"`
	Recipients   *[]string       `json:"recipients,omitempty"`
	Urgency      storage.Printed `json:"urgency,omitempty"`
	Circulation  storage.Printed `json:"circulation,omitempty"`
}

// RelationEdit is a relation as people state it.
type RelationEdit struct {
	Kind     storage.RelationKind `json:"kind"`
	Target   string               `json:"target"`             // a number, or a name
	Date     storage.Date         `json:"date,omitempty"`     // of the target
	Explicit *bool                `json:"explicit,omitempty"` // true where it is left out
}

// RestoreOrder is the body of POST /documents/{id}/restore.
type RestoreOrder struct {
	Revision int `json:"revision"`
}

// SubmitOrder is the body of POST /documents/{id}/submit; none is one without a
// confirmation.
type SubmitOrder struct {
	Confirmed bool `json:"confirmed,omitempty"` // somebody has looked at the pictures of the first pages
}

// PurgeOrder is the body of POST /documents/{id}/purge; none is one that is not
// confirmed.
type PurgeOrder struct {
	Confirmed bool `json:"confirmed"`
}

// actor is who changes the library, as the write path knows them. The name of
// the operator is reserved: only the running server's own token has it.
func actor(ctx context.Context) indexer.Actor {
	reader := auth.From(ctx)
	return indexer.Actor{Name: reader.Name, Role: reader.Role, Alone: reader.Name == storage.ByOperator}
}

// target is the document that a request wants to change and the version it has
// to be at: what If-Match says, where there is one.
func (s *server) target(c *gin.Context) (storage.Record, storage.Version, error) {
	record, err := s.record(c.Request.Context(), storage.ID(c.Param("id")))
	if err != nil {
		return storage.Record{}, storage.Version{}, err
	}
	version, err := ifMatch(c.Request.Header).choose(&record.Document)
	return record, version, err
}

// decide makes a change of the route's document and answers what it then is.
func (s *server) decide(c *gin.Context, change func(ctx context.Context, record storage.Record, v storage.Version, by indexer.Actor) (storage.Record, error)) error {
	record, version, err := s.target(c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	changed, err := change(ctx, record, version, actor(ctx))
	if err != nil {
		return conditional(c.Request, err)
	}
	return s.answerDocument(c, http.StatusOK, changed.Document)
}

// conditional tells a conflict that If-Match asked for (412) from one with what
// the document is (409), which comes with a reason.
func conditional(r *http.Request, err error) error {
	if errors.Is(err, storage.ErrConflict) && ifMatch(r.Header).given && indexer.ReasonOf(err) == "" {
		return failedCondition{err}
	}
	return err
}

func (s *server) edit(c *gin.Context) error {
	media, _, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	if err != nil || !slices.Contains([]string{mergePatchType, "application/json"}, media) {
		return &indexer.InputError{Reason: "Nội dung gửi lên phải có kiểu " + mergePatchType + ".", Err: storage.ErrUnsupported}
	}
	if !ifMatch(c.Request.Header).given {
		return errPrecondition
	}
	body, err := readBody(c)
	if err != nil {
		return err
	}
	edits, err := indexer.ParseEdits(body)
	if err != nil {
		return err
	}
	return s.decide(c, func(ctx context.Context, record storage.Record, v storage.Version, by indexer.Actor) (storage.Record, error) {
		return s.cfg.Writer.Edit(ctx, record.ID, v, edits, by)
	})
}

// decision handles a change that needs nothing but to be asked for.
func decision(change func(*indexer.Writer, context.Context, storage.ID, storage.Version, indexer.Actor) (storage.Record, error)) func(*server, *gin.Context) error {
	return func(s *server, c *gin.Context) error {
		return s.decide(c, func(ctx context.Context, record storage.Record, v storage.Version, by indexer.Actor) (storage.Record, error) {
			return change(s.cfg.Writer, ctx, record.ID, v, by)
		})
	}
}

func (s *server) submit(c *gin.Context) error {
	var order SubmitOrder
	if err := readOrder(c, &order); err != nil {
		return err
	}
	return s.decide(c, func(ctx context.Context, record storage.Record, v storage.Version, by indexer.Actor) (storage.Record, error) {
		return s.cfg.Writer.Submit(ctx, record.ID, v, order.Confirmed, by)
	})
}

func (s *server) restore(c *gin.Context) error {
	var order RestoreOrder
	if err := readOrder(c, &order); err != nil {
		return err
	}
	return s.decide(c, func(ctx context.Context, record storage.Record, v storage.Version, by indexer.Actor) (storage.Record, error) {
		if order.Revision < 1 || order.Revision > record.Revision {
			return storage.Record{}, badInput("Văn bản có các bản sửa đổi từ 1 đến %d; hãy gửi {\"revision\": n} với một trong số đó.", record.Revision)
		}
		return s.cfg.Writer.Restore(ctx, record.ID, v, order.Revision, by)
	})
}

func (s *server) purge(c *gin.Context) error {
	var order PurgeOrder
	if err := readOrder(c, &order); err != nil {
		return err
	}
	record, version, err := s.target(c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	removal, err := s.cfg.Writer.Purge(ctx, record.ID, version, order.Confirmed, actor(ctx))
	if err != nil {
		return conditional(c.Request, err)
	}
	return writeJSON(c, http.StatusOK, removal)
}

// readOrder reads a small JSON object strictly; an empty body leaves it as it is.
func readOrder(c *gin.Context, order any) error {
	body, err := readBody(c)
	if err != nil || len(body) == 0 {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	err = decoder.Decode(order)
	if err == nil {
		_, err = decoder.Token()
	}
	if err != io.EOF {
		return badInput("Nội dung gửi lên không phải là đối tượng JSON hợp lệ, hoặc có trường lạ.")
	}
	return nil
}

// readBody reads a body whole; route.maxBody bounds it.
func readBody(c *gin.Context) ([]byte, error) {
	body, err := io.ReadAll(c.Request.Body)
	if err != nil {
		return nil, formError(err)
	}
	return body, nil
}

// answerDocument answers what a document is, to whom may see it.
func (s *server) answerDocument(c *gin.Context, status int, d storage.Document) error {
	d, err := s.present(c.Request.Context(), d)
	if err != nil {
		return err
	}
	c.Header("ETag", entityTag(&d))
	return writeJSON(c, status, d)
}

// present is a document as whoever asks may see it, with its validity of today:
// those that replace it, or are the same, are named only where they may be known.
func (s *server) present(ctx context.Context, d storage.Document) (storage.Document, error) {
	err := s.stand(ctx, &d)
	if err != nil {
		return d, err
	}
	if d.ReplacedBy, err = s.knownIDs(ctx, d.ReplacedBy); err != nil {
		return d, fmt.Errorf("successors of %s: %w", d.ID, err)
	}
	if d.Duplicates, err = s.knownIDs(ctx, d.Duplicates); err != nil {
		return d, fmt.Errorf("duplicates of %s: %w", d.ID, err)
	}
	if s.cfg.Writer != nil {
		d = s.cfg.Writer.Underway(d)
	}
	return wireDocument(d), nil
}
