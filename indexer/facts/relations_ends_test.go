package facts

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
)

// titled are the relations of a decision with that subject.
func titled(subject string) []string {
	return relationsOf("TỈNH ỦY HÒA SƠN\n*\nSố 90-QĐ/TU\nHòa Sơn, ngày 5 tháng 3 năm 2031\nQUYẾT ĐỊNH\n" + subject + "\n-----\nBAN THƯỜNG VỤ TỈNH ỦY QUYẾT ĐỊNH\nĐiều 1. Việc này.")
}

func TestReadSaysThatOnlyAPartEnds(t *testing.T) {
	const part, whole = "amends 60-QĐ/TU 2030-04-01", "repeals 60-QĐ/TU 2030-04-01"
	for clause, want := range map[string][]string{
		"Bãi bỏ một phần Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                                              {part},
		"Bãi bỏ một phần Quyết định số 60-QĐ/TU, ngày 01/4/2030 và bãi bỏ Quyết định số 61-QĐ/TU.":             {"repeals 61-QĐ/TU", part},
		"Bãi bỏ một phần Quyết định số 60-QĐ/TU, ngày 01/4/2030 và thay thế Quyết định số 61-QĐ/TU.":           {"replaces 61-QĐ/TU", part},
		"Bãi bỏ Quyết định số 60-QĐ/TU, ngày 01/4/2030 và bãi bỏ một phần Quyết định số 61-QĐ/TU.":             {whole, "amends 61-QĐ/TU"},
		"Bãi bỏ Quyết định số 60-QĐ/TU, ngày 01/4/2030 về sửa đổi và bãi bỏ Quyết định số 61-QĐ/TU.":           {whole, "cites 61-QĐ/TU"},
		"Bãi bỏ Quyết định số 60-QĐ/TU, ngày 01/4/2030 sửa đổi, bổ sung và thay thế Quyết định số 61-QĐ/TU.":   {whole, "cites 61-QĐ/TU"},
		"Dừng hiệu lực một phần Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                                       {part},
		"Một phần Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực kể từ ngày Quyết định này có hiệu lực.":  {part},
		"Kể từ ngày Quyết định này có hiệu lực, một phần Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực.": {part},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực một phần kể từ ngày Quyết định này có hiệu lực.":  {part},
		"Quyết định này có hiệu lực từ ngày ký và bãi bỏ một phần Quyết định số 60-QĐ/TU, ngày 01/4/2030.":     {part},
		"Bãi bỏ Quyết định số 60-QĐ/TU, ngày 01/4/2030 về bán một phần nhà đất.":                               {whole},
		"Bãi bỏ toàn bộ Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                                               {whole},
	} {
		if diff := cmp.Diff(want, disposed(clause)); diff != "" {
			t.Errorf("%s\n%s", clause, diff)
		}
	}
	for subject, want := range map[string][]string{
		"về việc bãi bỏ một phần Quyết định số 60-QĐ/TU, ngày 01/4/2030":                                      {part},
		"bãi bỏ một phần Quyết định số 60-QĐ/TU, ngày 01/4/2030 về một việc và bãi bỏ Quyết định số 61-QĐ/TU": {"repeals 61-QĐ/TU", part},
		"về việc dừng hiệu lực một phần Quyết định số 60-QĐ/TU, ngày 01/4/2030":                               {part},
	} {
		if diff := cmp.Diff(want, titled(subject)); diff != "" {
			t.Errorf("%s\n%s", subject, diff)
		}
	}
}

