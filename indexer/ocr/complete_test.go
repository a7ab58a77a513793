package ocr_test

import (
	"context"
	"errors"
	"image"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"vankien/indexer/extract"
	"vankien/storage"
)

// quarter turns a page clockwise by a right angle, as often as told.
func quarter(p *image.Gray, times int) *image.Gray {
	for range times {
		size := p.Rect.Size()
		out := image.NewGray(image.Rect(0, 0, size.Y, size.X))
		for y := range size.Y {
			for x := range size.X {
				out.SetGray(size.Y-1-y, x, p.GrayAt(x, y))
			}
		}
		p = out
	}
	return p
}

// upper is the half of a page that is enough to read.
func upper(p *image.Gray) *image.Gray {
	return p.SubImage(image.Rect(0, 0, p.Rect.Dx(), p.Rect.Dy()/2)).(*image.Gray)
}

func white(width, height int) *image.Gray {
	p := image.NewGray(image.Rect(0, 0, width, height))
	for i := range p.Pix {
		p.Pix[i] = 255
	}
	return p
}

const resolution = "nghi-quyet-05-nq-tu-2026.pdf"

// soak tells that there is time for pages that lie otherwise than others do:
// each is recognised up to five times.
func soak() bool { return os.Getenv("VANKIEN_SOAK") != "" }

// TestCompleteReadsAScan: pages as they come from a scanner, one askew, one on
// its side, one blank; in a soak one upside down, too, as in TestHead.
func TestCompleteReadsAScan(t *testing.T) {
	r := recognizer(t, config())
	original := sample(t, resolution)
	first := upper(page(t, original, 1))
	scans := []*image.Gray{skewed(first, 1.5), quarter(first, 1), white(1654, 2339)}
	if soak() {
		scans = append(scans, quarter(first, 2))
	}
	f := scanned(t, scans...)
	layer := read(t, f)
	if !extract.NeedsOCR(layer) {
		t.Fatalf("it is not taken for a scan: %+v", layer.Pages)
	}
	var done []int
	text, err := r.Complete(t.Context(), f, layer, func(page, pages int) { done = append(done, page, pages) })
	if err != nil {
		t.Fatal(err)
	}
	if n := len(scans); len(done) != 2*n+2 || !slices.Equal(done[:4], []int{0, n, 1, n}) || !slices.Equal(done[2*n:], []int{n, n}) {
		t.Errorf("progress: %v", done)
	}
	printed, printedFolded := words(read(t, original).Pages[0].Text)
	least := len(strings.Fields(read(t, original).Pages[0].Text)) / 3
	for _, p := range slices.Delete(slices.Clone(text.Pages), 2, 3) {
		got, gotFolded := words(p.Text)
		n, all := recall(got, printed)
		nFolded, _ := recall(gotFolded, printedFolded)
		if 100*n < 93*all || 100*nFolded < 98*all || all < least {
			t.Errorf("page %d: %d and %d without accents of %d words:\n%s", p.Number, n, nFolded, all, p.Text)
		}
		if !p.OCR || p.Engine != "tesseract" || p.Score < 0.9 || len(p.Warnings) != 1 || !strings.Contains(p.Warnings[0], "OCR") {
			t.Errorf("page %d: %s, %.3f, %q", p.Number, p.Engine, p.Score, p.Warnings)
		}
		if head := strings.Contains(p.Picture, "NGHỊ QUYẾT"); head != (p.Number <= 2) {
			t.Errorf("the head of page %d: %q", p.Number, p.Picture)
		}
	}
	if p := text.Pages[2]; p.Text != "" || p.OCR || !slices.Equal(p.Warnings, []string{"Trang trắng."}) {
		t.Errorf("the blank page: %+v", p)
	}
	if extract.NeedsOCR(text) {
		t.Error("it still counts as a scan")
	}
	if layer.Pages[0].OCR {
		t.Error("the text that was given was changed")
	}
	drawn := 0
	c := config()
	c.Render = func(ctx context.Context, f extract.File, page int, part extract.Part) (*image.Gray, error) {
		drawn++
		return extract.Render(ctx, f, page, part)
	}
	if _, err := recognizer(t, c).Complete(t.Context(), f, text, nil); err != nil || drawn > 0 {
		t.Errorf("what is complete was drawn %d times again, %v", drawn, err)
	}
}

