package rtf

import (
	"bufio"
	"io"
	"unicode/utf8"
)

// kind is what a token is.
type kind int

const (
	textByte kind = iota // a byte of text, from \'xx too
	control              // a word with its number
	symbol               // a backslash and a character that is no letter
	open
	closing
)

// token is one of a file's parts. The name is good until the next one is read.
type token struct {
	kind   kind
	name   []byte
	number int
	given  bool // the word has a number
	char   byte
}

// off tells a switch that is turned off: \deleted0.
func (t token) off() bool { return t.given && t.number == 0 }

const maxName = 32 // letters of a control word

type lexer struct {
	r    *bufio.Reader
	name [maxName]byte
}

// next reads a token; io.EOF ends them.
func (l *lexer) next() (token, error) {
	for {
		c, err := l.r.ReadByte()
		if err != nil {
			return token{}, err
		}
		switch c {
		case '{':
			return token{kind: open}, nil
		case '}':
			return token{kind: closing}, nil
		case '\\':
			return l.control()
		case '\r', '\n', 0:
		default:
			return token{kind: textByte, char: c}, nil
		}
	}
}

func (l *lexer) control() (token, error) {
	c, err := l.r.ReadByte()
	if err != nil {
		return token{}, err
	}
	if c == '\'' {
		return l.hexByte()
	}
	if !isLetter(c) {
		return token{kind: symbol, char: c}, nil
	}
	n := 0
	for ; err == nil && isLetter(c); c, err = l.r.ReadByte() {
		if n < maxName {
			l.name[n] = c
			n++
		}
	}
	t := token{kind: control, name: l.name[:n]}
	negative := err == nil && c == '-'
	if negative {
		c, err = l.r.ReadByte()
	}
	for ; err == nil && c >= '0' && c <= '9'; c, err = l.r.ReadByte() {
		t.number, t.given = min(t.number*10+int(c-'0'), 1<<31), true
	}
	if negative {
		t.number = -t.number
	}
	if err == nil && c != ' ' {
		err = l.r.UnreadByte()
	}
	if err == io.EOF { // the next call says so
		err = nil
	}
	return t, err
}

// hexByte reads the two digits of a byte; what is none counts as zero.
func (l *lexer) hexByte() (token, error) {
	t := token{kind: textByte}
	for range 2 {
		c, err := l.r.ReadByte()
		if err != nil {
			return t, err
		}
		t.char <<= 4
		switch {
		case c >= '0' && c <= '9':
			t.char |= c - '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			t.char |= c | 0x20 - 'a' + 10
		case c == '\\' || c == '{' || c == '}':
			return t, l.r.UnreadByte()
		}
	}
	return t, nil
}

// run is as much plain text as is at hand, good until the next token is read.
func (l *lexer) run() []byte {
	b, err := l.r.Peek(l.r.Buffered())
	if err != nil {
		return nil
	}
	n := 0
	for n < len(b) && b[n] >= ' ' && b[n] < utf8.RuneSelf && b[n] != '\\' && b[n] != '{' && b[n] != '}' {
		n++
	}
	if _, err := l.r.Discard(n); err != nil {
		return nil
	}
	return b[:n]
}

// skip passes over binary data.
func (l *lexer) skip(n int) error {
	_, err := l.r.Discard(max(n, 0))
	return err
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