func TestReadEndsNoPaperForWhatWasGivenByIt(t *testing.T) {
	const cited, ended, replaced, part = "cites 60-QĐ/TU 2030-04-01", "repeals 60-QĐ/TU 2030-04-01", "replaces 60-QĐ/TU 2030-04-01", "amends 60-QĐ/TU 2030-04-01"
	for clause, want := range map[string]string{
		"Thay thế ông Nguyễn Văn A bằng ông Trần Văn B làm thành viên Ban Chỉ đạo được thành lập theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.": cited,
		"Thay thế ông Nguyễn Văn A là thành viên Ban Chỉ đạo tại Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                                      part,
		"Thay thế thành viên Tổ công tác ban hành kèm theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                                            cited,
		"Hủy bỏ Giấy chứng nhận quyền sử dụng đất số 12 cấp theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                                      cited,
		"Bãi bỏ thủ tục hành chính đã được công bố theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                                               cited,
		"Bãi bỏ thủ tục hành chính đã được công bố kèm theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                                           cited,
		"Bãi bỏ chức danh Trưởng phòng quy định theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                                                  cited,
		"Bãi bỏ việc thực hiện thí điểm theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                                                          cited,
		"Chấm dứt hiệu lực hợp đồng lao động ký theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                                                  cited,
		"Bổ sung kinh phí theo Quyết định số 60-QĐ/TU, ngày 01/4/2030 cho các xã.":                                                             cited,
		"Giấy phép đã cấp theo Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực kể từ ngày Quyết định này có hiệu lực.":                     cited,
		"Kể từ ngày Quyết định này có hiệu lực, các giấy phép cấp theo Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực.":                   cited,
		"Các hồ sơ nộp theo Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực kể từ ngày Quyết định này có hiệu lực.":                        cited,
		"Bãi bỏ Quy chế ban hành kèm theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                                                             ended,
		"Bãi bỏ Quy định về khen thưởng được ban hành theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                                            ended,
		"Bãi bỏ các mức chi tại Quy chế ban hành kèm theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                                             part,
		"Quyết định này bãi bỏ:\na) Thủ tục cấp phép công bố kèm theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                                 cited,
		"Quyết định này bãi bỏ:\na) Quy chế làm việc ban hành kèm theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                                ended,
		"Bãi bỏ Danh mục kèm theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                                                                     ended,
		"Quyết định này thay thế Chương trình công tác ban hành kèm theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                              replaced,
		"Thay thế Phụ lục I ban hành kèm theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                                                         part,
		"Sửa đổi Điều 3 Quy chế ban hành kèm theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                                                     part,
		"Quy chế ban hành kèm theo Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực kể từ ngày Quyết định này có hiệu lực.":                 replaced,
	} {
		if diff := cmp.Diff([]string{want}, disposed(clause)); diff != "" {
			t.Errorf("%s\n%s", clause, diff)
		}
	}
	for subject, want := range map[string][]string{
		"về việc thay thế thành viên Ban Chỉ đạo thành lập theo Quyết định số 60-QĐ/TU, ngày 01/4/2030":    {cited},
		"về việc thay thế thành viên Tổ công tác ban hành kèm theo Quyết định số 60-QĐ/TU, ngày 01/4/2030": {cited},
		"về việc bãi bỏ thủ tục hành chính đã được công bố theo Quyết định số 60-QĐ/TU, ngày 01/4/2030":    {cited},
		"về việc thay thế người đại diện theo Quyết định số 60-QĐ/TU, ngày 01/4/2030":                      {cited},
		"về việc thay thế Quyết định số 60-QĐ/TU, ngày 01/4/2030":                                          {replaced},
		"về việc thay thế Trưởng Ban Chỉ đạo 35":                                                           {},
		"về việc thay thế Ban Chỉ đạo 35":                                                                  {},
		"về việc bổ sung thành viên Ban Chỉ đạo 35":                                                        {},
	} {
		if diff := cmp.Diff(want, titled(subject)); diff != "" {
			t.Errorf("%s\n%s", subject, diff)
		}
	}
}

