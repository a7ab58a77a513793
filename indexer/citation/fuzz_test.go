package citation

import (
	"strings"
	"testing"
)

var fuzzSeeds = []string{
	"Nghị quyết số 21 – NQ/TW ngày 16/6/2022", "57, 59 và 68-NQ/TW", "302020nđcp", "30 2020 nđ cp", "66.202026nqcp", "30a2008nqcp",
	"Nghị quyết Trung ương 4 (khóa XI, XII) và Kết luận 21-KL/TW", "NQTW4 khoá XII", "điểm 4.3.1(d) mục II, Hướng dẫn số 38-HD/BTCTW",
	"bộ tứ trụ cột Ban Chỉ đạo 35", "Hội nghị lần thứ mười một BCH TW", "nghij quyeets soos 21", "\xff12-\xc4/TW", "khóa khóa khóa XIII XIII",
	"điều điều 3, 4, 5 và 6 (7(8(9(", "T.Ư T.Ư T.Ư 4", "QĐ 2021", "luật 45/2019", "số 1 số 2 số 3", "1.2.3.4.5-NQ/TW", "của của của 21-NQ/TW",
}

// FuzzCited: every citation lies in the text, in order, whatever was typed.
func FuzzCited(f *testing.F) {
	for _, seed := range fuzzSeeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, cited := range [][]Citation{Cited(text), FindTyped(text)} {
			end := 0
			for _, c := range cited {
				if c.Start < end || c.End <= c.Start || c.End > len(text) || text[c.Start:c.End] != c.Raw {
					t.Fatalf("%+v is out of place in %q", c, text)
				}
				if c.NumberStart < c.Start || c.NumberStart >= c.End || c.From > c.Start || c.To < c.End || c.To > len(text) {
					t.Fatalf("%+v has parts out of place in %q", c, text)
				}
				if c.Number.Serial == "" && c.Nickname == "" && c.Term == "" && c.Plenum == 0 {
					t.Fatalf("%+v names nothing in %q", c, text)
				}
				end = c.End
			}
			Contexts(text, cited)
		}
		Parse(text)
	})
}

// FuzzCandidates: every candidate is a known document, once, with the digits
// that were typed; and the order is the same each time.
func FuzzCandidates(f *testing.F) {
	for _, seed := range fuzzSeeds {
		f.Add(seed)
	}
	f.Add("921-NQ/TW dân số")
	names, register := library()
	f.Fuzz(func(t *testing.T, typed string) {
		for _, c := range FindTyped(typed) {
			seen := map[int]bool{}
			found := register.Candidates(c, typed)
			for _, i := range found {
				if i < 0 || i >= len(names) || seen[i] {
					t.Fatalf("%q: candidates %v", typed, found)
				}
				seen[i] = true
				serial, _, _ := strings.Cut(names[i], "-")
				serial, _, _ = strings.Cut(serial, "/")
				if c.Nickname == "" && c.Number.Serial != "" && !strings.Contains(onlyLetters(typed), serial) {
					t.Fatalf("%q: %s has other digits", typed, names[i])
				}
			}
			for again := range 2 {
				for at, i := range register.Candidates(c, typed) {
					if found[at] != i {
						t.Fatalf("%q: another order the time %d", typed, again+2)
					}
				}
			}
			register.Nearest(c.Number, 5)
		}
	})
}

// TestLongInputTakesLinearTime: what would be quadratic hangs here.
func TestLongInputTakesLinearTime(t *testing.T) {
	names, register := library()
	for _, seed := range append(fuzzSeeds, "1", "1-", "a", "khóa ", "điều 1 ", "(", "của ", "Hội nghị ", "21-NQ/TW ", "nghị quyết 1, ", "T.", "số ", "1 nq ", "nq") {
		text := strings.Repeat(seed, 30_000/len(seed))
		typed := FindTyped(text)
		for _, c := range typed[:min(100, len(typed))] {
			if len(register.Candidates(c, text)) > len(names) {
				t.Errorf("%q has too many candidates", seed)
			}
		}
		Contexts(text, Cited(text))
		Parse(text)
	}
}
