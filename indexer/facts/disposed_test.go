package facts

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const decision = "TỈNH ỦY HÒA SƠN\n*\nSố 90-QĐ/TU\nHòa Sơn, ngày 5 tháng 3 năm 2031\nQUYẾT ĐỊNH\nvề tổ chức bộ máy\n-----\n- Căn cứ Điều lệ Đảng;\nBAN THƯỜNG VỤ TỈNH ỦY QUYẾT ĐỊNH\nĐiều 1. Tổ chức bộ máy.\nĐiều 2. "

// disposed are the relations of a decision with that article, but for its reason.
func disposed(article string) []string {
	return slices.DeleteFunc(relationsOf(decision+article), func(line string) bool { return line == "based_on Điều lệ Đảng" })
}

func TestReadSaysWhatEndsWithoutASuccessor(t *testing.T) {
	const ended, cited = "repeals 60-QĐ/TU 2030-04-01", "cites 60-QĐ/TU 2030-04-01"
	for article, want := range map[string][]string{
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực thi hành.":                                                                         {ended},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 chấm dứt hiệu lực thi hành.":                                                                    {ended},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 không còn hiệu lực.":                                                                            {ended},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 của Ban Thường vụ Tỉnh ủy về tổ công tác hết hiệu lực.":                                         {ended},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 chấm dứt hiệu lực kể từ ngày 05/3/2031.":                                                        {ended},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 chấm dứt hiệu lực kể từ ngày 01/01/2032.":                                                       {ended + " ?"},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 và Quyết định số 61-QĐ/TU đều hết hiệu lực thi hành.":                                           {ended, "repeals 61-QĐ/TU"},
		"Các Quyết định số 60-QĐ/TU, ngày 01/4/2030, số 61-QĐ/TU, ngày 02/4/2030 hết hiệu lực thi hành.":                                        {ended, "repeals 61-QĐ/TU 2030-04-02"},
		"Các văn bản sau đây hết hiệu lực thi hành:\na) Quyết định số 60-QĐ/TU, ngày 01/4/2030;\nb) Kết luận số 61-KL/TU.":                      {ended, "repeals 61-KL/TU"},
		"Điều 4 Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực thi hành.":                                                                  {"amends 60-QĐ/TU 2030-04-01"},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực một phần.":                                                                         {cited},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 đã hết hiệu lực thi hành.":                                                                      {cited},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 chưa hết hiệu lực.":                                                                             {cited},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực từ ngày 01/6/2030.":                                                                {cited},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 quy định giấy phép xây dựng hết hiệu lực.":                                                      {cited},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 có khoản 2 Điều 3 hết hiệu lực.":                                                                {cited},
		"Giấy phép cấp theo Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực thi hành.":                                                      {cited},
		"Hợp đồng ký theo Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực.":                                                                 {cited},
		"Khi Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực thi hành.":                                                                     {cited},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 không hết hiệu lực.":                                                                            {cited},
		"Quyết định này có hiệu lực từ ngày ký; Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực thi hành.":                                  {ended},
		"Quyết định này có hiệu lực từ ngày ký, Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực.":                                           {ended},
		"Quyết định số 61-QĐ/TU, ngày 02/4/2030 nêu rõ: Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực.":                                   {"cites 61-QĐ/TU 2030-04-02", cited},
		"Quyết định số 61-QĐ/TU, ngày 02/4/2030 công bố Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực.":                                   {"cites 61-QĐ/TU 2030-04-02", cited},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 sửa đổi Quyết định số 61-QĐ/TU, ngày 02/4/2030 hết hiệu lực.":                                   {ended, "cites 61-QĐ/TU 2030-04-02"},
		"Các chi bộ thực hiện cho đến khi Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực.":                                                 {cited},
		"Các văn bản sau đây hết hiệu lực thi hành:\n1. Giấy phép cấp theo Quyết định số 60-QĐ/TU, ngày 01/4/2030;\n2. Quyết định số 61-QĐ/TU.": {"repeals 61-QĐ/TU", cited},
		"Giấy phép cấp theo Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực kể từ ngày Quyết định này có hiệu lực.":                         {cited},
		"Đề nghị sửa như sau:\n“Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực thi hành.”":                                                 {},
	} {
		if diff := cmp.Diff(want, disposed(article)); diff != "" {
			t.Errorf("%s\n%s", article, diff)
		}
	}
	const tail = "\n1. Tiếp tục thu gom rác. Chỉ thị số 80-CT/TU, ngày 05/5/2030 chấm dứt hiệu lực thi hành."
	for kind, want := range map[string]string{"KL/TU\nHòa Sơn, ngày 5 tháng 3 năm 2031\nKẾT LUẬN": "repeals", "BC/TU\nHòa Sơn, ngày 5 tháng 3 năm 2031\nBÁO CÁO": "cites"} {
		if got := relationsOf("TỈNH ỦY HÒA SƠN\nSố 90-" + kind + "\nvề thu gom rác\n\nTại phiên họp, Ban Thường vụ Tỉnh ủy thống nhất:" + tail); !slices.Equal(got, []string{want + " 80-CT/TU 2030-05-05"}) {
			t.Errorf("%s: %v", kind, got)
		}
	}
}

