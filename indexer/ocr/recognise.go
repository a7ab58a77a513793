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

// recognise reads a picture. Where that gives hardly any Vietnamese, the
// picture is turned as tesseract believes it should be, and the better reading
// counts. An empty reading is a page without text.
func (r *Recognizer) recognise(ctx context.Context, picture *image.Gray) (reading, error) {
	if blank(picture) {
		return reading{}, nil
	}
	first, err := r.read(ctx, picture)
	if err != nil || !r.oriented || !doubtful(first.text) {
		return first, err
	}
	degrees, err := r.turn(ctx, picture)
	if err != nil || degrees == 0 {
		return first, err
	}
	second, err := r.read(ctx, turned(picture, degrees))
	if err != nil {
		return first, err
	}
	if worth(analyzers.Judge(second.text)) > worth(analyzers.Judge(first.text)) {
		return second, nil
	}
	return first, nil
}

// read recognises a picture as it is; once more if the machine was too busy.
func (r *Recognizer) read(ctx context.Context, picture *image.Gray) (reading, error) {
	table, err := r.run(ctx, picture, layout...)
	if errors.Is(err, errStarved) {
		table, err = r.run(ctx, picture, layout...)
	}
	if err != nil {
		return reading{}, err
	}
	words := wordsOf(string(table))
	above := int(headShare * float64(picture.Rect.Dy()))
	return reading{text: layOut(words, 0), head: layOut(words, above)}, nil
}

// rotate is what "--psm 0" says a page needs, clockwise.
var rotate = regexp.MustCompile(`(?m)^Rotate: (90|180|270)$`)

// turn returns by how many degrees, clockwise, the picture must be turned to
// stand upright. A picture with too little on it to tell makes tesseract fail:
// it stays as it is.
func (r *Recognizer) turn(ctx context.Context, picture *image.Gray) (int, error) {
	said, err := r.run(ctx, picture, "-l", orientation, "--psm", "0")
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
