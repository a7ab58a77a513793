package citation

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shelf is a small library; what is written as row is its Known.
func shelf(rows ...[5]string) ([]string, *Register) {
	var names []string
	var known []Known
	for _, row := range rows {
		number, issued, issuer, title, ended := row[0], row[1], row[2], row[3], row[4]
		kind, _ := KindOfTitle(title)
		names = append(names, number+"@"+issued)
		known = append(known, Known{Number: Parse(number), Issued: issued, Issuer: issuer, Kind: kind.Name, Title: title, Ended: ended != ""})
	}
	return names, NewRegister(known)
}

func library() ([]string, *Register) {
	const committee, politburo, secretariat = "Ban Chấp hành Trung ương", "Bộ Chính trị", "Ban Bí thư"
	return shelf(
		[5]string{"921-NQ/TW", "2017-10-25", committee, "Nghị quyết về công tác dân số trong tình hình mới", ""},
		[5]string{"921-NQ/TW", "2022-06-16", committee, "Nghị quyết về xây dựng tổ chức cơ sở đảng", ""},
		[5]string{"921-NQ/TU", "2023-01-02", "Tỉnh ủy", "Nghị quyết về du lịch của tỉnh", ""},
		[5]string{"921/NQ-CP", "2024-03-04", "Chính phủ", "Nghị quyết về thủ tục hành chính", ""},
		[5]string{"934-CT/TW", "1998-05-30", politburo, "Chỉ thị về phát triển đảng viên trong các trường học", ""},
		[5]string{"934-CT/TW", "2024-05-24", secretariat, "Chỉ thị về phát triển nhà ở xã hội", ""},
		[5]string{"906-QĐi/TW", "2018-08-28", politburo, "Quy định về kết nạp người theo tôn giáo", ""},
		[5]string{"922-QĐ/TW", "2016-01-01", politburo, "Quy định về giám sát trong Đảng", ""},
		[5]string{"922-QĐ/TW", "2021-07-28", politburo, "Quy định về kiểm tra, giám sát và kỷ luật của Đảng", "x"},
		[5]string{"905-ĐA/TU", "2021-02-03", "Tỉnh ủy", "Đề án nâng cao chất lượng chi bộ", ""},
		[5]string{"905-DA/TU", "2020-02-03", "Tỉnh ủy", "Dự án đường liên xã", ""},
		[5]string{"930/2020/NĐ-CP", "2020-03-05", "Chính phủ", "Nghị định về công tác văn thư", ""},
		[5]string{"930/2021/NĐ-CP", "2021-04-05", "Chính phủ", "Nghị định về phòng cháy, chữa cháy", ""},
		[5]string{"945/2019/QH14", "2019-11-20", "Quốc hội", "Luật Lao động", ""},
		[5]string{"9096/SYT-NVY", "2025-11-07", "Sở Y tế", "V/v tiêm chủng", ""},
		[5]string{"35-NQ/TW", "2018-10-22", politburo, "Nghị quyết về bảo vệ nền tảng tư tưởng của Đảng", ""},
		[5]string{"35-NQ/TW", "2009-01-02", politburo, "Nghị quyết về việc khác", ""},
		[5]string{"", "2021-02-01", "Đại hội", "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng", ""},
		[5]string{"904-NQ/TW", "2016-10-30", committee, "Nghị quyết về xây dựng, chỉnh đốn Đảng", ""},
	)
}

