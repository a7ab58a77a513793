package api

import (
	"context"
	"fmt"
	"net/http/httptest"
	"net/url"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// step is something to do in a tab.
type step = chromedp.Action[chromedp.Void]

// command sends a command of the protocol.
func command[P, R any](cmd cdp.Command[P, R], params P) step {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, cmd, params)
		return err
	})
}

// browser starts one Chromium for a test; open gives it a tab.
func browser(t *testing.T) (open func(width int, steps ...step) context.Context) {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no chromium in PATH: browser tests are skipped")
	}
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir())}
	for _, name := range []string{"headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"} {
		options = append(options, chromedp.Flag(name, true))
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	first, closeFirst := chromedp.NewContext(allocator)
	t.Cleanup(closeFirst)
	if err := chromedp.Do(first); err != nil {
		t.Fatalf("starting %s: %v", path, err)
	}
	return func(width int, steps ...step) context.Context {
		tab, closeTab := chromedp.NewContext(first)
		t.Cleanup(closeTab)
		tab, cancel := context.WithTimeout(tab, time.Minute)
		t.Cleanup(cancel)
		if err := chromedp.Do(tab); err != nil { // the tab lives as long as the context it is opened with
			t.Fatal(err)
		}
		run(t, tab, command(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: int64(width), Height: 844, DeviceScaleFactor: 1, Mobile: width < 700,
		}))
		complain(t, tab)
		run(t, tab, steps...)
		return tab
	}
}

// complain fails the test for whatever the browser's console calls an error:
// a broken policy, a missing file, an exception.
func complain(t *testing.T, tab context.Context) {
	var mu sync.Mutex
	var said []string
	err := chromedp.Listen(tab, func(event any) {
		line := ""
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			line = "exception: " + e.ExceptionDetails.Text
		case *log.EventEntryAdded:
			if e.Entry.Level == log.EntryLevelError && !strings.Contains(e.Entry.Text, "404 (Not Found)") {
				line = e.Entry.Text + " " + e.Entry.URL
			}
		}
		if line != "" {
			mu.Lock()
			defer mu.Unlock()
			said = append(said, line)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		for _, line := range said {
			t.Errorf("the console says: %s", line)
		}
	})
}

func site(t *testing.T) string {
	s := newShelf().fill(30).kin()
	s.setOriginal(idGrassroots, threePages(t))
	s.setOriginal(idCharter, []byte("%PDF-1.7\nbroken"))
	server := httptest.NewServer(serveShelf(t, s, nil))
	t.Cleanup(server.Close)
	return server.URL
}

func run(t *testing.T, tab context.Context, steps ...step) {
	t.Helper()
	for i, step := range steps {
		soon, cancel := context.WithTimeout(tab, 10*time.Second)
		err := chromedp.Do(soon, step)
		cancel()
		if err == nil {
			continue
		}
		at, seen := chromedp.Run(tab, chromedp.Location())
		t.Fatalf("step %d: %v, at %s (%v)", i, err, at, seen)
	}
}