// TestCompleteKeepsTheBetterText of a layer that has lost its letters and of
// one that is sound.
func TestCompleteKeepsTheBetterText(t *testing.T) {
	r := recognizer(t, config())
	f := sample(t, resolution)
	sound := read(t, f)
	rotten := storage.Text{MediaType: sound.MediaType, Pages: slices.Clone(sound.Pages)}
	rotten.Pages[0].Text = strings.Map(func(letter rune) rune {
		if letter > 0xff {
			return '?'
		}
		return letter
	}, sound.Pages[0].Text)
	rotten.Pages[0].Score = 0.1
	text, err := r.Complete(t.Context(), f, rotten, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := text.Pages[0]
	if !p.OCR || !strings.Contains(p.Text, "NGHỊ QUYẾT") || p.Other == nil || p.Other.Text != rotten.Pages[0].Text || p.Other.OCR {
		t.Errorf("a rotten layer: %+v", p)
	}
	for i, p := range text.Pages[1:] {
		if p.OCR || p.Text != sound.Pages[i+1].Text {
			t.Errorf("page %d was sound: %+v", p.Number, p)
		}
	}
	c := config()
	c.Drawn = func(context.Context, extract.File, int) (bool, error) { return false, nil }
	c.Render = func(context.Context, extract.File, int, extract.Part) (*image.Gray, error) {
		return nil, errors.New("nothing is to be drawn")
	}
	if text, err := recognizer(t, c).Complete(t.Context(), f, sound, nil); err != nil || text.Pages[0].OCR || text.Pages[0].Picture != "" {
		t.Errorf("a sound layer: %+v, %v", text.Pages[0], err)
	}
}

// TestHead: what is drawn in a head that has a text layer, and what stands in
// the head of a scan; in a soak wherever it is up, too.
func TestHead(t *testing.T) {
	r := recognizer(t, config())
	original := sample(t, resolution)
	first := page(t, original, 1)
	files := map[string]extract.File{
		"a text layer":  original,
		"a blank cover": scanned(t, white(1654, 2339), upper(first)),
	}
	if soak() {
		files["upside down"] = scanned(t, quarter(upper(first), 2))
		files["on its side"], files["a whole page upside down"] = scanned(t, quarter(first, 3)), scanned(t, quarter(first, 2))
	}
	for name, f := range files {
		t.Run(name, func(t *testing.T) {
			text, err := r.Head(t.Context(), f, read(t, f))
			if err != nil {
				t.Fatal(err)
			}
			head := text.Pages[0].Picture
			if name == "a blank cover" {
				head = text.Pages[1].Picture
			}
			if !strings.Contains(head, "NGHỊ QUYẾT") || !strings.Contains(head, "NQ/TU") {
				t.Errorf("read %q", head)
			}
		})
	}
}

// TestOtherFilesComeBackAsTheyAre.
func TestOtherFilesComeBackAsTheyAre(t *testing.T) {
	r := recognizer(t, config())
	text := storage.Text{MediaType: "text/plain", Pages: []storage.Page{{Number: 1, Text: "c?m ?n", Score: .1}}}
	for _, complete := range []func() (storage.Text, error){
		func() (storage.Text, error) { return r.Complete(t.Context(), file("a.txt", nil), text, nil) },
		func() (storage.Text, error) { return r.Head(t.Context(), file("a.txt", nil), text) },
	} {
		if got, err := complete(); err != nil || got.Pages[0].Text != "c?m ?n" || got.Pages[0].Picture != "" {
			t.Errorf("%+v, %v", got, err)
		}
	}
}

// TestPagesWait for each other, and a file does not wait for the end of
// another.
func TestPagesWait(t *testing.T) {
	var (
		mutex     sync.Mutex
		now, most int
	)
	c := config()
	c.Render = func(context.Context, extract.File, int, extract.Part) (*image.Gray, error) {
		mutex.Lock()
		now++
		most = max(most, now)
		mutex.Unlock()
		defer func() {
			mutex.Lock()
			now--
			mutex.Unlock()
		}()
		return white(165, 234), nil
	}
	c.Parallel = 2
	r := recognizer(t, c)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			text := unread(1)
			for i := range 20 {
				text.Pages = append(text.Pages, storage.Page{Number: i + 2})
			}
			if text, err := r.Complete(context.Background(), file("a.pdf", nil), text, nil); err != nil || text.Pages[20].Warnings[0] != "Trang trắng." {
				t.Errorf("%+v, %v", text, err)
			}
		})
	}
	group.Wait()
	if most > 2 {
		t.Errorf("%d pages at once", most)
	}
}