func TestCandidates(t *testing.T) {
	names, register := library()
	for _, test := range []struct {
		typed string
		want  []string
	}{
		// the newest first, what is in force before what has ended
		{"921-NQ/TW", []string{"921-NQ/TW@2022-06-16", "921-NQ/TW@2017-10-25"}},
		{"922-QĐ/TW", []string{"922-QĐ/TW@2016-01-01", "922-QĐ/TW@2021-07-28"}},
		// date, year, term, plenum choose and exclude nothing
		{"921-NQ/TW ngày 25/10/2017", []string{"921-NQ/TW@2017-10-25", "921-NQ/TW@2022-06-16"}},
		{"921-NQ/TW ngày 26/10/2017", []string{"921-NQ/TW@2017-10-25", "921-NQ/TW@2022-06-16"}},
		{"921-NQ/TW năm 2017", []string{"921-NQ/TW@2017-10-25", "921-NQ/TW@2022-06-16"}},
		{"921-NQ/TW khóa XII", []string{"921-NQ/TW@2017-10-25", "921-NQ/TW@2022-06-16"}},
		{"Nghị quyết 921-NQ/TW của Hội nghị Trung ương 6 khóa XII", []string{"921-NQ/TW@2017-10-25", "921-NQ/TW@2022-06-16"}},
		{"921-NQ/TW Trung ương 5 khóa XIII", []string{"921-NQ/TW@2022-06-16", "921-NQ/TW@2017-10-25"}},
		{"Quyết định 906-QĐ/TW ngày 1/1/2001 khóa VII", []string{"906-QĐi/TW@2018-08-28"}},
		// words of the title, accents or none, and who issued it
		{"921-NQ/TW dân số", []string{"921-NQ/TW@2017-10-25", "921-NQ/TW@2022-06-16"}},
		{"921-NQ/TW dan so", []string{"921-NQ/TW@2017-10-25", "921-NQ/TW@2022-06-16"}},
		{"chi thi 934 truong hoc", []string{"934-CT/TW@1998-05-30", "934-CT/TW@2024-05-24"}},
		{"Chỉ thị 934 của Bộ Chính trị", []string{"934-CT/TW@1998-05-30", "934-CT/TW@2024-05-24"}},
		{"chỉ thị 934", []string{"934-CT/TW@2024-05-24", "934-CT/TW@1998-05-30"}},
		// what is left out may be anything; what is typed must be so
		{"nq 921", []string{"921/NQ-CP@2024-03-04", "921-NQ/TU@2023-01-02", "921-NQ/TW@2022-06-16", "921-NQ/TW@2017-10-25"}},
		{"nq-904", []string{"904-NQ/TW@2016-10-30"}},
		{"921-NQ/TU", []string{"921-NQ/TU@2023-01-02"}},
		{"921-NQ/TƯ", []string{"921-NQ/TW@2022-06-16", "921-NQ/TW@2017-10-25"}},
		{"921-KL/TW", nil},
		{"9210-NQ/TW", nil},
		{"92-NQ/TW", nil},
		// Đ tells kinds apart where it is typed
		{"905-ĐA/TU", []string{"905-ĐA/TU@2021-02-03"}},
		{"905-DA/TU", []string{"905-DA/TU@2020-02-03"}},
		{"đề án 905", []string{"905-ĐA/TU@2021-02-03"}},
		// State numbers, in whatever form
		{"930/2020/NĐ-CP", []string{"930/2020/NĐ-CP@2020-03-05"}},
		{"930/2022/NĐ-CP", nil},
		{"930 2020 nd cp", []string{"930/2020/NĐ-CP@2020-03-05"}},
		{"9302020nđcp", []string{"930/2020/NĐ-CP@2020-03-05"}},
		{"nghị định 930/2020", []string{"930/2020/NĐ-CP@2020-03-05"}},
		{"nghị định 930 năm 2020", []string{"930/2020/NĐ-CP@2020-03-05", "930/2021/NĐ-CP@2021-04-05"}},
		{"nghi dinh 930 van thu", []string{"930/2020/NĐ-CP@2020-03-05", "930/2021/NĐ-CP@2021-04-05"}},
		{"930/nđ-cp", []string{"930/2021/NĐ-CP@2021-04-05", "930/2020/NĐ-CP@2020-03-05"}},
		{"luật 945/2019", []string{"945/2019/QH14@2019-11-20"}},
		{"luat 945", []string{"945/2019/QH14@2019-11-20"}},
		{"945 2019 qh14", []string{"945/2019/QH14@2019-11-20"}},
		{"9096 syt nvy", []string{"9096/SYT-NVY@2025-11-07"}},
		{"9096/SYT", []string{"9096/SYT-NVY@2025-11-07"}},
		{"930/2020", []string{"930/2020/NĐ-CP@2020-03-05"}},
		{"945", []string{"945/2019/QH14@2019-11-20"}},
		// without a number
		{"ban chi dao 35", []string{"35-NQ/TW@2018-10-22"}},
		{"Nghị quyết Trung ương 4 khóa XII", []string{"904-NQ/TW@2016-10-30"}},
		{"hội nghị trung ương 5 khóa xiii", []string{"921-NQ/TW@2022-06-16"}},
		{"nghị quyết đại hội 13", []string{"@2021-02-01"}},
		{"Nghị quyết Đại hội XII", nil},
	} {
		var got []string
		found := FindTyped(test.typed)
		for _, c := range found {
			for _, i := range register.Candidates(c, test.typed) {
				got = append(got, names[i])
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s, read as %v (-want +got):\n%s", test.typed, allTold(found), diff)
		}
	}
}

func TestNearest(t *testing.T) {
	names, register := shelf(
		[5]string{"934-CT/TW", "2024-05-24", "", "", ""}, [5]string{"935-CT/TW", "2024-06-14", "", "", ""}, [5]string{"931-CT/TW", "2023-01-01", "", "", ""},
		[5]string{"947-QĐ/TW", "2025-08-08", "", "", ""}, [5]string{"947-KL/TU", "2025-08-08", "", "", ""}, [5]string{"90-CT/TW", "2007-01-01", "", "", ""},
		[5]string{"21-NQ/TW", "2017-10-25", "", "", ""}, [5]string{"21-NQ/TW", "2022-06-16", "", "", ""},
	)
	for _, test := range []struct {
		number string
		want   []string
	}{
		{"947-CT/TW", []string{"947-QĐ/TW@2025-08-08", "947-KL/TU@2025-08-08", "935-CT/TW@2024-06-14", "934-CT/TW@2024-05-24"}},
		{"932-CT/TW", []string{"931-CT/TW@2023-01-01", "934-CT/TW@2024-05-24", "935-CT/TW@2024-06-14", "90-CT/TW@2007-01-01"}},
		{"932-CT", []string{"931-CT/TW@2023-01-01", "934-CT/TW@2024-05-24", "935-CT/TW@2024-06-14", "90-CT/TW@2007-01-01"}},
		{"20-NQ/TW", []string{"21-NQ/TW@2022-06-16", "21-NQ/TW@2017-10-25"}},
		{"23-NQ/TW", []string{"21-NQ/TW@2022-06-16", "21-NQ/TW@2017-10-25"}},
		{"1/2020/NĐ-CP", nil},
	} {
		var got []string
		for _, i := range register.Nearest(Parse(test.number), 4) {
			got = append(got, names[i])
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.number, diff)
		}
	}
	if got := register.Nearest(Number{}, 4); got != nil {
		t.Errorf("nothing has %v near it", got)
	}
}