func TestReadSaysWhatIsWithdrawn(t *testing.T) {
	const ended, cited = "repeals 60-QĐ/TU 2030-04-01", "cites 60-QĐ/TU 2030-04-01"
	for article, want := range map[string]string{
		"Thu hồi Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                                     ended,
		"Nay thu hồi các Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                             ended,
		"Thu hồi và hủy bỏ Quyết định số 60-QĐ/TU, ngày 01/4/2030 của Ban Thường vụ Tỉnh ủy.": ended,
		"Thu hồi, hủy bỏ Quyết định số 60-QĐ/TU, ngày 01/4/2030 của Ban Thường vụ Tỉnh ủy.":   ended,
		"Hủy bỏ, thu hồi Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                             ended,
		"Quyết định này thu hồi Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                      ended,
		"Thu hồi một phần Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                            "amends 60-QĐ/TU 2030-04-01",
		"Bãi bỏ một phần Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                             "amends 60-QĐ/TU 2030-04-01",
		"Thu hồi đất theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                            cited,
		"Thu hồi 500 m2 đất giao theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                cited,
		"Thu hồi Giấy chứng nhận cấp theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":            cited,
		"Thu hồi và hủy bỏ Giấy chứng nhận cấp theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":  cited,
		"Hủy bỏ Giấy chứng nhận cấp theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":             cited,
		"Thu hồi danh hiệu đã tặng tại Quyết định số 60-QĐ/TU, ngày 01/4/2030.":               cited,
		"Việc thu hồi Quyết định số 60-QĐ/TU, ngày 01/4/2030 chưa đủ căn cứ.":                 cited,
		"Thu hồi đất theo các Quyết định sau:\na) Quyết định số 60-QĐ/TU, ngày 01/4/2030.":    cited,
		"Thu hồi các Quyết định sau:\na) Quyết định số 60-QĐ/TU, ngày 01/4/2030.":             ended,
		"Quyết định này thu hồi đất theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":             cited,
		"Chấm dứt hiệu lực Hợp đồng ký theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":          cited,
		"Rà soát văn bản cần bãi bỏ: a) Quyết định số 60-QĐ/TU, ngày 01/4/2030.":              cited,
		"Đề nghị thu hồi Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                             cited,
		"Không thu hồi Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                               cited,
		"Đề nghị thay thế Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                            cited,
		"Không thay thế Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                              cited,
		"Quyết định này không thay thế Quyết định số 60-QĐ/TU, ngày 01/4/2030.":               cited,
		"Bãi bỏ Quy chế ban hành kèm theo Quyết định số 60-QĐ/TU, ngày 01/4/2030.":            ended,
	} {
		if diff := cmp.Diff([]string{want}, disposed(article)); diff != "" {
			t.Errorf("%s\n%s", article, diff)
		}
	}
	const subject = "TỈNH ỦY HÒA SƠN\nSố 90-QĐ/TU\nHòa Sơn, ngày 5 tháng 3 năm 2031\nQUYẾT ĐỊNH\nvề việc thu hồi Quyết định số 60-QĐ/TU, ngày 01/4/2030\n-----\n- Căn cứ Điều lệ Đảng;\nĐiều 1. Việc này."
	if got := relationsOf(subject); !slices.Contains(got, ended) {
		t.Errorf("of the subject: %v", got)
	}
}

