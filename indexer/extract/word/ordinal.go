package word

import (
	"fmt"
	"strconv"
	"strings"
)

// Ordinal writes n in a number format as WordprocessingML names it
// (ST_NumberFormat); one that is not used in Vietnam is written in digits.
func Ordinal(format string, n int) string {
	switch format {
	case "none":
		return ""
	case "decimalZero":
		return fmt.Sprintf("%02d", n)
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperLetter":
		return letters(n)
	case "lowerLetter":
		return strings.ToLower(letters(n))
	}
	return strconv.Itoa(n)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, numeral := range []struct {
		value int
		text  string
	}{
		{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"},
		{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
	} {
		for ; n >= numeral.value; n -= numeral.value {
			b.WriteString(numeral.text)
		}
	}
	return b.String()
}

// letters goes on after Z as Word does: AA, BB, CC.
func letters(n int) string {
	const alphabet = 26
	if n < 1 || n > 30*alphabet {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(rune('A'+(n-1)%alphabet)), (n-1)/alphabet+1)
}