// get is the answer of an action.
func get[T any](t *testing.T, tab context.Context, action chromedp.Action[T]) T {
	t.Helper()
	got, err := chromedp.Run(tab, action)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func text(t *testing.T, tab context.Context, script string) string {
	t.Helper()
	return get(t, tab, chromedp.Evaluate[string](script))
}

// tabTo presses Tab until the element with that id has the focus.
func tabTo(t *testing.T, tab context.Context, id string) {
	t.Helper()
	for range 20 {
		run(t, tab, chromedp.KeyEvent(kb.Tab))
		if text(t, tab, `document.activeElement.id`) == id {
			return
		}
	}
	t.Fatalf("#%s cannot be reached with the keyboard", id)
}

func TestBrowserSearchWithTheKeyboardOnly(t *testing.T) {
	open, url := browser(t), site(t)
	tab := open(1440, chromedp.Navigate(url+"/"))
	tabTo(t, tab, "q")
	run(t, tab, chromedp.KeyEvent("nghi"), chromedp.WaitVisible(chromedp.CSS("#goi-y-2:last-child")))
	for script, want := range map[string]string{
		`document.getElementById("q").getAttribute("aria-expanded")`:                      "true",
		`document.getElementById("goi-y-0").textContent`:                                  "nghị quyết",
		`document.querySelector("#goi-y-0 mark").textContent`:                             "nghị",
		`document.getElementById("q").getAttribute("aria-activedescendant") || "nothing"`: "nothing",
	} {
		if got := text(t, tab, script); got != want {
			t.Errorf("%s is %q, want %q", script, got, want)
		}
	}
	run(t, tab, chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown))
	if got := text(t, tab, `document.getElementById(document.getElementById("q").getAttribute("aria-activedescendant")).textContent`); !strings.HasPrefix(got, "Nghị quyết 21-NQ/TW năm 2022 · ") || !strings.Contains(got, "hiệu lực Nghị quyết tăng cường") {
		t.Errorf("the second suggestion is %q", got)
	}
	run(t, tab, chromedp.KeyEvent(kb.Escape), chromedp.WaitNotVisible(chromedp.CSS("#goi-y")))
	run(t, tab, chromedp.KeyEvent(kb.ArrowDown), chromedp.WaitVisible(chromedp.CSS("#goi-y")), chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Enter),
		chromedp.WaitVisible(chromedp.CSS("article.document")))
	if got := text(t, tab, `location.pathname`); got != "/van-ban/"+string(idGrassroots) {
		t.Errorf("the suggestion led to %s", got)
	}
	run(t, tab, chromedp.Navigate(url+"/"))
	tabTo(t, tab, "q")
	run(t, tab, chromedp.KeyEvent("tổ chức cơ sở"), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS("#ket-qua")))
	if got := text(t, tab, `document.getElementById("ket-qua").textContent`); got != "Tìm thấy 31 văn bản" {
		t.Errorf("the results say %q", got)
	}
}

func TestBrowserWithoutJavaScript(t *testing.T) {
	open, url := browser(t), site(t)
	tab := open(390, command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}), chromedp.Navigate(url+"/"),
		chromedp.SendKeys(chromedp.CSS("#q"), "tổ chức cơ sở"+kb.Enter), chromedp.WaitVisible(chromedp.CSS("#ket-qua")))
	// Filters open, one is chosen, and taken off again.
	run(t, tab,
		chromedp.Click(chromedp.CSS("a.to-filters")), chromedp.WaitVisible(chromedp.CSS("#bo-loc")),
		chromedp.Click(chromedp.CSS(`#bo-loc a[href*="nghi-quyet"]`)), chromedp.WaitVisible(chromedp.CSS("a.chip")))
	if total := get(t, tab, chromedp.TextContent(chromedp.CSS("#ket-qua"))); total != "Tìm thấy 1 văn bản" {
		t.Errorf("with a filter the results say %q", total)
	}
	run(t, tab,
		chromedp.Click(chromedp.CSS("a.chip")), chromedp.WaitNotPresent(chromedp.CSS("a.chip")),
		chromedp.Click(chromedp.CSS(`.pagination a[rel="next"]`)), chromedp.WaitVisible(chromedp.CSS(`.pagination a[rel="prev"]`)))
	// A passage opens the document at its page with the words marked.
	run(t, tab,
		chromedp.Navigate(url+"/?q=t%E1%BB%95+ch%E1%BB%A9c+c%C6%A1+s%E1%BB%9F&kind=nghi-quyet"),
		chromedp.Click(chromedp.CSS(`a.passage[href*="trang=2"]`)), chromedp.WaitVisible(chromedp.CSS("#trang-2")))
	marked, folio := get(t, tab, chromedp.TextContent(chromedp.CSS("#trang-2 mark"))), get(t, tab, chromedp.TextContent(chromedp.CSS(".folio")))
	if marked != "tổ chức cơ sở" || folio != "Trang 2" {
		t.Errorf("page %q has %q marked", folio, marked)
	}
}