func TestParseTakesIrregularNumbers(t *testing.T) {
	for printed, want := range map[string]Number{
		"21-NQ/TW":                {Serial: "21", Kind: "NQ", Issuer: "TW", Party: true},
		"08-QĐi/TW":               {Serial: "08", Kind: "QĐ", Issuer: "TW", Party: true},
		"04/2012/NQLT/CP-":        {Serial: "04", Year: 2012, Kind: "NQLT", Issuer: "CP-"},
		"30/2020/NĐ-CP":           {Serial: "30", Year: 2020, Kind: "NĐ", Issuer: "CP"},
		"2096/SYT-NVY":            {Serial: "2096", Issuer: "SYT-NVY"},
		"":                        {},
		"không số":                {},
		"  12 / 2020 / TT - BTC ": {Serial: "12", Year: 2020, Kind: "TT", Issuer: "BTC"},
	} {
		if got := Parse(printed); got != want {
			t.Errorf("Parse(%q) = %+v, want %+v", printed, got, want)
		}
	}
}

func TestPlenumOf(t *testing.T) {
	for date, want := range map[string]string{
		"2022-06-16": "XIII 5", "2017-10-25": "XII 6", "2013-11-04": "XI 8", "2012-01-16": "XI 4", "2008-08-05": "X 7", "2016-10-30": "XII 4",
		"2021-10-25": "XIII 4", "2025-05-30": "XIII 11", "1998-07-16": "VIII 5", "1960-01-01": " 0", "2026-10-01": " 0", "": " 0",
	} {
		term, plenum := PlenumOf(date)
		if got := fmt.Sprint(term, " ", plenum); got != want {
			t.Errorf("PlenumOf(%q) = %q, want %q", date, got, want)
		}
	}
}

