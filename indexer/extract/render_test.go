package extract

import (
	"bytes"
	"context"
	"errors"
	"image"
	"testing"

	"vankien/storage"
)

// TestRender draws pages in this process and in one of their own.
func TestRender(t *testing.T) {
	stamp := [2]string{"/Rect[100 700 200 720]", "0 0 100 20 re f"}
	page := annotated("300 100 50 50 re f", stamp)
	child := testChild(ChildConfig{})
	for name, draw := range map[string]Renderer{"function": Render, "process": child.Render} {
		t.Run(name, func(t *testing.T) {
			whole := drawn(t, draw, page, 1, WholePage)
			if size := whole.Bounds().Size(); size.X != 1666 || size.Y != 2222 { // 600 × 800 points at 200 dots an inch
				t.Errorf("the page has %v pixels", size)
			}
			head := drawn(t, draw, page, 1, PageHead)
			if size := head.Bounds().Size(); size.X != 1666 || size.Y != 1000 {
				t.Errorf("its head has %v pixels", size)
			}
			if !bytes.Equal(head.Pix, whole.Pix[:len(head.Pix)]) {
				t.Error("its head is not the head of the page")
			}
			const inch = 200.0 / 72
			for _, p := range []struct {
				what string
				x, y float64 // points from above
				want uint8
			}{{"paper", 50, 50, 255}, {"a shape", 325, 675, 0}, {"an annotation", 150, 90, 0}} {
				if got := whole.GrayAt(int(p.x*inch), int(p.y*inch)).Y; got != p.want {
					t.Errorf("%s is %d", p.what, got)
				}
			}
		})
	}
}

func drawn(t *testing.T, draw Renderer, data []byte, page int, part Part) *image.Gray {
	t.Helper()
	picture, err := draw(t.Context(), File{Name: "a", Size: int64(len(data)), ReaderAt: bytes.NewReader(data)}, page, part)
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

func TestRenderRefuses(t *testing.T) {
	page := pdfFile(readable)
	huge := bytes.ReplaceAll(page, []byte("[0 0 600 800]"), []byte("[0 0 6e4 8e4]"))
	flat := bytes.ReplaceAll(page, []byte("[0 0 600 800]"), []byte("[0 0 1e9 0.1]"))
	tests := []struct {
		name string
		data []byte
		page int
		want error
	}{
		{"a page", page, 1, nil},
		{"a page of 21 metres", huge, 1, nil},
		{"a thread", flat, 1, nil},
		{"page 0", page, 0, storage.ErrInvalid},
		{"a page too many", page, 2, storage.ErrInvalid},
		{"half a file", page[:len(page)/2], 1, storage.ErrInvalid},
		{"nothing", nil, 1, storage.ErrInvalid},
		{"a text", []byte("Nghị quyết"), 1, storage.ErrUnsupported},
		{"a password", bytes.Replace(page, []byte("<</Size"), []byte("<</Encrypt<</Filter/Standard/V 5/R 6/Length 256>>/Size"), 1), 1, storage.ErrEncrypted},
	}
	child := testChild(ChildConfig{})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for name, draw := range map[string]Renderer{"function": Render, "process": child.Render} {
				picture, err := draw(t.Context(), File{Name: "a", Size: int64(len(test.data)), ReaderAt: bytes.NewReader(test.data)}, test.page, WholePage)
				var refused *Error
				switch {
				case !errors.Is(err, test.want), test.want != nil && (!errors.As(err, &refused) || refused.Reason == ""):
					t.Errorf("%s: %v, want %v", name, err, test.want)
				case err == nil && len(picture.Pix) > 40_000_000:
					t.Errorf("%s: %d pixels", name, len(picture.Pix))
				}
			}
		})
	}
}

// leavingReader has the head of a PDF and then fails.
type leavingReader struct{ err error }

func (l leavingReader) ReadAt(p []byte, off int64) (int, error) {
	if off > 0 {
		return 0, l.err
	}
	return copy(p, "%PDF-1.7\n"+string(make([]byte, len(p)))), nil
}

// TestRenderOfABrokenReader: a store that goes away is no fault of the file.
func TestRenderOfABrokenReader(t *testing.T) {
	broken := errors.New("gone")
	f := File{Name: "a", Size: 1 << 20, ReaderAt: leavingReader{broken}}
	if _, err := Render(t.Context(), f, 1, WholePage); !errors.Is(err, broken) || errors.As(err, new(*Error)) {
		t.Errorf("drawn: %v", err)
	}
	if _, err := Drawn(t.Context(), f, 1); !errors.Is(err, broken) || errors.As(err, new(*Error)) {
		t.Errorf("looked at: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	page := pdfFile(readable)
	if _, err := Render(ended, File{Size: int64(len(page)), ReaderAt: bytes.NewReader(page)}, 1, WholePage); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