func TestBrowserSignInShowsMembersDocuments(t *testing.T) {
	open, url := browser(t), site(t)
	guide := url + "/van-ban/" + string(idGuide)
	tab := open(390, chromedp.Navigate(guide), chromedp.WaitVisible(chromedp.CSS(".failure")),
		chromedp.Click(chromedp.CSS(`.failure a[href^="/dang-nhap"]`)), chromedp.WaitVisible(chromedp.CSS("#ma")),
		chromedp.SendKeys(chromedp.CSS("#ma"), "secret-reader"+kb.Enter), chromedp.WaitVisible(chromedp.CSS("article.document")))
	if got := text(t, tab, `location.href + " " + document.cookie`); got != guide+" " {
		t.Errorf("after signing in at %q", got)
	}
	run(t, tab, chromedp.Click(chromedp.CSS(`form.account button`)), chromedp.WaitVisible(chromedp.CSS(".hero")),
		chromedp.Navigate(guide), chromedp.WaitVisible(chromedp.CSS(".failure")))
}

// On a phone, over a real index: a number of two documents asks which, a slip is
// asked about beside the results, a number that is missing offers those like
// it, and nothing found leads on to something.
func TestBrowserHelpsOn(t *testing.T) {
	open := browser(t)
	l, grassroots, _, control := numberedLibrary(t)
	for i := range 12 { // a word has to stand in several documents to be one
		l.imported(fmt.Sprintf("bao-cao-%d.txt", i), fmt.Sprintf("Báo cáo thứ %d của chi bộ về củng cố, xây dựng tổ chức cơ sở đảng.", i), true)
	}
	page := func(q string) string { return l.url + "/?" + url.Values{"q": {q}}.Encode() }
	said := func(tab context.Context, selector string) string {
		return strings.Join(strings.Fields(get(t, tab, chromedp.TextContent(chromedp.CSS(selector)))), " ")
	}
	tab := open(390, chromedp.Navigate(page("21-NQ/TW")), chromedp.WaitVisible(chromedp.CSS(".choice")))
	if got := said(tab, "#lua-chon"); got != "Có 2 văn bản cùng số 21-NQ/TW. Bạn cần văn bản nào?" {
		t.Errorf("the chooser says %q", got)
	}
	if got := text(t, tab, `[...document.querySelectorAll(".card")].map((card) => card.getBoundingClientRect().right <= innerWidth).join()`); got != "true,true" {
		t.Errorf("the cards fit on the screen: %s", got)
	}
	run(t, tab, chromedp.Click(chromedp.CSS(".card-link")), chromedp.WaitVisible(chromedp.CSS("article.document")))
	if got := text(t, tab, `location.pathname`); got != "/van-ban/"+string(grassroots) {
		t.Errorf("the first card leads to %s", got)
	}

	run(t, tab, chromedp.Navigate(page("22-NQ/TW")), chromedp.WaitVisible(chromedp.CSS(".choice.missing")))
	if got := said(tab, "#lua-chon"); got != "Không có văn bản số 22-NQ/TW trong kho. Các số gần giống – có phải bạn cần một trong các văn bản này?" {
		t.Errorf("a number that is missing says %q", got)
	}

	run(t, tab, chromedp.Navigate(page("tổ chức cơ sở đẳng")), chromedp.WaitVisible(chromedp.CSS(".corrections")))
	if got := said(tab, ".corrections"); got != "Có phải bạn muốn tìm: tổ chức cơ sở đảng" {
		t.Errorf("a slip is answered %q", got)
	}
	if got := said(tab, "#ket-qua"); !strings.HasPrefix(got, "Tìm thấy ") {
		t.Errorf("beside a slip the results say %q", got)
	}

	run(t, tab, chromedp.Navigate(page("xây dựng loại:CT năm:1999")), chromedp.WaitVisible(chromedp.CSS(".tries")),
		chromedp.Click(chromedp.CSS(".tries a")), chromedp.WaitVisible(chromedp.CSS(".hit")))
	if got := said(tab, "#ket-qua"); !strings.HasPrefix(got, "Tìm thấy ") {
		t.Errorf("what was advised says %q", got)
	}
	run(t, tab, chromedp.Navigate(page("zzzz")), chromedp.WaitVisible(chromedp.CSS(".nothing")))
	if got := text(t, tab, `document.querySelector(".nothing .hit a").getAttribute("href")`); got != "/van-ban/"+string(control) {
		t.Errorf("an empty result offers %s first", got)
	}
	run(t, tab, chromedp.Click(chromedp.CSS(`.nothing a[href="/tro-giup"]`)), chromedp.WaitVisible(chromedp.CSS("article.help")))
}
