package facts

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
)

// relationsOf writes relations one a line: kind, target, date, "?" where the
// text only implies it.
func relationsOf(text string) []string {
	lines := []string{}
	for _, r := range Read(onePage(text)).Relations {
		line := strings.TrimSpace(string(r.Kind) + " " + r.Target + " " + string(r.Date))
		if !r.Explicit {
			line += " ?"
		}
		lines = append(lines, line)
	}
	return lines
}

func TestReadSaysWhatItReplacesRepealsAndAmends(t *testing.T) {
	const head = "Số: 90/2031/NĐ-CP\nHà Nội, ngày 5 tháng 3 năm 2031\nNGHỊ ĐỊNH\nVỀ MỘT VIỆC\nĐiều 1. Phạm vi\n"
	for name, test := range map[string]struct {
		clause string
		want   []string
	}{
		"replaces one": {"Quy định này thay thế Quy định số 1-QĐ/TW, ngày 02/01/2030.", []string{"replaces 1-QĐ/TW 2030-01-02"}},
		"replaces several": {"Quy định này thay thế Quy định số 1-QĐ/TW, ngày 02/01/2030 của Bộ Chính trị về một việc, Quy định số 2-QĐ/TW, ngày 03/01/2030 và Kết luận số 3-KL/TW, ngày 04/01/2030; có hiệu lực từ ngày ký.",
			[]string{"replaces 1-QĐ/TW 2030-01-02", "replaces 2-QĐ/TW 2030-01-03", "replaces 3-KL/TW 2030-01-04"}},
		"a part is replaced": {"2. Thay thế Phụ lục 3 Nghị định số 12/2030/NĐ-CP bằng Phụ lục kèm theo Nghị định này.", []string{"amends 12/2030/NĐ-CP"}},
		"ends one":           {"2. Nghị định số 12/2030/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực.", []string{"replaces 12/2030/NĐ-CP"}},
		"ends a law as amended": {"2. Luật Một việc số 12/2030/QH16 đã được sửa đổi theo Luật số 13/2030/QH16 hết hiệu lực kể từ ngày Luật này có hiệu lực.",
			[]string{"replaces 12/2030/QH16", "cites 13/2030/QH16"}},
		"ends a list": {"2. Kể từ ngày Nghị định này có hiệu lực thi hành, các Nghị định sau đây hết hiệu lực thi hành:\na) Nghị định số 12/2030/NĐ-CP về việc làm;\n" +
			"b) Nghị định số 13/2030/NĐ-CP; Nghị định số 14/2030/NĐ-CP sửa đổi Nghị định số 15/2029/NĐ-CP.\n3. Nghị định số 16/2030/NĐ-CP được áp dụng.",
			[]string{"replaces 12/2030/NĐ-CP", "replaces 13/2030/NĐ-CP", "replaces 14/2030/NĐ-CP", "cites 15/2029/NĐ-CP", "cites 16/2030/NĐ-CP"}},
		"ends a part and a whole": {"Các quy định tại Chương II Nghị định số 12/2030/NĐ-CP quy định chi tiết Pháp lệnh Một việc và Nghị định số 13/2030/NĐ-CP sửa đổi Nghị định số 12/2030/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực.",
			[]string{"replaces 13/2030/NĐ-CP", "amends 12/2030/NĐ-CP"}},
		"with an exception": {"2. Nghị định số 12/2030/NĐ-CP, trừ trường hợp quy định tại Điều 5, hết hiệu lực kể từ ngày Nghị định này có hiệu lực.", []string{"replaces 12/2030/NĐ-CP"}},
		"if another ends":   {"Khoản 3 có hiệu lực từ ngày Nghị quyết số 61/2030/QH16 hết hiệu lực.", []string{"cites 61/2030/QH16"}},
		"repeals": {"Nghị định này có hiệu lực từ ngày ký và bãi bỏ các Nghị định: Nghị định số 12/2030/NĐ-CP; Nghị định số 13/2030/NĐ-CP về sửa đổi Nghị định số 11/2029/NĐ-CP.",
			[]string{"repeals 12/2030/NĐ-CP", "repeals 13/2030/NĐ-CP", "cites 11/2029/NĐ-CP"}},
		"repeals a list with parts": {"2. Nghị định này bãi bỏ:\na) Nghị định số 12/2030/NĐ-CP;\nb) Điều 6, khoản 4 Điều 9 Nghị định số 13/2030/NĐ-CP.\n3. Các bộ thi hành Nghị định số 14/2030/NĐ-CP.",
			[]string{"repeals 12/2030/NĐ-CP", "amends 13/2030/NĐ-CP", "cites 14/2030/NĐ-CP"}},
		"repeals an article":          {"Nghị định này bãi bỏ Điều 5 của Nghị định số 12/2030/NĐ-CP.", []string{"amends 12/2030/NĐ-CP"}},
		"may be repealed":             {"Bộ Nội vụ kiến nghị bãi bỏ Nghị định số 12/2030/NĐ-CP.", []string{"cites 12/2030/NĐ-CP"}},
		"what contradicts, unnamed":   {"Các quy định trước đây trái với Nghị định này đều bãi bỏ.", []string{}},
		"what contradicts, in one":    {"Các nội dung của Nghị định số 12/2030/NĐ-CP trái với Nghị định này đều bãi bỏ.", []string{"amends 12/2030/NĐ-CP ?"}},
		"an amended clause":           {"Điều 2. Sửa đổi, bổ sung Điều 3 Nghị định số 12/2030/NĐ-CP như sau:\n“Điều 3. Việc này theo Nghị định số 13/2030/NĐ-CP.”", []string{"amends 12/2030/NĐ-CP"}},
		"changed as follows":          {"2. Khoản 1 Điều 3 Nghị định số 12/2030/NĐ-CP được sửa đổi, bổ sung như sau:\n“1. Việc này.”", []string{"amends 12/2030/NĐ-CP"}},
		"a task in what is attached":  {"Nơi nhận:\n- Các bộ;\nTM. CHÍNH PHỦ\nTHỦ TƯỚNG\nNguyễn Văn An\nPHỤ LỤC\nKẾ HOẠCH\n1. Sửa đổi, bổ sung Nghị định số 12/2030/NĐ-CP.", []string{"cites 12/2030/NĐ-CP"}},
		"a correction":                {"1. Đính chính số thứ tự 5 tại Phụ lục Nghị định số 12/2030/NĐ-CP ngày 06 tháng 02 năm 2030.", []string{"amends 12/2030/NĐ-CP 2030-02-06"}},
		"an amended clause that ends": {"“Nghị định này thay thế Nghị định số 12/2030/NĐ-CP.”", []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, relationsOf(head+test.clause)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestReadSaysWhatAShortPaperReplaces has papers of a few sentences: nothing
// but the sentence itself tells where their reasons end.
func TestReadSaysWhatAShortPaperReplaces(t *testing.T) {
	const head = "TỈNH ỦY HÒA SƠN\nSố 90-KL/TU\nHòa Sơn, ngày 5 tháng 3 năm 2031\nKẾT LUẬN\nvề một việc\n\n"
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"in the second sentence": {"Ban Thường vụ Tỉnh ủy kết luận: tiếp tục làm một việc.\nKết luận này thay thế Kết luận số 1-KL/TU, ngày 02/01/2030 và có hiệu lực từ ngày ký.", []string{"replaces 1-KL/TU 2030-01-02"}},
		"behind reasons": {"Căn cứ Quy định số 2-QĐ/TU,\nBan Thường vụ Tỉnh ủy thống nhất:\nKết luận số 1-KL/TU, ngày 02/01/2030 hết hiệu lực kể từ ngày Kết luận này có hiệu lực.",
			[]string{"replaces 1-KL/TU 2030-01-02", "based_on 2-QĐ/TU"}},
		"before reasons end": {"Thực hiện Quy định số 2-QĐ/TU, Kết luận này được ban hành.\nKết luận này bãi bỏ Kết luận số 1-KL/TU.\n1. Việc này.", []string{"repeals 1-KL/TU", "based_on 2-QĐ/TU", "implements 2-QĐ/TU"}},
		"only told of":       {"Ban Thường vụ Tỉnh ủy kết luận:\nKết luận số 1-KL/TU đã thay thế Kết luận số 3-KL/TU.", []string{"cites 1-KL/TU", "cites 3-KL/TU"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, relationsOf(head+test.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadFollowsTheVerbsOfOneSentence(t *testing.T) {
	const head = "TỈNH ỦY HÒA SƠN\nSố 90-QĐ/TU\nHòa Sơn, ngày 5 tháng 3 năm 2031\nQUYẾT ĐỊNH\nvề một việc\nĐiều 1. Phạm vi\nĐiều 2. "
	for name, test := range map[string]struct {
		text      string
		effective storage.Date
		want      []string
	}{
		"to the day of signing": {"Quyết định này thay thế các Quyết định số 1-QĐ/TU, ngày 01/02/2021, số 2-QĐ/TU, ngày 02/02/2022 của Ban Thường vụ Tỉnh ủy và Quy định 3-QĐ/TU; bãi bỏ điểm b khoản 1 Điều 3 Quy định số 4-QĐ/TU, ngày 03/3/2023; có hiệu lực kể từ ngày ký.",
			"2031-03-05", []string{"replaces 1-QĐ/TU 2021-02-01", "replaces 2-QĐ/TU 2022-02-02", "replaces 3-QĐ/TU", "amends 4-QĐ/TU 2023-03-03"}},
		"to a day": {"Quyết định này thay thế các Kết luận số 1-KL/TU, ngày 02/4/2020; số 2-KL/TU, ngày 03/4/2020 và số 3-KL/TU, ngày 05/5/2020 của Ban Thường vụ Tỉnh ủy; sửa đổi Kết luận 4-KL/TU; có hiệu lực từ ngày 01-6-2031.",
			"2031-06-01", []string{"replaces 1-KL/TU 2020-04-02", "replaces 2-KL/TU 2020-04-03", "replaces 3-KL/TU 2020-05-05", "amends 4-KL/TU"}},
		"at the same time": {"Quyết định này có hiệu lực từ ngày ký, sửa đổi khoản 1 Điều 2 Quy định số 1-QĐ/TU, đồng thời bãi bỏ Quy định số 2-QĐ/TU.",
			"2031-03-05", []string{"repeals 2-QĐ/TU", "amends 1-QĐ/TU"}},
		"behind the verb that begins it": {"Bãi bỏ Quy định số 1-QĐ/TU; thay thế Quy định số 2-QĐ/TU.", "", []string{"replaces 2-QĐ/TU", "repeals 1-QĐ/TU"}},
		"in a subject that is quoted":    {"Quyết định này thay thế Quyết định số 1-QĐ/TU “về việc sửa đổi Quy định số 2-QĐ/TU; bãi bỏ Quy định số 3-QĐ/TU”.", "", []string{"replaces 1-QĐ/TU", "cites 2-QĐ/TU", "cites 3-QĐ/TU"}},
		"what another one changes":       {"Quyết định này thay thế Quyết định số 1-QĐ/TU về sửa đổi, bổ sung Quy định số 2-QĐ/TU.", "", []string{"replaces 1-QĐ/TU", "cites 2-QĐ/TU"}},
		"a day without the word":         {"Quyết định này được thực hiện từ nhiệm kỳ 2030 - 2035, có hiệu lực từ 01.4.2031.", "2031-04-01", []string{}},
		"the day of a law": {"Quyết định này áp dụng đối với các chi bộ, đảng bộ cơ sở và các cơ quan tham mưu, giúp việc của Tỉnh ủy, các tổ chức chính trị - xã hội trong tỉnh theo Luật Giá số 16/2030/QH16, có hiệu lực từ ngày 01/7/2030.",
			"", []string{"cites 16/2030/QH16"}},
		"the day of another": {"Quyết định này được gửi đến các chi bộ, đảng bộ cơ sở và các cơ quan tham mưu, giúp việc của Tỉnh ủy để thực hiện; các chi bộ báo cáo kết quả hằng quý với Ban Thường vụ Tỉnh ủy; Quy định số 1-QĐ/TU có hiệu lực từ ngày 01/7/2030.",
			"", []string{"cites 1-QĐ/TU"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, relationsOf(head+test.text)); diff != "" {
				t.Error(diff)
			}
			if got := Read(onePage(head + test.text)).Effective; got != test.effective {
				t.Errorf("in force from %q, want %q", got, test.effective)
			}
		})
	}
}

func TestReadKeepsAnUnnamedRepealForTheEditor(t *testing.T) {
	const clause = "Các quy định trước đây trái với Quy định này đều bãi bỏ."
	got := Read(onePage("Số 90-QĐ/TW\nHà Nội, ngày 5 tháng 3 năm 2031\nQUY ĐỊNH\nvề một việc\nĐiều 1. Phạm vi.\nĐiều 2. Hiệu lực\n" + clause))
	if len(got.Relations) != 0 || got.Evidence["relations"].Text != clause || len(got.Issues) == 0 {
		t.Errorf("read %v, evidence %+v, issues %q", got.Relations, got.Evidence["relations"], got.Issues)
	}
}

func TestReadSaysWhatItIsBasedOnAndCarriesOut(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"reasons": {"Số: 90/2031/NĐ-CP\nHà Nội, ngày 5 tháng 3 năm 2031\nNGHỊ ĐỊNH\nVề một việc\nCăn cứ Luật Tổ chức Chính phủ ngày 18 tháng 02 năm 2025; Luật Giá số 16/2023/QH15;\n" +
			"Căn cứ Nghị định số 12/2030/NĐ-CP sửa đổi Nghị định số 11/2029/NĐ-CP;\nTheo đề nghị của Bộ trưởng tại Tờ trình số 5/TTr-BTC;\nChính phủ ban hành Nghị định về một việc.\nĐiều 1. Phạm vi",
			[]string{"based_on Luật Tổ chức Chính phủ 2025-02-18", "based_on 16/2023/QH15", "based_on 12/2030/NĐ-CP", "cites 11/2029/NĐ-CP", "cites 5/TTr-BTC"}},
		"reasons of the Party": {"Số 90-QĐ/TU\nSơn Lam, ngày 5 tháng 3 năm 2031\nQUY ĐỊNH\nvề một việc\n- Căn cứ Điều lệ Đảng, Quy định số 1-QĐ/TW, ngày 02/01/2030 của Bộ Chính trị “về việc thi hành Quy định số 2-QĐ/TW”, Hướng dẫn số 3-HD/TW;\n- Thực hiện Chỉ thị số 4-CT/TW,\nBan Thường vụ Tỉnh ủy quy định như sau:\nĐiều 1. Phạm vi",
			[]string{"based_on Điều lệ Đảng", "based_on 1-QĐ/TW 2030-01-02", "based_on 3-HD/TW", "based_on 4-CT/TW", "implements 4-CT/TW", "cites 2-QĐ/TW"}},
		"a plan": {"Số 90-KH/TU\nSơn Lam, ngày 5 tháng 3 năm 2031\nKẾ HOẠCH\ntriển khai thực hiện Nghị quyết số 1-NQ/TW, ngày 02/01/2030 của Bộ Chính trị\n-----\nI- MỤC ĐÍCH, YÊU CẦU\n1. Cụ thể hóa Kết luận số 2-KL/TW.\nII- NHIỆM VỤ\n1. Học tập Chỉ thị số 3-CT/TW.",
			[]string{"implements 1-NQ/TW 2030-01-02", "implements 2-KL/TW", "cites 3-CT/TW"}},
		"a plan's tasks": {"Số 90-KH/TU\nSơn Lam, ngày 5 tháng 3 năm 2031\nKẾ HOẠCH\nvề một việc\n-----\nI- NHIỆM VỤ\n1. Sửa đổi, bổ sung Quy định số 1-QĐ/TU.\n2. Bãi bỏ Quyết định số 2-QĐ/TU.",
			[]string{"cites 1-QĐ/TU", "cites 2-QĐ/TU"}},
		"a conclusion that amends": {"Số 90-KL/TW\nHà Nội, ngày 5 tháng 3 năm 2031\nKẾT LUẬN\nvề điều chỉnh, bổ sung một số nội dung Chỉ thị số 1-CT/TW, ngày 02/01/2030\nTại phiên họp, Bộ Chính trị kết luận:\n1. Bổ sung điểm 5 Hướng dẫn số 2-HD/BTCTW.",
			[]string{"amends 1-CT/TW 2030-01-02", "amends 2-HD/BTCTW"}},
		"a report on a directive": {"Số 90-CV/TU\nSơn Lam, ngày 5 tháng 3 năm 2031\nV/v báo cáo kết quả 5 năm thực hiện Chỉ thị số 1-CT/TW\nKính gửi: Các đảng ủy\nĐề nghị gửi báo cáo.", []string{"cites 1-CT/TW"}},
		"a conclusion keeps a directive alive": {"Số 90-KL/TW\nHà Nội, ngày 5 tháng 3 năm 2031\nKẾT LUẬN\nvề tiếp tục thực hiện Chỉ thị số 1-CT/TW về một việc\nSau khi nghe báo cáo, Ban Bí thư kết luận:\n1. Tiếp tục quán triệt và thực hiện Nghị quyết số 2-NQ/TW.",
			[]string{"implements 1-CT/TW", "implements 2-NQ/TW"}},
		"a guide": {"Số 90-HD/BTCTW\nHà Nội, ngày 5 tháng 3 năm 2031\nHƯỚNG DẪN\nthực hiện một số nội dung Quy định số 1-QĐ/TW, ngày 02/01/2030\nI- PHẠM VI\n1. Theo Quy định số 1-QĐ/TW.",
			[]string{"guides 1-QĐ/TW 2030-01-02"}},
		"a guide to a summary": {"Số 90-HD/BTCTW\nHà Nội, ngày 5 tháng 3 năm 2031\nHƯỚNG DẪN\ntổng kết 10 năm thực hiện Chỉ thị số 1-CT/TW, ngày 02/01/2030\nI- PHẠM VI\n1. Toàn Đảng.", []string{"cites 1-CT/TW 2030-01-02"}},
		"details of a law": {"Số: 90/2031/NĐ-CP\nHà Nội, ngày 5 tháng 3 năm 2031\nNGHỊ ĐỊNH\nQUY ĐỊNH CHI TIẾT MỘT SỐ ĐIỀU CỦA LUẬT GIÁ VỀ THẨM ĐỊNH GIÁ\nCăn cứ Luật Giá ngày 19 tháng 6 năm 2023;\nChính phủ ban hành Nghị định.\nĐiều 1. Phạm vi",
			[]string{"based_on Luật Giá 2023-06-19", "guides Luật Giá 2023-06-19"}},
		"an amending law": {"Luật số: 90/2031/QH16\nLUẬT\nSỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT GIÁ\nCăn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;\nQuốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Giá số 16/2023/QH15.\nĐiều 1. Sửa đổi Luật Giá",
			[]string{"amends 16/2023/QH15", "based_on Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam"}},
		"an answer": {"Số: 90/SNV-VP\nSơn Lam, ngày 5 tháng 3 năm 2031\nV/v một việc\nKính gửi: Sở Tài chính\nTrả lời Công văn số 12/STC-VP ngày 02/01/2031 của Sở Tài chính, Sở Nội vụ có ý kiến như sau:", []string{"cites 12/STC-VP 2031-01-02"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, relationsOf(test.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadCitesOnlyWhatTheTextCites(t *testing.T) {
	const head = "Số 90-HD/TU\nSơn Lam, ngày 5 tháng 3 năm 2031\nHƯỚNG DẪN\nvề một việc\nI- PHẠM VI\n"
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"itself":               {"1. Hướng dẫn số 90-HD/TU này áp dụng cho các chi bộ.", []string{}},
		"its number of before": {"1. Theo Hướng dẫn số 90-HD/TU, ngày 01/02/2027.", []string{"cites 90-HD/TU 2027-02-01"}},
		"one document twice":   {"1. Theo Quy định số 1-QĐ/TW.\n2. Theo Quy định số 01-QĐ/TW, ngày 02/01/2030.", []string{"cites 1-QĐ/TW 2030-01-02"}},
		"one number, two terms": {"1. Nghị quyết số 21-NQ/TW, ngày 25/10/2017 và Nghị quyết số 21-NQ/TW, ngày 16/6/2022.",
			[]string{"cites 21-NQ/TW 2017-10-25", "cites 21-NQ/TW 2022-06-16"}},
		"a number without a body": {"1. Theo Quy định 12 và Điều 5 Quy định số 13.", []string{}},
		"recipients and forms": {"1. Theo Quy định số 1-QĐ/TW.\nNơi nhận:\n- Như Quyết định số 2-QĐ/TU,\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\nNguyễn Văn An\n" +
			"Mẫu số 1\nSố ……-QĐ/ĐU\nCăn cứ Quyết định số 3-QĐ/TU, ngày …… tháng ……\nPHỤ LỤC\nDanh sách theo Kế hoạch số 4-KH/TU", []string{"cites 1-QĐ/TW", "cites 4-KH/TU"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, relationsOf(head+test.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadTrustsOCROnlyWithSureNumbers(t *testing.T) {
	page := storage.Page{Number: 1, OCR: true, Text: "Số: 90/KH-SYT\nKẾ HOẠCH\nvề một việc\nCăn cứ Quyết định số 12/QĐ-UBND ngày 02/01/2030;\nTheo 5l/TB-5YT và 17/a-B."}
	got := Read([]storage.Page{page}).Relations
	want := []storage.Relation{{Kind: storage.BasedOn, Target: "12/QĐ-UBND", Date: "2030-01-02", Explicit: true}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