func TestEveryNicknameMeansNumbers(t *testing.T) {
	for _, n := range Nicknames() {
		if len(n.Means) == 0 || n.Why == "" {
			t.Errorf("%s means nothing or has no reason", n.Name)
		}
		if cited := Cited("xem " + n.Name + " nhé"); len(cited) != 1 || cited[0].Nickname != n.Name {
			t.Errorf("%s is read as %v", n.Name, allTold(cited))
		}
	}
}

// hundredThousand is a register in which every number stands for a few
// documents.
func hundredThousand() *Register { return NewRegister(manyKnown()) }

func manyKnown() []Known {
	known := make([]Known, 0, 100_000)
	for i := range cap(known) {
		kind := kinds[i%10]
		known = append(known, Known{
			Number: Number{Serial: strconv.Itoa(i % 2000), Kind: kind.Symbol, Issuer: []string{"TW", "TU", "CP", "BTC"}[i/10%4], Party: true},
			Issued: fmt.Sprintf("%d-%02d-%02d", 1990+i%36, 1+i%12, 1+i%28), Kind: kind.Name,
			Title: kind.Name + " về công tác " + noNumbers[i%len(noNumbers)] + " tại địa phương số " + strconv.Itoa(i%997),
		})
	}
	return known
}

func BenchmarkNewRegister(b *testing.B) {
	known := manyKnown()
	for b.Loop() {
		NewRegister(known)
	}
}

func BenchmarkCited(b *testing.B) {
	text := strings.Repeat("Thực hiện Nghị quyết số 21-NQ/TW ngày 16/6/2022 của Ban Chấp hành Trung ương khóa XIII về tăng cường củng cố, xây dựng tổ chức cơ sở đảng và nâng cao chất lượng đội ngũ đảng viên. ", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Cited(text)
	}
}

func BenchmarkCandidates(b *testing.B) {
	register := hundredThousand()
	for _, typed := range []string{"nq 21", "21-NQ/TW", "nghị quyết 21 giáo dục đào tạo", "21nqtw", "37-QĐ/XYZ"} {
		b.Run(typed, func(b *testing.B) {
			register.Candidates(FindTyped(typed)[0], typed) // the titles are read once
			for b.Loop() {
				for _, c := range FindTyped(typed) {
					register.Candidates(c, typed)
				}
			}
		})
	}
}

// TestAYearInATitleChoosesNothing: "năm 2015" behind a number says when the
// document is from, not what it is about.
func TestAYearInATitleChoosesNothing(t *testing.T) {
	_, register := shelf(
		[5]string{"989/2015/QH13", "2015-06-09", "Quốc hội", "Nghị quyết điều chỉnh chương trình năm 2015", ""},
		[5]string{"989/2015/QH13", "2015-11-23", "Quốc hội", "Luật mẫu", ""},
	)
	for _, typed := range []string{"989/2015/QH13 năm 2015", "989/2015/QH13 2015"} {
		found := FindTyped(typed)
		if candidates, decided := register.Choose(found[0], typed); decided || len(candidates) != 2 {
			t.Errorf("%q: %v, decided %v", typed, candidates, decided)
		}
	}
	typed := "989/2015/QH13 chương trình năm 2015"
	if candidates, decided := register.Choose(FindTyped(typed)[0], typed); !decided || candidates[0] != 0 {
		t.Errorf("%q: %v, decided %v", typed, candidates, decided)
	}
}
