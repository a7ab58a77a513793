package citation

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A place is numbered, and what is numbered before the symbol of a kind is no
// number of that kind.
func TestAPlaceBeforeAnAbbreviatedKind(t *testing.T) {
	for typed, want := range map[string]string{
		"điều 3 qđ 917":                       "917-QĐ [Điều 3]",
		"dieu 3 qd 917":                       "917-QĐ [Điều 3]",
		"dieu 5 ct 908":                       "908-CT [Điều 5]",
		"điều 2 QĐ 9187":                      "9187-QĐ [Điều 2]",
		"điều 3 qđ 917-QĐ/TU":                 "917-QĐ/TU [Điều 3]",
		"Điều 3 QĐ số 917-QĐ/TU":              "917-QĐ/TU [Điều 3]",
		"điểm a khoản 1 Điều 6 QĐ 917":        "917-QĐ [Điều 6, khoản 1, điểm a]",
		"điều 5, 6 và 7 qđ 917 tu":            "917-QĐ/TU [Điều 5, 6, 7]",
		"mục III nq 905":                      "905-NQ [Mục III]",
		"chuong 2 kh 903":                     "903-KH [Chương 2]",
		"mẫu 1 hd 909":                        "909-HD [Mẫu 1]",
		"mau so 2 hd 909 btctu":               "909-HD/BTCTU [Mẫu 2]",
		"mẫu 2-KNĐ hướng dẫn 909":             "909-HD [Mẫu 2-KNĐ]",
		"bước 8 hd 909":                       "909-HD [Bước 8]",
		"câu 12 hướng dẫn 909":                "909-HD [Câu 12]",
		"qd 917 dieu 3":                       "917-QĐ [Điều 3]",
		"921 nq tw":                           "921-NQ/TW",
		"cầu 12 nghị quyết 905":               "905-NQ", // a bridge
		"mức 3 quy định 917":                  "917-QĐ", // a rate
		"quan điểm 921-NQ/TW":                 "921-NQ/TW",
		"xử lý theo khoản 2 Điều 9 QĐ 969 tw": "969-QĐ/TW [Điều 9, khoản 2]",
	} {
		if diff := cmp.Diff(want, strings.Join(allTold(FindTyped(typed)), "; ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", typed, diff)
		}
	}
}

func TestAPlaceBeforeAnAbbreviatedKindInProse(t *testing.T) {
	for text, want := range map[string]string{
		"theo Điều 3 QĐ 917-QĐ/TU":         "917-QĐ/TU [Điều 3]",
		"Khoản 2 Điều 9 QĐ 969":            "969-QĐ [Điều 9, khoản 2]",
		"Mẫu số 2 Hướng dẫn 909-HD/BTCTU":  "909-HD/BTCTU [Mẫu 2]",
		"Phụ lục số 1 Quy định 937-QĐ/TW":  "937-QĐ/TW [Phụ lục 1]",
		"thu đảng phí mức 1 theo QĐ 942":   "942-QĐ",
		"TB 946 UBKTTU, tb 947 ubkttu":     "946-TB/UBKTTU; 947-TB/UBKTTU",
		"tối đa 02 bước, 3 câu và 2 mẫu":   "",
		"câu 15, bước 3, mẫu số 5, mẫu 2B": "",
	} {
		if diff := cmp.Diff(want, strings.Join(allTold(Cited(text)), "; ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

// A kind before the digits and the issuer behind them are a number whose signs
// were left out.
func TestKindNumberIssuer(t *testing.T) {
	for typed, want := range map[string]string{
		"tb 946 ubkttu":            "946-TB/UBKTTU",
		"hd 909 btctu":             "909-HD/BTCTU",
		"qd 9187 ubnd":             "9187/QĐ-UBND",
		"quyết định 9187 ubnd":     "9187/QĐ-UBND",
		"qd 917 2024 ubnd":         "917/2024/QĐ-UBND",
		"nghị định 930 2020 cp":    "930/2020/NĐ-CP",
		"nq 905 tu":                "905-NQ/TU",
		"kl 931 tw":                "931-KL/TW",
		"nghị quyết 919 2020 qh14": "919/2020/QH14",
		"luật 945 2019 qh14":       "945/2019/QH14",
	} {
		if diff := cmp.Diff(want, strings.Join(allTold(FindTyped(typed)), "; ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", typed, diff)
		}
	}
}

// Digits that look like a year may be a number where nothing else was typed,
// or where no year of issue can be meant.
func TestNumbersThatLookLikeYears(t *testing.T) {
	for typed, want := range map[string]string{
		"2096":                      "2096 ?",
		"1950":                      "1950 ?",
		"công văn 2096 của Sở Y tế": "2096-CV ?",
		"QĐ 2021 kỷ luật":           "",
		"nghị quyết 2021 của tỉnh":  "",
		"tầm nhìn 2045":             "",
	} {
		if diff := cmp.Diff(want, strings.Join(allTold(FindTyped(typed)), "; ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", typed, diff)
		}
	}
}
