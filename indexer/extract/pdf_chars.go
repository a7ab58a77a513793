package extract

import "strconv"

// number reads a number as forgivingly as other readers do: what is none is 0.
func number(word []byte) float64 {
	if n, err := strconv.ParseFloat(string(word), 64); err == nil && n > -1e9 && n < 1e9 {
		return n
	}
	return 0
}

func unescapeName(word []byte) string {
	out := word[:0:0]
	for i := 0; i < len(word); i++ {
		if word[i] == '#' && i+2 < len(word) {
			high, ok1 := hexDigit(word[i+1])
			low, ok2 := hexDigit(word[i+2])
			if ok1 && ok2 {
				out, i = append(out, high<<4|low), i+2
				continue
			}
		}
		out = append(out, word[i])
	}
	return string(out)
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

func isPDFSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isPDFDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}
