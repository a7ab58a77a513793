package ocr

import "image"

const (
	whitePaper = 235 // from this on paper counts as white
	blackest   = 90  // what is darker is no paper, but a picture or a bar
)

// levelled is the picture on white paper: tesseract tells ink from paper by one
// level for the whole page, and loses a third of the words where the paper is
// grey and gets darker to one side. A page on white paper stays as it is.
func levelled(picture *image.Gray) *image.Gray {
	size := picture.Rect.Size()
	columns, rows := (size.X+square-1)/square, (size.Y+square-1)/square
	paper, grey := make([]int, columns*rows), false
	for i := range paper {
		left, top := i%columns*square, i/columns*square
		paper[i] = groundOf(picture, left, top, min(left+square, size.X), min(top+square, size.Y))
		grey = grey || paper[i] < whitePaper && paper[i] > blackest
	}
	if !grey {
		return picture
	}
	paper = brightest(paper, columns, rows)
	out := image.NewGray(image.Rectangle{Max: size})
	for y := range size.Y {
		from, to := picture.Pix[y*picture.Stride:][:size.X], out.Pix[y*out.Stride:][:size.X]
		for x, v := range from {
			to[x] = uint8(min(255, int(v)*255/between(paper, columns, rows, x, y)))
		}
	}
	return out
}

// brightest gives each square the brightest paper around it: one that is full
// of ink has none of its own.
func brightest(paper []int, columns, rows int) []int {
	out := make([]int, len(paper))
	for i := range paper {
		out[i] = blackest
		for y := max(0, i/columns-1); y <= min(rows-1, i/columns+1); y++ {
			for x := max(0, i%columns-1); x <= min(columns-1, i%columns+1); x++ {
				out[i] = max(out[i], paper[y*columns+x])
			}
		}
	}
	return out
}

// between is the grey of the paper at a dot, between the middles of the squares
// around it; never less than blackest.
func between(paper []int, columns, rows, x, y int) int {
	x, y = max(0, x-square/2), max(0, y-square/2)
	column, row := min(x/square, columns-1), min(y/square, rows-1)
	next, below := min(column+1, columns-1), min(row+1, rows-1)
	dx, dy := x%square, y%square
	top := paper[row*columns+column]*(square-dx) + paper[row*columns+next]*dx
	bottom := paper[below*columns+column]*(square-dx) + paper[below*columns+next]*dx
	return (top*(square-dy) + bottom*dy) / (square * square)
}
