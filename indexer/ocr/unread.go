package ocr

import (
	"context"
	"image"
	"image/draw"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/analyzers"
	"vankien/indexer/extract"
)

// A signature is what tesseract leaves unread of nearly every scan: where a
// seal and a pen's strokes lie over a name it takes all of it for a picture.
// Such a place is as large as a seal, three centimetres and more.
const (
	unreadDots    = 100 // of ink in a square that no word explains
	unreadSquares = 12  // a seal covers so many
	unreadMost    = 200 // a photograph or a map covers more
	unreadPlaces  = 2   // on one page: two may sign side by side
	unreadNarrow  = 3   // squares: the scanner's shadow is narrower than a seal
)

// oneBlock is how tesseract looks at a picture as at one block of text.
const oneBlock = "6"

// addUnread recognises the places of a picture that are full of ink and empty
// of words, word by word: the names below seals. What is added to the text are
// the lines of which every word can be Vietnamese; the rest is the seal's own.
func (r *Recognizer) addUnread(ctx context.Context, picture *image.Gray, page *reading) error {
	for _, place := range placesUnread(picture, page.words) {
		part := image.NewGray(image.Rectangle{Max: place.Size()})
		draw.Draw(part, part.Rect, picture, place.Min, draw.Src)
		for _, w := range page.words {
			if w.sound() {
				draw.Draw(part, w.box().Sub(place.Min), image.White, image.Point{}, draw.Src)
			}
		}
		lines, err := r.unreadLines(ctx, part)
		if _, fault := pageFault(err); fault {
			continue // what has been read of the page stands
		}
		if err != nil {
			return err
		}
		for _, line := range lines {
			page.text += "\n\n" + mend(extract.Tidy(line))
		}
	}
	return nil
}

// unreadLines are the sound lines of a place, as words wherever they are or,
// where that gives no name, as one block of text.
func (r *Recognizer) unreadLines(ctx context.Context, part *image.Gray) ([]string, error) {
	var lines []string
	for _, mode := range []string{scattered, oneBlock} {
		table, err := r.patiently(ctx, part, "-l", language, "--oem", "1", "--psm", mode, "-c", noTables, "-c", "tessedit_create_tsv=1")
		if err != nil {
			return nil, err
		}
		lines = append(lines, soundLines(wordsOf(string(table)))...)
		if slices.ContainsFunc(lines, mayBeName) {
			break
		}
	}
	return lines, nil
}

// mayBeName tells a line of three words or more, each with a capital.
func mayBeName(line string) bool {
	words := strings.Fields(line)
	return len(words) > 2 && !slices.ContainsFunc(words, func(w string) bool { first, _ := utf8.DecodeRuneInString(w); return !unicode.IsUpper(first) })
}

// placesUnread are the rectangles around squares that touch each other and have
// ink no sound word explains.
func placesUnread(picture *image.Gray, words []word) []image.Rectangle {
	size := picture.Rect.Size()
	rest := image.NewGray(picture.Rect)
	copy(rest.Pix, picture.Pix)
	for _, w := range words {
		if w.sound() {
			draw.Draw(rest, w.box(), image.White, image.Point{}, draw.Src)
		}
	}
	columns, rows := size.X/square, size.Y/square
	full := make([]bool, columns*rows)
	for i := range full {
		left, top := i%columns*square, i/columns*square
		full[i] = inkIn(rest, left, top, left+square, top+square) > unreadDots
	}
	var places []image.Rectangle
	for i := range full {
		if !full[i] {
			continue
		}
		n, squares := spread(full, columns, rows, i)
		if n < unreadSquares || n > unreadMost || min(squares.Dx(), squares.Dy()) < unreadNarrow {
			continue
		}
		place := image.Rect(squares.Min.X-2, squares.Min.Y-1, squares.Max.X+2, squares.Max.Y+3) // the name is below
		places = append(places, image.Rectangle{Min: place.Min.Mul(square), Max: place.Max.Mul(square)}.Intersect(picture.Rect))
	}
	return places[max(0, len(places)-unreadPlaces):] // people sign at the bottom
}

// spread counts the full squares that hang together with the one at i, and
// empties them.
func spread(full []bool, columns, rows, i int) (n int, around image.Rectangle) {
	full[i] = false
	for open := []int{i}; len(open) > 0; n++ {
		at := open[len(open)-1]
		open = open[:len(open)-1]
		x, y := at%columns, at/columns
		around = around.Union(image.Rect(x, y, x+1, y+1))
		for v := max(0, y-1); v <= min(rows-1, y+1); v++ {
			for u := max(0, x-1); u <= min(columns-1, x+1); u++ {
				if next := v*columns + u; full[next] {
					full[next] = false
					open = append(open, next)
				}
			}
		}
	}
	return n, around
}

// soundLines are the lines of two words and more that can all be Vietnamese,
// but for the first: a stroke may have taken its beginning.
func soundLines(words []word) (lines []string) {
	for from := 0; from < len(words); {
		to := from + 1
		for to < len(words) && words[to-1].beside(words[to]) {
			to++
		}
		sound, texts := 0, []string{}
		for _, w := range words[from:to] {
			if w.sound() {
				sound++
			}
			texts = append(texts, w.text)
		}
		if sound > 1 && sound >= to-from-1 {
			lines = append(lines, strings.Join(texts, " "))
		}
		from = to
	}
	return lines
}

// beside tells whether next follows w in one line, whatever line tesseract has
// put it in.
func (w word) beside(next word) bool {
	height := w.bottom - w.top
	overlap := min(w.bottom, next.bottom) - max(w.top, next.top)
	return 2*overlap > min(height, next.bottom-next.top) && next.left > w.left && next.left-w.right < height
}

func (w word) box() image.Rectangle { return image.Rect(w.left, w.top, w.right, w.bottom) }

// sound tells a word that is one from what a stroke looks like.
func (w word) sound() bool {
	bare := strings.TrimFunc(w.text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return len([]rune(bare)) > 1 && (analyzers.ValidSyllable(bare) || strings.Trim(bare, "0123456789./-") == "")
}
