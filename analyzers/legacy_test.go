package analyzers

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestDecodeLegacy(t *testing.T) {
	tests := []struct {
		name, text, want string
		found            []Legacy
	}{
		{"TCVN3", "NghÞ quyÕt sè 21 cña Ban ChÊp hµnh Trung \u00ad¬ng §¶ng", "Nghị quyết số 21 của Ban Chấp hành Trung ương Đảng", []Legacy{TCVN3}},
		{"VNI-Windows", "Nghò quyeát soá 21 cuûa Ban Chaáp haønh Trung öông Ñaûng", "Nghị quyết số 21 của Ban Chấp hành Trung ương Đảng", []Legacy{VNIWindows}},
		{"VNI in capitals", "ÑAÛNG COÄNG SAÛN VIEÄT NAM", "ĐẢNG CỘNG SẢN VIỆT NAM", []Legacy{VNIWindows}},
		{"VNI with small marks on capitals", "ÑAûNG COäNG SAûN VIEäT NAM", "ĐẢNG CỘNG SẢN VIỆT NAM", []Legacy{VNIWindows}},
		{"VIQR", "Nghi. quye^'t so^' 21 cu?a Ban Cha^'p ha`nh Trung u+o+ng DDa?ng", "Nghị quyết số 21 của Ban Chấp hành Trung ương Đảng", []Legacy{VIQR}},
		{"VIQR with a star for the horn", "Tru*o*`ng DDa.i ho.c To^?ng ho*.p, ca'c o^ng ba`\nTha^n", "Trường Đại học Tổng hợp, các ông bà\nThân", []Legacy{VIQR}},
		{"VPS", "Ngh\u00ce quy\u2030t s\u00d3 21 c\u00fba Ban Ch\u00c3p h\u00e0nh Trung \u00dc\u00d6ng \u00f1\u00e4ng", "Nghị quyết số 21 của Ban Chấp hành Trung ương Đảng", []Legacy{VPS}},
		{"TCVN3 in capitals without a capital font", "CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", []Legacy{TCVN3}},
		{"quotation marks stay", "“NghÞ quyÕt” cña §¶ng – v¨n b¶n…", "“Nghị quyết” của Đảng – văn bản…", []Legacy{TCVN3}},
		{"C1 controls are those of Windows-1252", "\u0093NghÞ quyÕt\u0094 cña §¶ng", "“Nghị quyết” của Đảng", []Legacy{TCVN3}},
		{"short lines follow their neighbours", "NghÞ quyÕt cña §¶ng bé tØnh\nCã\nKÕt luËn cña Ban ChÊp hµnh", "Nghị quyết của Đảng bộ tỉnh\nCó\nKết luận của Ban Chấp hành", []Legacy{TCVN3}},
		{"Vietnamese as it stands, between two", "Nghò quyeát cuûa Ñaûng boä tænh\nChính trò\nKeát luaän cuûa Ban Chaáp haønh", "Nghị quyết của Đảng bộ tỉnh\nChính trị\nKết luận của Ban Chấp hành", []Legacy{VNIWindows}},
		{"Unicode between two stays", "NghÞ quyÕt cña §¶ng bé tØnh\nĐảng bộ tỉnh Hà Nội\nKÕt luËn cña Ban ChÊp hµnh", "Nghị quyết của Đảng bộ tỉnh\nĐảng bộ tỉnh Hà Nội\nKết luận của Ban Chấp hành", []Legacy{TCVN3}},
		{"mixed within a line", "Điều 1. NghÞ quyÕt cña §¶ng bé vÒ c«ng t¸c c¸n bé và công tác tổ chức", "Điều 1. Nghị quyết của Đảng bộ về công tác cán bộ và công tác tổ chức", []Legacy{TCVN3}},
		{"ư read as a hyphen", "Trung -¬ng §¶ng, tr-êng häc, ®Çu t-, ch-a cã, kinh tÕ-x· héi", "Trung ương Đảng, trường học, đầu tư, chưa có, kinh tế-xã hội", []Legacy{TCVN3}},
		{"a run in a capital font", CapitalRun("®¶ng céng s¶n") + " ViÖt Nam\n" + CapitalRun("nghÞ quyÕt"), "ĐẢNG CỘNG SẢN Việt Nam\nNGHỊ QUYẾT", []Legacy{TCVN3}},
		{"a capital font over several lines", CapitalRun("§¶ng bé tØnh\nnghÞ quyÕt cña §¶ng") + "\nvÒ c«ng t¸c c¸n bé", "ĐẢNG BỘ TỈNH\nNGHỊ QUYẾT CỦA ĐẢNG\nvề công tác cán bộ", []Legacy{TCVN3}},
		{"marks of a text in Unicode go", CapitalRun("Đảng") + " bộ", "Đảng bộ", nil},
		{"two encodings", "NghÞ quyÕt cña §¶ng bé tØnh\nKeát luaän cuûa Ban Chaáp haønh", "Nghị quyết của Đảng bộ tỉnh\nKết luận của Ban Chấp hành", []Legacy{TCVN3, VNIWindows}},
		{"abbreviations", "QuyÕt ®Þnh sè 15/Q§-UB cña UBND vµ H§ND tØnh", "Quyết định số 15/QĐ-UB của UBND và HĐND tỉnh", []Legacy{TCVN3}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, found := DecodeLegacy(test.text)
			if norm.NFC.String(got) != norm.NFC.String(test.want) || !slices.Equal(found, test.found) {
				t.Errorf("got  %q %v\nwant %q %v", got, found, test.want, test.found)
			}
		})
	}
}

