package api

import (
	"fmt"
	"net/http/httptest"
	"testing"

	"github.com/chromedp/chromedp"

	"vankien/storage"
)

// Whom a paper is sent to takes the width that there is, under its label; and a
// number in the heading is not broken at the end of a line.
func TestBrowserShowsWhomAPaperIsSentTo(t *testing.T) {
	var recipients []string
	for i := range 18 {
		recipients = append(recipients, fmt.Sprintf("Ban Thường vụ Đảng ủy xã thứ %d trực thuộc Tỉnh ủy (để thực hiện)", i+1))
	}
	s := newShelf()
	const id = storage.ID("d-sent")
	s.add(id, storage.Facts{
		Number: "28-CTr/TU", Kind: "Chương trình", Issuer: "Ban Thường vụ Tỉnh ủy Sơn Lam", Issued: "2025-06-04", Signer: "Nguyễn Văn An",
		Title: "hành động thực hiện Nghị quyết 68-NQ/TW, ngày 04/5/2025 của Bộ Chính trị và Nghị định 30/2020/NĐ-CP", Recipients: recipients,
	}, "28.pdf", pdfType, nil, "Nội dung.")
	server := httptest.NewServer(serveShelf(t, s, nil))
	t.Cleanup(server.Close)
	open := browser(t)
	for _, width := range []int{320, 390, 500, 1440} {
		tab := open(width, chromedp.Navigate(server.URL+"/van-ban/"+string(id)), chromedp.WaitVisible(chromedp.CSS(".sent-to summary")))
		if got := get(t, tab, chromedp.TextContent(chromedp.CSS(".sent-to summary"))); got != "18 nơi" {
			t.Errorf("%d px: the summary says %q", width, got)
		}
		run(t, tab, chromedp.Click(chromedp.CSS(".sent-to summary")), chromedp.WaitVisible(chromedp.CSS(".sent-to li:last-child")))
		get(t, tab, chromedp.Evaluate[bool](`document.fonts.ready.then(() => true)`, chromedp.EvalAwaitPromise))
		for _, fault := range get(t, tab, chromedp.Evaluate[[]string](looks)) {
			t.Errorf("%d px: %s", width, fault)
		}
		for _, fault := range get(t, tab, chromedp.Evaluate[[]string](sentToLooks)) {
			t.Errorf("%d px: %s", width, fault)
		}
		screenshot(t, tab, fmt.Sprintf("sent-%d.png", width))
	}
}

const sentToLooks = `(() => {
  const faults = [];
  const box = (s) => document.querySelector(s).getBoundingClientRect();
  const all = box("dl.facts"), label = box(".sent-to dt"), summary = box(".sent-to summary"), list = box(".sent-to ul");
  if (list.width < all.width - 2) faults.push("the list is " + list.width + " of " + all.width + " px wide");
  if (summary.top < label.bottom - 1) faults.push("the summary is not under its label");
  if (list.top < summary.bottom + 2) faults.push("no gap before the list");
  for (const part of document.querySelectorAll("h1 .unbroken")) {
    const range = document.createRange();
    range.selectNodeContents(part);
    const lines = new Set([...range.getClientRects()].map((r) => Math.round(r.top)));
    if (lines.size > 1) faults.push(part.textContent + " is broken");
  }
  if (document.querySelectorAll("h1 .unbroken").length < 3) faults.push("numbers of the heading may break: " + document.querySelector("h1").innerHTML);
  return faults;
})()`
