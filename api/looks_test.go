package api

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

var screens = flag.String("screens", "", "write screenshots of the pages to this directory")

// pagesOfTheSite are what the checks of looks go through.
var pagesOfTheSite = map[string]string{
	"home":     "/",
	"results":  "/?q=t%E1%BB%95+ch%E1%BB%A9c+c%C6%A1+s%E1%BB%9F&validity=unverified",
	"filters":  "/?q=t%E1%BB%95+ch%E1%BB%A9c+c%C6%A1+s%E1%BB%9F#bo-loc",
	"chooser":  "/?q=nq+21",
	"spelling": "/?q=chi+b%E1%BB%99",
	"nearest":  "/?q=22-NQ/TW",
	"nothing":  "/?q=sinh+ho%E1%BA%A1t+chi+b%E1%BB%99+n%C3%B4ng+th%C3%B4n&kind=nghi-quyet",
	"help":     "/tro-giup",
	"empty":    "/?q=" + strings.Repeat("ng%E1%BB%8B-quy%E1%BA%BFt-", 12) + "&kind=nghi-quyet",
	"document": "/van-ban/" + string(idGrassroots) + "?trang=2&q=to+chuc+co+so#trang-2",
	"viewer":   "/van-ban/" + string(idGrassroots) + "/ban-goc?trang=2",
	"replaced": "/van-ban/" + string(idCharter),
	"kin":      "/van-ban/" + string(idPlan),
	"cited":    "/van-ban/" + string(idSubject),
	"signin":   "/dang-nhap",
	"missing":  "/van-ban/" + string(idGuide),
	"last":     "/?q=t%E1%BB%95+ch%E1%BB%A9c&page=3",
}

func TestBrowserLooks(t *testing.T) {
	open, url := browser(t), site(t)
	for scheme, widths := range map[string][]int{"light": {320, 390, 1440}, "dark": {390, 1440}} {
		for _, width := range widths {
			dressed := command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
			tab := open(width, dressed)
			for name, path := range pagesOfTheSite {
				run(t, tab, chromedp.Navigate(url+path), chromedp.WaitReady(chromedp.CSS("main")))
				get(t, tab, chromedp.Evaluate[bool](`document.fonts.ready.then(() => true)`, chromedp.EvalAwaitPromise))
				for _, fault := range get(t, tab, chromedp.Evaluate[[]string](looks)) {
					t.Errorf("%s, %d px, %s: %s", name, width, scheme, fault)
				}
				screenshot(t, tab, fmt.Sprintf("%s-%d-%s.png", name, width, scheme))
			}
		}
	}
}

func screenshot(t *testing.T, tab context.Context, name string) {
	if *screens == "" {
		return
	}
	picture := get(t, tab, chromedp.FullScreenshot(100))
	if err := os.WriteFile(filepath.Join(*screens, name), picture, 0o644); err != nil {
		t.Fatal(err)
	}
}

// looks lists what is wrong with the page that is shown: scrolling sideways,
// text without contrast (WCAG AA), fields without a label, small targets.
const looks = `(() => {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) faults.push("scrolls sideways: " + root.scrollWidth + " > " + innerWidth);
  if (root.lang !== "vi") faults.push("lang is " + root.lang);
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
  if (!document.fonts.check('18px "Be Vietnam Pro"', "ữ")) faults.push("the font is not loaded");
  const name = (e) => e.tagName + "." + e.className + " " + (e.textContent || "").trim().slice(0, 30);
  const rgba = (s) => { const n = s.match(/[\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
  const over = (a, b) => [0, 1, 2].map((i) => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
  const light = (c) => [0.2126, 0.7152, 0.0722].reduce((sum, w, i) => {
    const v = c[i] / 255;
    return sum + w * (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  }, 0);
  const behind = (e) => {
    const layers = [];
    for (; e; e = e.parentElement) {
      layers.push(rgba(getComputedStyle(e).backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reduceRight((below, layer) => over(layer, below), [255, 255, 255, 1]);
  };
  const shown = (e) => e.checkVisibility() && !e.closest(".unseen, .off, .textLayer") && e.getBoundingClientRect().width > 1;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !shown(e)) continue;
    const style = getComputedStyle(e), paper = behind(e), ink = over(rgba(style.color), paper);
    const [a, b] = [light(ink), light(paper)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) faults.push("contrast " + ratio.toFixed(2) + ": " + name(e));
    if (parseFloat(style.fontSize) < 15) faults.push("small type " + style.fontSize + ": " + name(e));
  }
  for (const e of document.querySelectorAll("input:not([type=hidden])"))
    if (!e.labels.length && !e.ariaLabel) faults.push("no label: " + e.name);
  for (const e of document.querySelectorAll("a, button, input:not([type=hidden]), summary")) {
    if (!shown(e) || e.matches(".skip") || getComputedStyle(e).display === "inline") continue;
    const box = e.getBoundingClientRect();
    if (box.height < 44 && !e.closest("p, dd, h3, .corrections")) faults.push("target of " + box.height.toFixed(0) + " px: " + name(e));
  }
  if (parseFloat(getComputedStyle(document.body).fontSize) < 17) faults.push("body type is " + getComputedStyle(document.body).fontSize);
  return faults;
})()`