func TestReadEndsNothingThatIsDeniedOrDoneByAnother(t *testing.T) {
	const cited, ended, replaced = "cites 60-QĐ/TU 2030-04-01", "repeals 60-QĐ/TU 2030-04-01", "replaces 60-QĐ/TU 2030-04-01"
	for clause, want := range map[string][]string{
		"Từ ngày Quyết định này có hiệu lực, Quyết định số 60-QĐ/TU, ngày 01/4/2030 không bị bãi bỏ.":                                               {cited},
		"Từ ngày Quyết định này có hiệu lực, Quyết định số 60-QĐ/TU, ngày 01/4/2030 chưa hết hiệu lực.":                                             {cited},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 chưa hết hiệu lực kể từ ngày Quyết định này có hiệu lực.":                                           {cited},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 chỉ hết hiệu lực khi có văn bản thay thế ban hành theo Quyết định này.":                             {cited},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực khi có văn bản thay thế ban hành theo Quyết định này.":                                 {cited},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 đã được thay thế bởi Quyết định số 61-QĐ/TU không thuộc phạm vi Quyết định này.":                    {cited, "cites 61-QĐ/TU"},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 được thay thế bởi Quyết định số 61-QĐ/TU, không bị Quyết định này thay đổi.":                        {cited, "cites 61-QĐ/TU"},
		"Từ ngày Quyết định này có hiệu lực, Quyết định số 60-QĐ/TU, ngày 01/4/2030 đã được thay thế bởi Quyết định số 61-QĐ/TU không áp dụng nữa.": {cited, "cites 61-QĐ/TU"},
		"Đối với dự án phê duyệt trước ngày Quyết định này có hiệu lực thì thực hiện theo Quyết định số 60-QĐ/TU, ngày 01/4/2030 đã bị bãi bỏ.":     {cited},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 có thể bị bãi bỏ theo Quyết định này.":                                                              {cited},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 không đương nhiên hết hiệu lực kể từ ngày Quyết định này có hiệu lực.":                              {cited},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 không còn hiệu lực kể từ ngày Quyết định này có hiệu lực.":                                          {replaced},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 đã được thay thế bởi Quyết định này.":                                                               {replaced},
		"Từ ngày Quyết định này có hiệu lực, Quyết định số 60-QĐ/TU, ngày 01/4/2030 bị bãi bỏ.":                                                     {ended},
		"Từ ngày Quyết định này có hiệu lực, Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực.":                                                  {replaced},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 được thay thế bằng Quyết định này.":                                                                 {replaced},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 được bãi bỏ kể từ ngày Quyết định này có hiệu lực.":                                                 {ended},
	} {
		if diff := cmp.Diff(want, disposed(clause)); diff != "" {
			t.Errorf("%s\n%s", clause, diff)
		}
	}
}

func TestReadKeepsWhatIsNamedBesideAnUnnamedRepeal(t *testing.T) {
	const replaced, ended = "replaces 60-QĐ/TU 2030-04-01", "repeals 60-QĐ/TU 2030-04-01"
	for clause, want := range map[string][]string{
		"Quyết định này có hiệu lực từ ngày ký, thay thế Quyết định số 60-QĐ/TU, ngày 01/4/2030; những quy định trước đây trái với Quyết định này đều bãi bỏ.":  {replaced},
		"Quyết định này có hiệu lực từ ngày ký, thay thế Quyết định số 60-QĐ/TU, ngày 01/4/2030, những quy định trước đây trái với Quyết định này đều bãi bỏ.":  {replaced},
		"Quyết định này thay thế Quyết định số 60-QĐ/TU, ngày 01/4/2030 và có hiệu lực từ ngày ký; những quy định trước đây trái với Quyết định này bị bãi bỏ.": {replaced},
		"Quyết định này thay thế Quyết định số 60-QĐ/TU, ngày 01/4/2030, các nội dung trái với Quyết định này đều bãi bỏ.":                                      {replaced},
		"Quyết định này thay thế Quyết định số 60-QĐ/TU, ngày 01/4/2030 và các văn bản trước đây trái với Quyết định này.":                                      {replaced},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực kể từ ngày Quyết định này có hiệu lực; các quy định trước đây trái với Quyết định này đều bãi bỏ.": {replaced},
		"Các quy định trước đây trái với Quyết định này đều bãi bỏ; Quyết định này thay thế Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                            {replaced},
		"Quyết định này có hiệu lực từ ngày ký. Bãi bỏ Quyết định số 60-QĐ/TU, ngày 01/4/2030 và các quy định khác trái với Quyết định này.":                    {ended},
		"Bãi bỏ Quyết định số 60-QĐ/TU, ngày 01/4/2030 và các quy định khác trái với Quyết định này hết hiệu lực.":                                              {ended},
		"Các nội dung của Quyết định số 60-QĐ/TU, ngày 01/4/2030 trái với Quyết định này đều bãi bỏ.":                                                           {"amends 60-QĐ/TU 2030-04-01 ?"},
		"Quyết định này thay thế Quyết định số 61-QĐ/TU; các nội dung của Quyết định số 60-QĐ/TU, ngày 01/4/2030 trái với Quyết định này đều bãi bỏ.":           {"replaces 61-QĐ/TU", "amends 60-QĐ/TU 2030-04-01 ?"},
		"Các quy định tại Quyết định số 60-QĐ/TU, ngày 01/4/2030 trái với Quyết định này hết hiệu lực.":                                                         {"amends 60-QĐ/TU 2030-04-01 ?"},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 có các quy định trái với Quyết định này thì các quy định đó bị bãi bỏ.":                                         {"amends 60-QĐ/TU 2030-04-01 ?"},
		"Những quy định trước đây trái với Quyết định này đều bãi bỏ; các chi bộ thực hiện theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                        {"cites 60-QĐ/TU 2030-04-01"},
	} {
		got := Read(onePage(decision + clause))
		if diff := cmp.Diff(want, disposed(clause)); diff != "" {
			t.Errorf("%s\n%s", clause, diff)
		}
		implied := slices.ContainsFunc(want, func(line string) bool { return line == "amends 60-QĐ/TU 2030-04-01 ?" })
		if told := slices.Contains(got.Issues, issueImplied); told == implied {
			t.Errorf("%s\nan editor reads %q", clause, got.Issues)
		}
	}
}

