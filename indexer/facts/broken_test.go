package facts

import (
	"slices"
	"testing"
)

// TestReadOfBrokenLetters reads a paper whose fonts do not say all of their
// letters: what holds such a letter is no fact, and the editor is told.
func TestReadOfBrokenLetters(t *testing.T) {
	got := Read(onePage("ỦY BAN NHÂN DÂN\nTỈNH AN B\uFFFDNH\nSố: 4/TB-UBND\nAn Bình, ngày 5 tháng 9 năm 2031\nTHÔNG BÁO\nVề l\uFFFDu mẫu giấy\nCăn cứ Luật Lưu trữ;\n1. Giấy được lưu mẫu.\nTM. ỦY BAN NH\uFFFDN DÂN\nCHỦ TỊCH\n\nLò Văn Tấn"))
	if got.Issuer != "" || got.Title != "" || got.SignerRole != "" {
		t.Errorf("issuer %q, title %q, role %q", got.Issuer, got.Title, got.SignerRole)
	}
	if got.Number != "4/TB-UBND" || got.Signer != "Lò Văn Tấn" || got.Issued != "2031-09-05" {
		t.Errorf("number %q, signer %q, issued %q", got.Number, got.Signer, got.Issued)
	}
	for fact, text := range map[string]string{"issuer": "ỦY BAN NHÂN DÂN", "title": "Về l\uFFFDu mẫu giấy", "signer_role": "TM. ỦY BAN NH\uFFFDN DÂN"} {
		if e := got.Evidence[fact]; e.Text != text || e.Confidence != guess || e.Guess != nil {
			t.Errorf("%s stands on %+v", fact, e)
		}
	}
	for _, issue := range []string{"Không đọc được cơ quan ban hành.", "Không đọc được trích yếu.", "Không đọc được chức vụ người ký."} {
		if !slices.Contains(got.Issues, issue) {
			t.Errorf("%q does not have %q", got.Issues, issue)
		}
	}
}
