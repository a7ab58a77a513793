package extract

import (
	"bufio"
	"errors"
	"io"
)

// The tokens of a content stream or a CMap. A number is a float64, an array a
// []any; a dictionary is read over and stands as nil.
type (
	pdfName     string
	pdfString   string
	pdfOperator string
)

// Bounds of one token. They are far above what a producer writes and keep a
// hostile stream from holding much memory.
const (
	maxToken  = 1 << 20 // bytes of a string or name
	maxArray  = 1 << 17 // elements
	maxNested = 32      // arrays within arrays
)

var errNesting = errors.New("objects nested too deeply")

// lexer cuts a decoded content stream or CMap into tokens.
//
// pdf.Interpret of the library would do, but it never returns from a string
// that is cut off by the end of the stream, reads the pixels of inline images
// as operators, and cannot be bounded or cancelled.
type lexer struct {
	r      *bufio.Reader
	nested int
}

func newLexer(r io.Reader) *lexer { return &lexer{r: bufio.NewReaderSize(r, 8<<10)} }

// next returns the next token, or io.EOF, or the error of the reader.
func (l *lexer) next() (any, error) {
	c, err := l.skipSpace()
	if err != nil {
		return nil, err
	}
	switch c {
	case '(':
		return l.literal()
	case '<':
		if l.follows('<') {
			return l.array(">>")
		}
		return l.hex()
	case '[':
		return l.array("]")
	case '/':
		word, err := l.word(nil)
		return pdfName(unescapeName(word)), err
	case ']', '{', '}', ')':
		return pdfOperator([]byte{c}), nil
	case '>':
		if l.follows('>') {
			return pdfOperator(">>"), nil
		}
		return pdfOperator(">"), nil
	}
	word, err := l.word([]byte{c})
	if err != nil {
		return nil, err
	}
	if c == '+' || c == '-' || c == '.' || c >= '0' && c <= '9' {
		return number(word), nil
	}
	if string(word) == "ID" {
		return pdfOperator("ID"), l.skipImage()
	}
	return pdfOperator(word), nil
}

func (l *lexer) skipSpace() (byte, error) {
	for {
		c, err := l.r.ReadByte()
		if err != nil {
			return 0, err
		}
		switch {
		case isPDFSpace(c):
		case c == '%':
			for c != '\n' && c != '\r' {
				if c, err = l.r.ReadByte(); err != nil {
					return 0, err
				}
			}
		default:
			return c, nil
		}
	}
}

// follows consumes the next byte if it is c.
func (l *lexer) follows(c byte) bool {
	next, err := l.r.ReadByte()
	if err != nil {
		return false
	}
	if next != c {
		_ = l.r.UnreadByte() // cannot fail right after a ReadByte
	}
	return next == c
}

func (l *lexer) word(start []byte) ([]byte, error) {
	for {
		c, err := l.r.ReadByte()
		if err == io.EOF {
			return start, nil
		}
		if err != nil {
			return nil, err
		}
		if isPDFSpace(c) || isPDFDelimiter(c) {
			return start, l.r.UnreadByte()
		}
		if len(start) < maxToken {
			start = append(start, c)
		}
	}
}

// array reads up to the closing token. The elements of a dictionary (closed by
// ">>") are dropped: no operator of text needs them.
func (l *lexer) array(closing pdfOperator) (any, error) {
	if l.nested++; l.nested > maxNested {
		return nil, errNesting
	}
	defer func() { l.nested-- }()
	var list []any
	for {
		token, err := l.next()
		if err != nil {
			return nil, err
		}
		if token == closing {
			break
		}
		if closing == "]" && len(list) < maxArray {
			list = append(list, token)
		}
	}
	if closing == ">>" {
		return nil, nil
	}
	return list, nil
}

func (l *lexer) hex() (any, error) {
	var out []byte
	high, digits := byte(0), 0
	for {
		c, err := l.r.ReadByte()
		if err != nil {
			return nil, err
		}
		if c == '>' {
			break
		}
		digit, ok := hexDigit(c)
		if !ok {
			continue
		}
		if digits++; digits%2 == 1 {
			high = digit << 4
		} else if len(out) < maxToken {
			out = append(out, high|digit)
		}
	}
	if digits%2 == 1 { // a missing last digit is 0
		out = append(out, high)
	}
	return pdfString(out), nil
}

func (l *lexer) literal() (any, error) {
	var out []byte
	for depth := 1; ; {
		c, err := l.r.ReadByte()
		if err != nil {
			return nil, err
		}
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return pdfString(out), nil
			}
		case '\\':
			var ok bool
			if c, ok, err = l.escape(); err != nil {
				return nil, err
			} else if !ok {
				continue
			}
		}
		if len(out) < maxToken {
			out = append(out, c)
		}
	}
}

// escape reads what follows a backslash; ok is false for an escaped line end,
// which stands for nothing.
func (l *lexer) escape() (c byte, ok bool, err error) {
	if c, err = l.r.ReadByte(); err != nil {
		return 0, false, err
	}
	switch c {
	case 'n':
		return '\n', true, nil
	case 'r':
		return '\r', true, nil
	case 't':
		return '\t', true, nil
	case 'b':
		return '\b', true, nil
	case 'f':
		return '\f', true, nil
	case '\r':
		l.follows('\n')
		return 0, false, nil
	case '\n':
		return 0, false, nil
	}
	if c < '0' || c > '7' {
		return c, true, nil
	}
	value := c - '0'
	for range 2 {
		next, err := l.r.ReadByte()
		if err != nil {
			return 0, false, err
		}
		if next < '0' || next > '7' {
			return value, true, l.r.UnreadByte()
		}
		value = value<<3 | (next - '0')
	}
	return value, true, nil
}

// skipImage reads over the data of an inline image up to and with its EI: one
// that stands alone and is followed by text again.
func (l *lexer) skipImage() error {
	var before byte = ' '
	for {
		c, err := l.r.ReadByte()
		if err != nil {
			return err
		}
		if c == 'E' && isPDFSpace(before) {
			ahead, err := l.r.Peek(12)
			if err != nil && err != io.EOF {
				return err
			}
			if len(ahead) > 0 && ahead[0] == 'I' && looksLikeContent(ahead[1:]) {
				_, err = l.r.Discard(1)
				return err
			}
		}
		before = c
	}
}

func looksLikeContent(ahead []byte) bool {
	if len(ahead) > 0 && !isPDFSpace(ahead[0]) {
		return false
	}
	for _, c := range ahead {
		if !isPDFSpace(c) && (c < ' ' || c > '~') {
			return false
		}
	}
	return true
}