func TestReadKeepsWhatIsReplacedButForAPart(t *testing.T) {
	const part, whole = "amends 60-QĐ/TU 2030-04-01", "replaces 60-QĐ/TU 2030-04-01"
	for article, want := range map[string][]string{
		"Quyết định này thay thế Quyết định số 60-QĐ/TU, ngày 01/4/2030, trừ các quy định tại Chương II.":                                   {part},
		"Quyết định này thay thế Quyết định số 60-QĐ/TU, ngày 01/4/2030 (trừ Điều 4).":                                                      {part},
		"Bãi bỏ Quyết định số 60-QĐ/TU, ngày 01/4/2030, ngoại trừ Phụ lục 2.":                                                               {part},
		"Quyết định này thay thế:\na) Quyết định số 60-QĐ/TU, ngày 01/4/2030 của Ban Thường vụ, trừ Điều 4;\nb) Quyết định số 61-QĐ/TU.":    {"replaces 61-QĐ/TU", part},
		"Quyết định này thay thế Quyết định số 60-QĐ/TU, ngày 01/4/2030, trừ Điều 4; Quyết định số 61-QĐ/TU.":                               {"replaces 61-QĐ/TU", part},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực kể từ ngày Quyết định này có hiệu lực, trừ Điều 4.":                            {part},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030, trừ Điều 4, hết hiệu lực thi hành.":                                                        {part},
		"Quyết định số 60-QĐ/TU, ngày 01/4/2030 hết hiệu lực thi hành, trừ Điều 4.":                                                         {part},
		"Quyết định này thay thế Quyết định số 60-QĐ/TU, ngày 01/4/2030, trừ trường hợp quy định tại Điều 5.":                               {whole},
		"Quyết định này thay thế Quyết định số 60-QĐ/TU, ngày 01/4/2030 về phụ cấp đối với cán bộ, trừ cán bộ xã.":                          {whole},
		"Quyết định này thay thế Quyết định số 60-QĐ/TU, ngày 01/4/2030; có hiệu lực từ ngày ký, trừ Điều 4 có hiệu lực từ ngày 01/7/2031.": {whole},
		"Quyết định này thay thế Quyết định số 60-QĐ/TU, ngày 01/4/2030, có hiệu lực từ ngày ký, trừ Điều 4 có hiệu lực từ ngày 01/7/2031.": {whole},
	} {
		got := Read(onePage(decision + article))
		if diff := cmp.Diff(want, disposed(article)); diff != "" {
			t.Errorf("%s\n%s", article, diff)
		}
		told := slices.ContainsFunc(got.Issues, func(s string) bool { return strings.Contains(s, "60-QĐ/TU") })
		if told != slices.Contains(want, part) {
			t.Errorf("%s\nan editor reads %q", article, got.Issues)
		}
	}
}

func TestReadFollowsAListThatBeginsBehindItsColon(t *testing.T) {
	want := []string{"replaces 60-QĐ/TU 2030-04-01", "replaces 61-QĐ/TU 2030-04-02", "replaces 62-QĐ/TU"}
	for _, article := range []string{
		"Quyết định này thay thế: 1. Quyết định số 60-QĐ/TU, ngày 01/4/2030;\n2. Quyết định số 61-QĐ/TU, ngày 02/4/2030;\n3. Quyết định số 62-QĐ/TU.",
		"Quyết định này thay thế các văn bản sau: a) Quyết định số 60-QĐ/TU, ngày 01/4/2030;\nb) Quyết định số 61-QĐ/TU, ngày 02/4/2030;\nc) Quyết định số 62-QĐ/TU.",
		"Quyết định này thay thế: - Quyết định số 60-QĐ/TU, ngày 01/4/2030;\n- Quyết định số 61-QĐ/TU, ngày 02/4/2030;\n- Quyết định số 62-QĐ/TU.",
		"Quyết định này thay thế: a) Quyết định số 60-QĐ/TU, ngày 01/4/2030; b) Quyết định số 61-QĐ/TU, ngày 02/4/2030; c) Quyết định số 62-QĐ/TU.",
		"Quyết định này thay thế:\n1. Quyết định số 60-QĐ/TU, ngày 01/4/2030.\n2. Quyết định số 61-QĐ/TU, ngày 02/4/2030.\n3. Quyết định số 62-QĐ/TU.",
	} {
		if diff := cmp.Diff(want, disposed(article)); diff != "" {
			t.Errorf("%s\n%s", article, diff)
		}
	}
	const other = "Quyết định này thay thế: a) Quyết định số 60-QĐ/TU, ngày 01/4/2030;\nb) Quyết định số 61-QĐ/TU, ngày 02/4/2030;\nc) Quyết định số 62-QĐ/TU.\nĐiều 3. Các chi bộ thực hiện Quyết định số 63-QĐ/TU."
	if diff := cmp.Diff(append(want, "cites 63-QĐ/TU"), disposed(other)); diff != "" {
		t.Error(diff)
	}
}