// TestAFileThatCannotBeDrawn is given up after some pages.
func TestAFileThatCannotBeDrawn(t *testing.T) {
	tried := 0
	c := config()
	c.Render = func(context.Context, extract.File, int, extract.Part) (*image.Gray, error) {
		tried++
		return nil, &extract.Error{Reason: "hỏng", Err: storage.ErrInvalid}
	}
	r := recognizer(t, c)
	text := unread(1)
	text.Pages[0].Text, text.Pages[0].Score = strings.Repeat("c?m ?n ?ng ", 10), 0.1
	for i := range 100 {
		text.Pages = append(text.Pages, storage.Page{Number: i + 2})
	}
	got, err := r.Complete(t.Context(), file("a.pdf", nil), text, nil)
	if err != nil || tried > 20 {
		t.Errorf("tried %d times, %v", tried, err)
	}
	for _, p := range got.Pages {
		if len(p.Warnings) == 0 || p.Text != text.Pages[p.Number-1].Text {
			t.Fatalf("%+v", p)
		}
	}
}

// TestHeadsThatAreNotRead are marked, by Complete too, until one is read; what
// was read of another page stays for the guard.
func TestHeadsThatAreNotRead(t *testing.T) {
	original := sample(t, resolution)
	first := upper(page(t, original, 1))
	scans := scanned(t, first, first)
	scan := read(t, scans)
	layer := storage.Text{MediaType: scan.MediaType, Pages: []storage.Page{read(t, original).Pages[0], scan.Pages[1]}}
	for name, c := range map[string]struct {
		text   storage.Text
		broken int
		whole  bool // Complete rather than Head
		unseen bool // the page that is broken, then
	}{
		"the head of a text":              {layer, 1, false, true},
		"the second page":                 {layer, 2, false, true},
		"the head of a text, completed":   {layer, 1, true, true},
		"the second page, completed":      {layer, 2, true, true},
		"a mark on what is read":          {storage.Text{MediaType: scan.MediaType, Pages: []storage.Page{extract.MarkUnseen(layer.Pages[0])}}, 0, false, false},
		"a mark on what is completed":     {storage.Text{MediaType: scan.MediaType, Pages: []storage.Page{extract.MarkUnseen(layer.Pages[0])}}, 0, true, false},
		"a mark on a scan that completes": {storage.Text{MediaType: scan.MediaType, Pages: []storage.Page{extract.MarkUnseen(scan.Pages[0])}}, 0, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			config := config()
			config.Render = func(ctx context.Context, f extract.File, page int, part extract.Part) (*image.Gray, error) {
				if page == c.broken {
					return nil, &extract.Error{Reason: "hỏng", Err: storage.ErrInvalid}
				}
				return extract.Render(ctx, f, page, part)
			}
			r := recognizer(t, config)
			var text storage.Text
			var err error
			if c.whole {
				text, err = r.Complete(t.Context(), scans, c.text, nil)
			} else {
				text, err = r.Head(t.Context(), scans, c.text)
			}
			if failed := err != nil; failed != (c.unseen && !c.whole) || errors.Is(err, storage.ErrUnavailable) {
				t.Errorf("error: %v", err)
			}
			for _, p := range text.Pages {
				if broken := p.Number == c.broken; broken != extract.HeadUnseen(p) || broken == strings.Contains(p.Picture, "NGHỊ QUYẾT") {
					t.Errorf("page %d: %q, %q", p.Number, p.Picture, p.Warnings)
				}
			}
		})
	}
}
