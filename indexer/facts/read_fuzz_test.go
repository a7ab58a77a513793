package facts

import (
	"strings"
	"testing"

	"vankien/storage"
)

// FuzzRead hands over any bytes as two pages: nothing panics, every fact has
// its evidence, titles are one line.
func FuzzRead(f *testing.F) {
	f.Add("BỘ AN NINH\nSố: 12/2031/TT-BAN\nHà Nội, ngày 1 tháng 2 năm 2031\nTHÔNG TƯ\nvề thử\nCăn cứ", "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nNguyễn Văn A")
	f.Add("Số …-QĐ/TW\n*\nQUY ĐỊNH", "thông qua ngày 1 tháng 2 năm 2030 này có hiệu lực từ ngày ký")
	f.Add("45/2019/QH14\xff", "Quy định này thay thế Quy định số 1-QĐ/TW.")
	f.Add("45\x00\xe3\xe3\xe3\x00\b\x00Q/8H14\xff", "Quy định \x80\x80 thế Quy định số\x041-QĐ/TW.")
	f.Add("ĐẢNG ỦY XÃ SUỐI MƠ\nSố 3-QC/ĐU\nSuối Mơ, ngày 31 tháng 02 năm 2031\nQUY CHẾ\nvề thử\n- Căn cứ Điều lệ;\nBAN CHẤP HÀNH ĐẢNG BỘ XÃ QUYẾT ĐỊNH\nĐiều 1.", "T/M BAN THƯỜNG VỤ\nBÍ THƯ\nNguyễn Văn A")
	f.Add("SỞ NỘI VỤ\nSố: 1/SNV\nKính gửi: Các xã,\nĐồng kính gửi: Công an;", "Nơi nhận: T/M\n- Như trên, a;\n1. b\n- Lưu\nGIÁM ĐỐC\nNguyễn Văn A")
	f.Add("V/v ", "Đã ký\nNguyễn Văn A")
	f.Fuzz(func(t *testing.T, first, second string) {
		got := Read([]storage.Page{{Number: 1, Text: first}, {Number: 2, Text: second}})
		if strings.ContainsAny(string(got.Title), "\n\r") {
			t.Fatalf("title %q is no single line", got.Title)
		}
		if len(got.Recipients) > maxRecipients || strings.ContainsAny(strings.Join(got.Recipients, ""), "\n\r") {
			t.Fatalf("recipients %q", got.Recipients)
		}
		for fact, value := range map[string]string{"number": string(got.Number), "issued": string(got.Issued), "title": string(got.Title),
			"issuer": string(got.Issuer), "signer": string(got.Signer), "kind": string(got.Kind), "recipients": strings.Join(got.Recipients, "")} {
			if _, seen := got.Evidence[fact]; value != "" && !seen {
				t.Fatalf("%s %q has no evidence", fact, value)
			}
		}
	})
}