func TestReadKeepsTheDateOfWhatIsNamedAgain(t *testing.T) {
	for _, open := range []string{
		"Thời gian qua, thực hiện Chỉ thị số 35-CT/TW, ngày 26/5/2014 của Bộ Chính trị, công tác tiếp dân có chuyển biến. Ban Bí thư yêu cầu:\n",
		"\nThời gian qua, thực hiện Chỉ thị số 35-CT/TW, ngày 26/5/2014 của Bộ Chính trị, công tác tiếp dân có chuyển biến. Ban Bí thư yêu cầu:\n",
		"Sau 10 năm thực hiện Chỉ thị số 35-CT/TW, ngày 26/5/2014 của Bộ Chính trị, công tác tiếp dân có chuyển biến. Ban Bí thư yêu cầu:\n",
	} {
		const head = "BAN CHẤP HÀNH TRUNG ƯƠNG\n*\nSố 88-CT/TW\nĐẢNG CỘNG SẢN VIỆT NAM\nHà Nội, ngày 30 tháng 10 năm 2026\nCHỈ THỊ\nCỦA BAN BÍ THƯ\nvề tăng cường sự lãnh đạo của Đảng đối với công tác tiếp dân\n-----\n"
		got := relationsOf(head + open + "1- Cấp ủy các cấp quán triệt Chỉ thị 35-CT/TW.\n2- Chỉ thị này thay thế Chỉ thị số 14-CT/TW, ngày 15/3/2002 của Ban Bí thư.")
		if diff := cmp.Diff([]string{"replaces 14-CT/TW 2002-03-15", "cites 35-CT/TW 2014-05-26"}, got); diff != "" {
			t.Errorf("%s\n%s", open, diff)
		}
	}
}

func TestReadTellsOfEveryUnnamedRepeal(t *testing.T) {
	const replaced = "replaces 60-QĐ/TU 2030-04-01"
	for article, test := range map[string]struct {
		told bool
		want []string
	}{
		"Các quy định trước đây trái với Quyết định này đều bãi bỏ.":                                                                   {true, nil},
		"Các quyết định trước đây trái với Quyết định này đều bãi bỏ.":                                                                 {true, nil},
		"Các quyết định trước đây trái với Quyết định này đều hết hiệu lực.":                                                           {true, nil},
		"Bãi bỏ các quy định trước đây của Ban Thường vụ Tỉnh ủy trái với Quyết định này.":                                             {true, nil},
		"Quyết định này thay thế các quyết định trước đây về tổ chức bộ máy.":                                                          {true, nil},
		"Quyết định này thay thế Quyết định số 60-QĐ/TU, ngày 01/4/2030. Các quy định trước đây trái với Quyết định này đều bãi bỏ.":   {true, []string{replaced}},
		"Quyết định này thay thế Quyết định số 60-QĐ/TU, ngày 01/4/2030; các quy định trước đây trái với Quyết định này đều bãi bỏ.":   {true, []string{replaced}},
		"Quyết định này thay thế Quyết định số 60-QĐ/TU, ngày 01/4/2030 và các quy định trước đây trái với Quyết định này đều bãi bỏ.": {true, []string{replaced}},
		"Các nội dung của Quyết định số 60-QĐ/TU, ngày 01/4/2030 trái với Quyết định này đều bãi bỏ.":                                  {false, []string{"amends 60-QĐ/TU 2030-04-01 ?"}},
		"Quyết định này thay thế Quyết định số 60-QĐ/TU, ngày 01/4/2030.":                                                              {false, []string{replaced}},
		"Những văn bản trước đây về nội dung này đều hết hiệu lực.":                                                                    {true, nil},
		"Quyết định này thay thế Quyết định số 60-QĐ/TU, ngày 01/4/2030 và các văn bản trước đây về tổ chức bộ máy.":                   {true, []string{replaced}},
		"Các văn bản trước đây đã hết hiệu lực.":                                                                                       {false, nil},
		"Các chi bộ không ban hành quy định trái với Quyết định này.":                                                                  {false, nil},
		"Các quyết định trước đây vẫn có hiệu lực.":                                                                                    {false, nil},
	} {
		if got := disposed(article); !slices.Equal(got, test.want) {
			t.Errorf("%s\nread %v, want %v", article, got, test.want)
		}
		got := Read(onePage(decision + article)).Issues
		if told := slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "không nêu") }); told != test.told {
			t.Errorf("%s\nan editor reads %q", article, got)
		}
	}
}

