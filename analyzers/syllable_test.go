package analyzers

import (
	"strings"
	"testing"
)

func TestValidSyllable(t *testing.T) {
	valid := "nghị quyết Đảng ƯƠNG nghiêng khuya khuỷu thuở quý qúy quốc gì gìn giếng giữa hoà hòa kỹ kĩ lý y yêu yết ủy uỷ uyên " +
		"oan xoong tuýp huýt quýt quỳnh Kạn Đắk Sa Pa vy thuế lúa nước đường xoèn ngoằn ngoèo loét khoảnh loạch thuộc"
	for word := range strings.FieldsSeq(valid) {
		if !ValidSyllable(word) {
			t.Errorf("ValidSyllable(%q) = false", word)
		}
	}
	invalid := "viêt phap nhât các1 ngi nge ghà kữ cê cí qa quu đảngviên tw UBND XIII chp ngh f website yan gyêu bchtư việtt òà giíp vìêt1 ßa"
	for word := range strings.FieldsSeq(invalid) {
		if ValidSyllable(word) {
			t.Errorf("ValidSyllable(%q) = true", word)
		}
	}
	if ValidSyllable("") || ValidSyllable("\xff") || ValidSyllable("đảng viên") {
		t.Error("no word, or two, is not a syllable")
	}
}

// A stop closes a syllable so abruptly that only two tones can be spoken.
func TestStopFinalsHaveTwoTones(t *testing.T) {
	for _, word := range []string{"các", "cạc", "sách", "sạch", "pháp", "hạp", "tốt", "một"} {
		if !ValidSyllable(word) {
			t.Errorf("ValidSyllable(%q) = false", word)
		}
	}
	for _, word := range []string{"cac", "càc", "cảc", "cãc", "sach", "sảch", "phap", "phãp", "môt", "mồt"} {
		if ValidSyllable(word) {
			t.Errorf("ValidSyllable(%q) = true", word)
		}
	}
}

func TestPlausibleFolded(t *testing.T) {
	for _, word := range []string{"viet", "Nghi", "QUYET", "dang", "phap", "uy", "gieng", "a", "quoc"} {
		if !PlausibleFolded(word) {
			t.Errorf("PlausibleFolded(%q) = false", word)
		}
	}
	for _, word := range []string{"", "tw", "việt", "nghij", "website", "ubnd", "21", "nam1", "nghieng1234567"} {
		if PlausibleFolded(word) {
			t.Errorf("PlausibleFolded(%q) = true", word)
		}
	}
}

func TestTelexDecode(t *testing.T) {
	for typed, want := range map[string]string{
		"nghij": "nghị", "quyeets": "quyết", "Nghij": "nghị", "QUYEETS": "quyết", "ddangr": "đảng", "dangdr": "đảng",
		"dduwowcj": "được", "dduowcj": "được", "nguoiwf": "người", "huwowngs": "hướng", "thuwr": "thử", "hoas": "hóa", "hoaf": "hòa",
		"uyr": "ủy", "quys": "quý", "gias": "giá", "giuwx": "giữ", "hoawcj": "hoặc", "muaw": "mưa", "cuar": "của",
		"nghi5": "nghị", "quye61t": "quyết", "d9a3ng": "đảng", "D9ang3": "đảng", "d9uo75c": "được", "d9a8ng": "đăng",
		"dd": "đ", "qdd": "qđ", "hddnd": "hđnd", "DDang": "đang",
	} {
		if got, ok := TelexDecode(typed); got != want || !ok {
			t.Errorf("TelexDecode(%q) = %q, %v, want %q", typed, got, ok, want)
		}
	}
}

func TestTelexDecodeLeavesWordsAlone(t *testing.T) {
	for _, word := range []string{
		"", "a", "nghị", "nghi", "viet", "toan", "website", "A4", "u22", "nq21", "qh15", "tw4", "covid19", "dieu12", "2024", "21nq",
		"ubnd", "nd", "đd", "xyz", "thiss", strings.Repeat("d", 100), "nghij quyeets", "\xff\xfe",
	} {
		if got, ok := TelexDecode(word); ok || got != "" {
			t.Errorf("TelexDecode(%q) = %q, %v, want it left alone", word, got, ok)
		}
	}
}

func TestTelexDecodesEverySyllableTypedInOrder(t *testing.T) {
	keys := map[rune]string{'ă': "aw", 'â': "aa", 'đ': "dd", 'ê': "ee", 'ô': "oo", 'ơ': "ow", 'ư': "uw"}
	for _, syllable := range allSyllables() {
		if !ValidSyllable(syllable) {
			continue
		}
		var typed strings.Builder
		ending := ""
		for _, r := range syllable {
			g := glyphOf(r)
			if g.tone != level {
				ending = string("zfrxsj"[g.tone])
			}
			if key, ok := keys[rune(g.base)]; ok {
				typed.WriteString(key)
			} else {
				typed.WriteRune(rune(g.base))
			}
		}
		typed.WriteString(ending)
		word := typed.String()
		if PlausibleFolded(word) || strings.Contains(Fold(syllable), "oo") {
			continue // xoong is typed with three o
		}
		if got, ok := TelexDecode(word); !ok || got != syllable {
			t.Errorf("TelexDecode(%q) = %q, %v, want %q", word, got, ok, syllable)
		}
	}
}

func FuzzTelexDecode(f *testing.F) {
	for _, seed := range []string{"nghij", "quye61t", "dd", "wwww", "A4", "zzz", "aaa", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		decoded, ok := TelexDecode(s)
		if ok != (decoded != "") || ok && Canonical(decoded) != decoded {
			t.Fatalf("TelexDecode(%q) = %q, %v", s, decoded, ok)
		}
		if ok && (ValidSyllable(s) || PlausibleFolded(s)) {
			t.Fatalf("TelexDecode(%q) = %q of a word that needs none", s, decoded)
		}
	})
}
