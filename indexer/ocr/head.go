package ocr

import (
	"context"
	"errors"
	"slices"

	"vankien/indexer/extract"
	"vankien/storage"
)

// headPages are the pages whose heads are looked at: a cover may stand before
// the first.
const headPages = 2

// Head sets the Picture of page 1 to what is drawn in its head, and of page 2
// where that page is a scan: numbers and stamps, those of State secrets among
// them, are often only in the picture. Nothing is looked at where Drawn says
// that there is but text, where the page was recognised as a whole, or where
// Picture is set already.
//
// Any error means that a head is not read: the file must not pass for one
// that bears no mark. It is the context's, the machine's (storage.ErrUnavailable,
// storage.ErrNoSpace), or about the pages, and the same Recognizer would give it
// again. The text then has what was read all the same, and extract.HeadUnseen
// holds for each page whose head was not. It ceases to hold once the head is read.
func (r *Recognizer) Head(ctx context.Context, f extract.File, text storage.Text) (storage.Text, error) {
	if text.MediaType != mediaPDF {
		return text, nil
	}
	text.Pages = slices.Clone(text.Pages)
	var faults error
	for i, page := range text.Pages[:min(len(text.Pages), headPages)] {
		seen, err := r.withHead(ctx, f, page)
		text.Pages[i] = seen
		if _, fault := pageFault(err); err != nil && !fault {
			return text, errors.Join(faults, err)
		}
		faults = errors.Join(faults, err)
	}
	return text, faults
}

// withHead is the page with what its head shows, as far as that could be read.
func (r *Recognizer) withHead(ctx context.Context, f extract.File, page storage.Page) (storage.Page, error) {
	look, err := r.worthALook(ctx, f, page)
	if err == nil && look {
		var picture string
		if picture, err = r.head(ctx, f, page.Number); picture != "" || err == nil {
			page.Picture = picture
		}
	}
	if err != nil {
		return extract.MarkUnseen(page), err
	}
	return extract.MarkSeen(page), nil
}

func (r *Recognizer) worthALook(ctx context.Context, f extract.File, p storage.Page) (bool, error) {
	switch {
	case p.OCR, p.Picture != "" && !extract.HeadUnseen(p), p.Other != nil && p.Other.OCR:
		return false, nil
	case wanted(p):
		return true, nil
	case p.Number > 1:
		return false, nil
	case r.config.Drawn == nil:
		return true, nil
	}
	return r.config.Drawn(ctx, f, p.Number)
}

// head recognises the head of a page. Where that gives hardly any Vietnamese
// though something is drawn there, or does not stand upright, it may be another
// part of the page, which is then recognised as a whole. With an error there may
// be a text, too: what was read before.
func (r *Recognizer) head(ctx context.Context, f extract.File, page int) (string, error) {
	seen, inkless, err := r.look(ctx, f, page, extract.PageHead)
	if err != nil || inkless {
		return "", err
	}
	if !seen.turned && !doubtful(seen.text) {
		return seen.text, nil
	}
	whole, _, err := r.look(ctx, f, page, extract.WholePage)
	if err != nil {
		return seen.text, err
	}
	if doubtful(whole.text) {
		return joined(seen.text, whole.head), nil // a stamp alone on its page
	}
	return whole.head, nil
}

// joined is both texts, or one where they are the same.
func joined(a, b string) string {
	if a == b || b == "" {
		return a
	}
	if a == "" {
		return b
	}
	return a + "\n\n" + b
}
