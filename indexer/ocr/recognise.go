package ocr

import (
	"context"
	"errors"
	"image"
	"regexp"
	"strconv"

	"vankien/analyzers"
	"vankien/indexer/extract"
)

// doubtfulScore and doubtfulSyllables are what less than that makes a reading
// worth another look: the page may lie on its side.
const (
	doubtfulScore     = 0.6
	doubtfulSyllables = 5
)

// How tesseract is to look at a page: as paragraphs and columns that it finds by
// itself, or as words wherever they are, which finds the rows of a table on a
// dotted ground and a lone stamp, in no good order. Where it believes in a table
// it takes the accents in its cells for specks: it is not to look for tables.
// What else was tried is in docs/reading.md.
const (
	paragraphs = "3"
	scattered  = "11"
	noTables   = "textord_tabfind_find_tables=0"
)

// recognise reads a picture. Where its lines stand on their side, or it gives
// hardly any Vietnamese and tesseract believes that it is upside down, it is
// turned; where there is still hardly any, words are looked for one by one. The
// best reading counts. An empty one is a page without text.
func (r *Recognizer) recognise(ctx context.Context, picture *image.Gray, part extract.Part) (reading, error) {
	best, degrees, err := r.read(ctx, picture, paragraphs)
	if err != nil {
		return reading{}, err
	}
	if r.oriented && doubtful(best.text) {
		believed, err := r.turn(ctx, picture)
		if err != nil {
			return reading{}, err
		}
		if believed != 0 {
			degrees = believed
		}
	}
	if degrees != 0 {
		upright := turned(picture, degrees)
		again, _, err := r.read(ctx, upright, paragraphs)
		if err != nil {
			return reading{}, err
		}
		// A page on its side was read already, but from the wrong corner.
		if value(again) > 0 && value(again) >= 0.9*value(best) {
			best, picture = again, upright
			best.turned = true
		}
	}
	if !doubtful(best.text) {
		if part == extract.WholePage {
			err = r.addUnread(ctx, picture, &best)
		}
		return best, err
	}
	words, _, err := r.read(ctx, picture, scattered)
	if err != nil {
		return reading{}, err
	}
	if value(words) > value(best) {
		words.turned = best.turned
		return words, nil
	}
	return best, nil
}

// read recognises a picture as it is, and tells by how many degrees it has to
// be turned, as far as its lines show. Where other work on the machine has kept
// the process from running, it gets more time.
func (r *Recognizer) read(ctx context.Context, picture *image.Gray, mode string) (reading, int, error) {
	args := []string{"-l", language, "--oem", "1", "--psm", mode, "-c", noTables, "-c", "tessedit_create_tsv=1"}
	table, err := r.run(ctx, picture, r.limit, args...)
	if errors.Is(err, errStarved) {
		table, err = r.patiently(ctx, picture, args...)
	}
	if err != nil {
		return reading{}, 0, err
	}
	words := wordsOf(string(table))
	above := int(extract.HeadShare * float64(picture.Rect.Dy()))
	return reading{text: layOut(words, 0), head: layOut(words, above), words: words}, slant(words), nil
}

// rotate is what "--psm 0" says a page needs, clockwise.
var rotate = regexp.MustCompile(`(?m)^Rotate: (90|180|270)$`)

// turn returns by how many degrees, clockwise, the picture must be turned to
// stand upright. A picture with too little on it to tell makes tesseract fail:
// it stays as it is.
func (r *Recognizer) turn(ctx context.Context, picture *image.Gray) (int, error) {
	said, err := r.patiently(ctx, picture, "-l", orientation, "--psm", "0")
	if errors.Is(err, errCrash) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	m := rotate.FindSubmatch(said)
	if m == nil {
		return 0, nil
	}
	return strconv.Atoi(string(m[1]))
}

func doubtful(text string) bool {
	q := analyzers.Judge(text)
	return q.Score < doubtfulScore || q.Valid < doubtfulSyllables
}

// value is what a reading is worth.
func value(r reading) float64 { return worth(analyzers.Judge(r.text)) }

// worth is how much of a text is good Vietnamese, in syllables.
func worth(q analyzers.Quality) float64 { return q.Score * float64(q.Valid) }
