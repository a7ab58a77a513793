package api

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"vankien/storage"
)

// until waits for a script to be true; the tab's own deadline ends it. A page
// that is left while it is asked has no answer: the next one is asked.
func until(t *testing.T, tab context.Context, script string) {
	t.Helper()
	for {
		holds, err := chromedp.Run(tab, chromedp.Evaluate[bool](`!!(`+script+`)`))
		switch {
		case holds:
			return
		case tab.Err() != nil:
			t.Fatalf("%s: %v", script, err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// shown waits until the viewer says that a page is drawn, and reads what is on
// the screen.
func shown(t *testing.T, tab context.Context, said string) (place, words string) {
	t.Helper()
	until(t, tab, `document.getElementById("tinh-trang")?.textContent === "`+said+`" && document.querySelector(".textLayer")?.childElementCount > 0`)
	if dark := get(t, tab, chromedp.Evaluate[int](darkPixels)); dark < 500 {
		t.Errorf("%s: %d dark pixels are no page of text", said, dark)
	}
	return text(t, tab, `document.getElementById("vi-tri").textContent`), text(t, tab, `document.querySelector(".textLayer").textContent`)
}

const darkPixels = `(() => {
  const canvas = document.querySelector(".leaf canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let dark = 0;
  for (let i = 0; i < data.length; i += 4) dark += data[i] < 100;
  return dark;
})()`

// The third page of the sample that stands in for the resolution's original.
const thirdPage = "Tổ chức thực hiện"

func TestBrowserOpensTheOriginalOfAHitAtItsPage(t *testing.T) {
	open, url := browser(t), site(t)
	tab := open(390, chromedp.Navigate(url+"/?q=sinh+ho%E1%BA%A1t+chi+b%E1%BB%99"), chromedp.Click(chromedp.CSS(`a.to-original[href*="trang=3"]`)))
	if place, words := shown(t, tab, "Trang 3, vừa màn hình"); place != "3 / 3" || !strings.Contains(words, thirdPage) {
		t.Errorf("at %s: %.80s", place, words)
	}
	if fault := text(t, tab, `document.documentElement.scrollWidth > innerWidth ? "scrolls sideways" : ""`); fault != "" {
		t.Error(fault)
	}
	// Turned by the buttons, without loading anew, and the address keeps the page.
	run(t, tab, chromedp.Evaluate[chromedp.Void](`window.same = true`), chromedp.Click(chromedp.CSS(`.step[rel="prev"]`)))
	if place, words := shown(t, tab, "Trang 2, vừa màn hình"); place != "2 / 3" || strings.Contains(words, thirdPage) {
		t.Errorf("at %s: %.80s", place, words)
	}
	if got := text(t, tab, `window.same + " " + new URL(location.href).searchParams.get("trang") + " " + document.getElementById("tep").href.split("#")[1]`); got != "true 2 page=2" {
		t.Errorf("after turning: %s", got)
	}
	// The way back leads to the text of the page that is shown.
	run(t, tab, chromedp.Click(chromedp.CSS("#phan-chu")), chromedp.WaitVisible(chromedp.CSS("#trang-2")), chromedp.Click(chromedp.CSS("a.primary")))
	shown(t, tab, "Trang 2, vừa màn hình")
}

func TestBrowserTurnsAndZoomsTheOriginal(t *testing.T) {
	open, url := browser(t), site(t)
	tab := open(1440, chromedp.Navigate(url+"/van-ban/"+string(idGrassroots)+"/ban-goc?trang=99"))
	shown(t, tab, "Trang 3, vừa màn hình")
	run(t, tab, chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowLeft), chromedp.KeyEvent(kb.ArrowLeft))
	shown(t, tab, "Trang 1, vừa màn hình")
	before := get(t, tab, chromedp.Evaluate[float64](`document.querySelector(".leaf canvas").width`))
	run(t, tab, chromedp.Click(chromedp.CSS("#phong-to")), chromedp.Click(chromedp.CSS("#phong-to")))
	shown(t, tab, "Trang 1, cỡ 150%")
	if now := get(t, tab, chromedp.Evaluate[float64](`document.querySelector(".leaf canvas").width`)); now < before*1.4 {
		t.Errorf("zoomed from %.0f to %.0f pixels", before, now)
	}
	run(t, tab, chromedp.Click(chromedp.CSS("#thu-nho")), chromedp.Click(chromedp.CSS("#thu-nho")))
	shown(t, tab, "Trang 1, vừa màn hình")
	// A phone that is turned shows the page as wide as it now can.
	run(t, tab, command(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 390, Height: 844, DeviceScaleFactor: 2, Mobile: true}))
	until(t, tab, `document.querySelector(".leaf canvas").width === 780`)
	shown(t, tab, "Trang 1, vừa màn hình")
}

func TestBrowserShowsTheOriginalWithoutJavaScript(t *testing.T) {
	open, url := browser(t), site(t)
	tab := open(390, command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}),
		chromedp.Navigate(url+"/van-ban/"+string(idGrassroots)+"/ban-goc?trang=2"), chromedp.WaitVisible(chromedp.CSS(`#tep[href$="/original#page=2"]`)),
		chromedp.WaitNotVisible(chromedp.CSS("#to")), chromedp.WaitNotVisible(chromedp.CSS(".zoom")),
		chromedp.Click(chromedp.CSS(`.step[rel="next"]`)), chromedp.WaitVisible(chromedp.CSS(`#tep[href$="/original#page=3"]`)))
	if got := get(t, tab, chromedp.TextContent(chromedp.CSS("#tep"))); got != "Mở tệp PDF ở trang 3" {
		t.Errorf("the link says %q", got)
	}
	run(t, tab, chromedp.Click(chromedp.CSS("#phan-chu")), chromedp.WaitVisible(chromedp.CSS("#trang-3")))
}