// TestLegacyLeavesAlone: what is no legacy Vietnamese stays byte for byte.
func TestLegacyLeavesAlone(t *testing.T) {
	for _, text := range []string{
		"", "Nghị quyết số 21-NQ/TW", "Có", "Hà", "cã", "và là cô có", "Chính trò",
		"Le château où était né l'été dernier, à côté de la forêt; où là où dû; café, thé, né",
		"Thaï où là", "Où? Là-bas. Thaï",
		"Der Müller für Tür und Straße über Österreich, größer, schön, früher",
		"På så må nå, så få gå på då, være nød til å gå", "São Paulo não é só, está lá",
		"Él está aquí, año, más, qué, también, niño, señor, sí, té, dé, sé",
		"Постановление Правительства Российской Федерации о мерах", "ÀÉÎÕÜ àéîõü",
		"so? da?ng vien? co' the? tra lo+i khong?", "What? Why? Who's that? a^2 + b^2 = c^2; o^n a^n",
		"https://example.org/a^b?x=o+u+n a(b) e(f) o(g) if (a?b:c) u+o+i", "for i := 0; i < n; i++ { a[i] ^= b[i] }",
		"x^2 (a+b) e^x a^x o^x, f(a(b), e(c)) d'accord l'e^tre", "© 2020 Công ty®, 5 µm, 20 °C ± 1 · §5 ¶3 «Ban» ¼",
		"in\u00adfor\u00adma\u00adtion tech\u00adno\u00adlo\u00adgy", "lãnh\u00ad đạo và giám\u00ad sát",
		"\xff\xfe\x00 không hợp lệ \xc3",
	} {
		if got, found := DecodeLegacy(text); got != text || found != nil {
			t.Errorf("%q became %q (%v)", text, got, found)
		}
	}
}

func TestCapitalFont(t *testing.T) {
	for name, want := range map[string]bool{".VnTimeH": true, "VnArialH": true, " .VnTimeH": true, ".VnTime": false, "Times New Roman": false, "VNI-Times": false, "": false, "H": false} {
		if CapitalFont(name) != want {
			t.Errorf("%q: %v", name, !want)
		}
	}
}

// TestLegacyDecodesEachLetter holds every letter of each encoding against the
// encoder.
func TestLegacyDecodesEachLetter(t *testing.T) {
	var letters strings.Builder
	for _, row := range vowelRows {
		letters.WriteString(row + " " + strings.ToUpper(row) + " ")
	}
	letters.WriteString("đ Đ")
	for _, l := range []Legacy{VNIWindows, VIQR} {
		for _, r := range letters.String() {
			encoded, _ := encodeLegacy(l, string(r))
			if got := l.Decode(encoded); got != string(r) && l == VNIWindows {
				t.Errorf("%s: %q reads %q, want %q", l, encoded, got, string(r))
			}
		}
	}
	small := "ăâđêôơư áàảãạ ắằẳẵặ ấầẩẫậ éèẻẽẹ ếềểễệ íìỉĩị óòỏõọ ốồổỗộ ớờởỡợ úùủũụ ứừửữự ýỳỷỹỵ"
	for _, l := range []Legacy{TCVN3, VPS} {
		if encoded, ok := encodeLegacy(l, small); !ok || l.Decode(encoded) != small {
			t.Errorf("%s: %v %q", l, ok, l.Decode(encoded))
		}
	}
}

func FuzzDecodeLegacy(f *testing.F) {
	for _, seed := range []string{
		"NghÞ quyÕt cña §¶ng bé tØnh\nCã", "Nghò quyeát soá 21 cuûa Ban Chaáp haønh", "Nghi. quye^'t so^' 21 cu?a Ban Cha^'p ha`nh DDa?ng\\.",
		CapitalRun("®¶ng céng s¶n") + " ViÖt Nam", "Điều 1. NghÞ quyÕt cña §¶ng bé vÒ c«ng t¸c", "Trung -¬ng §¶ng tr-êng", "\xff^\n\r", "\x90\xc2\ufdd1\xb7\x90\xc2\ufdd1 V céng(s¶",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once, found := DecodeLegacy(text)
		if utf8.ValidString(text) && !utf8.ValidString(once) {
			t.Fatalf("%q became %q", text, once)
		}
		if twice, again := DecodeLegacy(once); twice != once || again != nil {
			t.Fatalf("%q became %q (%v), then %q (%v)", text, once, found, twice, again)
		}
		for _, l := range []Legacy{TCVN3, VNIWindows, VPS, VIQR} {
			if decoded := l.Decode(text); utf8.ValidString(text) && !utf8.ValidString(decoded) {
				t.Fatalf("%s: %q became %q", l, text, decoded)
			}
		}
	})
}