func TestReadCitesWhatAConsolidatedTextConsists(t *testing.T) {
	const head = "VĂN PHÒNG QUỐC HỘI\nSố: 12/VBHN-VPQH\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nHà Nội, ngày 05 tháng 01 năm 2031\n\n"
	const text = "Luật Giá số 42/2023/QH15 ngày 25 tháng 11 năm 2023 của Quốc hội, có hiệu lực kể từ ngày 01 tháng 7 năm 2024, được sửa đổi, bổ sung bởi:\nLuật số 84/2025/QH15 ngày 25 tháng 6 năm 2025 của Quốc hội, có hiệu lực kể từ ngày 01 tháng 7 năm 2025.\nCăn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;\nĐiều 1. Phạm vi.\nLuật này thay thế Pháp lệnh Giá số 40/2002/PL-UBTVQH10."
	want := []string{"cites 42/2023/QH15 2023-11-25", "cites 84/2025/QH15 2025-06-25", "cites 40/2002/PL-UBTVQH10"}
	for _, kind := range []string{"LUẬT\nGIÁ\n\n", "LUẬT GIÁ\n\n", "VĂN BẢN HỢP NHẤT\nLUẬT GIÁ\n\n"} {
		if diff := cmp.Diff(want, relationsOf(head+kind+text)); diff != "" {
			t.Errorf("%s\n%s", kind, diff)
		}
	}
}

func TestReadTakesATaskForNoRepeal(t *testing.T) {
	for _, lead := range []string{"Giao Ban Tổ chức Tỉnh ủy:", "Ban Tổ chức Tỉnh ủy có trách nhiệm:", "Đề nghị Ban Thường vụ Đảng ủy xã:", "Kiến nghị Tỉnh ủy các nội dung sau:"} {
		for _, marks := range [][2]string{{"1. ", "2. "}, {"a) ", "b) "}, {"- ", "- "}} {
			article := lead + "\n" + marks[0] + "Thay thế Quyết định số 60-QĐ/TU;\n" + marks[1] + "Thu hồi Quyết định số 61-QĐ/TU.\nĐiều 3. Bãi bỏ Quyết định số 62-QĐ/TU."
			if diff := cmp.Diff([]string{"repeals 62-QĐ/TU", "cites 60-QĐ/TU", "cites 61-QĐ/TU"}, disposed(article)); diff != "" {
				t.Errorf("%s\n%s", article, diff)
			}
		}
	}
	for _, lead := range []string{"Ban Thường vụ Tỉnh ủy quyết định:", "Theo đề nghị của Ban Tổ chức, Ban Thường vụ Tỉnh ủy quyết định:"} {
		article := lead + "\n1. Thay thế Quyết định số 60-QĐ/TU;\n2. Thu hồi Quyết định số 61-QĐ/TU."
		if diff := cmp.Diff([]string{"replaces 60-QĐ/TU", "repeals 61-QĐ/TU"}, disposed(article)); diff != "" {
			t.Errorf("%s\n%s", article, diff)
		}
	}
}
