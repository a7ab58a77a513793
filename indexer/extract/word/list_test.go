package word

import "testing"

func TestOrdinals(t *testing.T) {
	for _, test := range []struct {
		format string
		n      int
		want   string
	}{
		{"decimal", 12, "12"}, {"decimalZero", 3, "03"}, {"upperRoman", 1994, "MCMXCIV"}, {"lowerRoman", 4, "iv"}, {"upperRoman", 0, "0"},
		{"lowerLetter", 26, "z"}, {"upperLetter", 28, "BB"}, {"lowerLetter", -1, "-1"}, {"none", 5, ""}, {"cardinalText", 5, "5"},
	} {
		if got := Ordinal(test.format, test.n); got != test.want {
			t.Errorf("Ordinal(%q, %d) = %q, want %q", test.format, test.n, got, test.want)
		}
	}
}
