package api

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// A citation is copied by a button; without scripts there is none, and the rest
// of the page says and unfolds the same.
func TestBrowserCitesAndRelates(t *testing.T) {
	open, url := browser(t), site(t)
	const note = "Ban Thường vụ Tỉnh ủy Sơn Lam: Kế hoạch số 28-KH/TU, ngày 04/5/2016, về phát triển đảng viên trong hợp tác xã."
	page := url + "/van-ban/" + string(idPlan)
	tab := open(390, chromedp.Navigate(page), chromedp.WaitVisible(chromedp.CSS(".citation + button")))
	run(t, tab, chromedp.Click(chromedp.CSS(".citation + button")))
	if got := get(t, tab, chromedp.Evaluate[string](`new Promise((done) => setTimeout(() => done(document.querySelector(".citation + button").textContent + "|" + getSelection().toString().trim()), 300))`, chromedp.EvalAwaitPromise)); got != "Đã chép|" && got != "Chép trích dẫn|"+note {
		t.Errorf("after the click the button and the selection are %q", got)
	}
	plain := open(390, command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}), chromedp.Navigate(page), chromedp.WaitVisible(chromedp.CSS(".citation")))
	if got := strings.TrimSpace(get(t, plain, chromedp.TextContent(chromedp.CSS(".citation")))); got != note {
		t.Errorf("the citation is %q", got)
	}
	run(t, plain, chromedp.WaitNotPresent(chromedp.CSS(".citation + button")),
		chromedp.Click(chromedp.CSS(".relations summary")), chromedp.WaitVisible(chromedp.CSS(".relations details li:last-child")),
		chromedp.Click(chromedp.CSS(`.relations a[href="/van-ban/d-charter"]`)), chromedp.WaitVisible(chromedp.CSS(".banner.replaced")),
		chromedp.Click(chromedp.CSS(`.banner a[href="/van-ban/d-successor"]`)), chromedp.WaitVisible(chromedp.CSS(`.relations a[href="/van-ban/d-charter"]`)))
}