func TestReadTakesNoOtherPapersDayOfEffect(t *testing.T) {
	for clause, want := range map[string]storage.Date{
		"Quyết định này bãi bỏ Quyết định số 60-QĐ/TU được ban hành ngày 02/3/2030 và có hiệu lực từ ngày 12/3/2030.":                                                                                                                        "",
		"Quyết định này sửa đổi Quyết định số 60-QĐ/TU đã được ban hành ngày 02/3/2030, có hiệu lực kể từ ngày 12/3/2030.":                                                                                                                   "",
		"Quyết định này bãi bỏ Quyết định số 60-QĐ/TU được ban hành ngày 02/3/2031 và có hiệu lực từ ngày 12/3/2031.":                                                                                                                        "",
		"Quyết định này bãi bỏ Quyết định số 60-QĐ/TU ban hành ngày 02/3/2031 và có hiệu lực từ ngày 12/3/2031.":                                                                                                                             "",
		"Quyết định này sửa đổi Điều 3 Quyết định số 60-QĐ/TU của Ban Thường vụ Tỉnh ủy quy định về quản lý, sử dụng đất nông nghiệp trên địa bàn tỉnh Hòa Sơn và các xã, đã được ban hành ngày 02/3/2031 và có hiệu lực từ ngày 12/3/2031.": "",
		"Quyết định này sửa đổi Điều 3 Quyết định số 60-QĐ/TU, có hiệu lực từ ngày 12/3/2030.":                                                                                                                                               "",
		"Quyết định này bãi bỏ Quyết định số 60-QĐ/TU được ban hành ngày 02/3/2030; Quyết định này có hiệu lực từ ngày 12/3/2031.":                                                                                                           "2031-03-12",
		"Quyết định này bãi bỏ Quyết định số 60-QĐ/TU được ban hành ngày 02/3/2030; có hiệu lực từ ngày 12/3/2031.":                                                                                                                          "2031-03-12",
		"Quyết định này thay thế Quyết định số 60-QĐ/TU, ngày 02/3/2030 và có hiệu lực từ ngày 12/3/2031.":                                                                                                                                   "2031-03-12",
		"Quyết định này được ban hành ngày 05/3/2031 và có hiệu lực từ ngày 12/3/2031.":                                                                                                                                                      "2031-03-12",
		"Quyết định này bãi bỏ Quyết định số 60-QĐ/TU có hiệu lực từ ngày 12/3/2030. Quyết định này có hiệu lực từ ngày ký.":                                                                                                                 "2031-03-05",
	} {
		if got := Read(onePage(decision + clause)).Effective; got != want {
			t.Errorf("%s\nin force from %q, want %q", clause, got, want)
		}
	}
}