// A broken file leaves the ways on, and says so.
func TestBrowserSaysThatAnOriginalIsBroken(t *testing.T) {
	open, url := browser(t), site(t)
	tab := open(390, chromedp.Navigate(url+"/van-ban/"+string(idCharter)+"/ban-goc"))
	until(t, tab, `document.getElementById("tinh-trang")?.textContent.startsWith("Không mở được bản gốc; tệp bị hỏng.")`)
	run(t, tab, chromedp.WaitVisible(chromedp.CSS("#tep")), chromedp.WaitNotVisible(chromedp.CSS("#to")))
}

// A phone does not fetch all of a book for one page of it, nor piece by piece.
func TestBrowserFetchesOnlyWhatAPageNeeds(t *testing.T) {
	open, s := browser(t), newShelf()
	const pages = 300
	body := book(pages)
	s.setOriginal(idGrassroots, body)
	record := s.records[idGrassroots]
	record.Reading.Pages = pages
	s.records[idGrassroots] = record
	h := serveShelf(t, s, nil)
	var requests, sent atomic.Int64
	var down atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if down.Load() {
			http.NotFound(w, r)
			return
		}
		counted := &counter{ResponseWriter: w}
		h.ServeHTTP(counted, r)
		if strings.HasSuffix(r.URL.Path, "/original") {
			requests.Add(1)
			sent.Add(counted.bytes)
		}
	}))
	t.Cleanup(server.Close)
	tab := open(390, chromedp.Navigate(server.URL+"/van-ban/"+string(idGrassroots)+"/ban-goc?trang=150"))
	if place, words := shown(t, tab, "Trang 150, vừa màn hình"); place != "150 / 300" || words != "Leaf 150" {
		t.Errorf("at %s: %.80s", place, words)
	}
	t.Logf("%d of %d bytes in %d requests", sent.Load(), len(body), requests.Load())
	if sent.Load() > int64(len(body))/4 || requests.Load() > 40 {
		t.Errorf("fetched %d of %d bytes in %d requests", sent.Load(), len(body), requests.Load())
	}
	// Where the server fails for good the page says so and still leads on.
	down.Store(true)
	run(t, tab, chromedp.Click(chromedp.CSS(`.step[rel="next"]`)))
	until(t, tab, `document.getElementById("tinh-trang").textContent.startsWith("Không mở được bản gốc; không tải được tệp.")`)
}

type counter struct {
	http.ResponseWriter
	bytes int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.ResponseWriter.Write(p)
	c.bytes += int64(n)
	return n, err
}

func (c *counter) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// Members' originals need the cookie on every request of the script.
func TestBrowserOpensMembersOriginals(t *testing.T) {
	open := browser(t)
	s := newShelf()
	s.setOriginal(idGuide, threePages(t))
	server := httptest.NewServer(serveShelf(t, s, nil))
	t.Cleanup(server.Close)
	viewer := server.URL + "/van-ban/" + string(idGuide) + "/ban-goc?trang=1"
	tab := open(390, chromedp.Navigate(viewer), chromedp.Click(chromedp.CSS(`.failure a[href^="/dang-nhap"]`)),
		chromedp.SendKeys(chromedp.CSS("#ma"), "secret-"+string(storage.RoleReader)+kb.Enter), chromedp.WaitVisible(chromedp.CSS(".viewer")))
	shown(t, tab, "Trang 1, vừa màn hình")
}
