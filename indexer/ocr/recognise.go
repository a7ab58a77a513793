package ocr

import (
	"context"
	"errors"
	"image"
	"regexp"
	"strconv"

	"vankien/analyzers"
)

// headShare is how much of a page's height is its head, as in extract.PageHead.
const headShare = 0.45

// doubtfulScore and doubtfulSyllables are what less than that makes a reading
// worth another look: the page may lie on its side.
const (
	doubtfulScore     = 0.6
	doubtfulSyllables = 5
)

// layout is how tesseract is to look at a page (see measured_test.go): one
// network, the page's parts found by itself.
var layout = []string{"-l", language, "--oem", "1", "--psm", "3", "-c", "tessedit_create_tsv=1"}

// recognise reads a picture. Where its lines stand on their side, or it gives
// hardly any Vietnamese and tesseract believes that it is upside down, it is
// turned, and the better reading counts. An empty reading is a page without
// text.
func (r *Recognizer) recognise(ctx context.Context, picture *image.Gray) (reading, error) {
	first, degrees, err := r.read(ctx, picture)
	if err != nil {
		return reading{}, err
	}
	if r.oriented && doubtful(first.text) {
		believed, err := r.turn(ctx, picture)
		if err != nil {
			return reading{}, err
		}
		if believed != 0 {
			degrees = believed
		}
	}
	if degrees == 0 {
		return first, nil
	}
	second, _, err := r.read(ctx, turned(picture, degrees))
	if err != nil {
		return reading{}, err
	}
	// A page on its side was read already, but from the wrong corner.
	if before := worth(analyzers.Judge(first.text)); worth(analyzers.Judge(second.text)) < 0.9*before {
		return first, nil
	}
	second.turned = true
	return second, nil
}

// read recognises a picture as it is, and tells by how many degrees it has to
// be turned, as far as its lines show. Where other work on the machine has kept
// the process from running, it gets more time.
func (r *Recognizer) read(ctx context.Context, picture *image.Gray) (reading, int, error) {
	table, err := r.run(ctx, picture, r.limit, layout...)
	if errors.Is(err, errStarved) {
		table, err = r.run(ctx, picture, patience*r.limit, layout...)
	}
	if err != nil {
		return reading{}, 0, err
	}
	words := wordsOf(string(table))
	above := int(headShare * float64(picture.Rect.Dy()))
	return reading{text: layOut(words, 0), head: layOut(words, above)}, slant(words), nil
}

// rotate is what "--psm 0" says a page needs, clockwise.
var rotate = regexp.MustCompile(`(?m)^Rotate: (90|180|270)$`)

// turn returns by how many degrees, clockwise, the picture must be turned to
// stand upright. A picture with too little on it to tell makes tesseract fail:
// it stays as it is.
func (r *Recognizer) turn(ctx context.Context, picture *image.Gray) (int, error) {
	said, err := r.run(ctx, picture, patience*r.limit, "-l", orientation, "--psm", "0")
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

// worth is how much of a text is good Vietnamese, in syllables.
func worth(q analyzers.Quality) float64 { return q.Score * float64(q.Valid) }
