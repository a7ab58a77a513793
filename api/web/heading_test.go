package web

import (
	"bytes"
	"strings"
	"testing"

	"vankien/storage"
)

func TestHeadingParts(t *testing.T) {
	for heading, want := range map[string]string{
		"Thi hành Điều lệ Đảng":                             "Thi hành Điều lệ Đảng",
		"Thực hiện Nghị quyết số 68-NQ/TW, ngày 04/5/2025.": "Thực hiện Nghị quyết số [68-NQ/TW,] ngày [04/5/2025.]",
		"21-NQ/TW": "[21-NQ/TW]",
		"Kinh tế - xã hội năm 2026 – 2030":     "Kinh tế - xã hội năm 2026 – 2030",
		"Luật (30/2020/NĐ-CP) và 45/2019/QH14": "Luật [(30/2020/NĐ-CP)] và [45/2019/QH14]",
		"": "",
	} {
		var got strings.Builder
		for _, part := range Heading(heading).Parts() {
			if part.Whole {
				got.WriteString("[" + part.Text + "]")
			} else {
				got.WriteString(part.Text)
			}
		}
		if got.String() != want {
			t.Errorf("%q: %q, want %q", heading, got.String(), want)
		}
	}
}

// What a heading says is text, wherever it is parted.
func TestHeadingIsEscaped(t *testing.T) {
	pages, err := New()
	if err != nil {
		t.Fatal(err)
	}
	var page bytes.Buffer
	d := storage.Document{ID: "x", Facts: storage.Facts{Kind: "Báo cáo", Title: "về <b>1-NQ/TW</b><script>a-b</script> & hết"}}
	if err := pages.Document(&page, NewDocumentPage(Frame{}, Opened{Document: d})); err != nil {
		t.Fatal(err)
	}
	if want := `<h1>Về <span class="unbroken">&lt;b&gt;1-NQ/TW&lt;/b&gt;&lt;script&gt;a-b&lt;/script&gt;</span> &amp; hết</h1>`; !strings.Contains(page.String(), want) {
		t.Errorf("the page has no %s", want)
	}
}
