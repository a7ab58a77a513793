package ocr

import (
	"crypto/sha256"
	"image"
	"sync"
)

// What hangs without using the processor looks like what never gets its turn on a
// busy machine, and is tried again; but not for ever, else one page would hold up
// its document and all behind it. The count lives as long as the Recognizer: the
// next start tries the page once more, as any that failed.
const (
	stillAtMost = 3
	stillKnown  = 1000 // pictures that are counted
)

// still counts how often recognition has stood still, by picture.
type still struct {
	mu    sync.Mutex
	times map[[sha256.Size]byte]int
}

// again counts once more and returns how often it was.
func (s *still) again(picture *image.Gray) int {
	hash := sha256.New()
	size := picture.Rect.Size()
	for y := range size.Y {
		hash.Write(picture.Pix[y*picture.Stride:][:size.X])
	}
	key := [sha256.Size]byte(hash.Sum(nil))
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.times == nil || len(s.times) >= stillKnown {
		s.times = make(map[[sha256.Size]byte]int)
	}
	s.times[key]++
	return s.times[key]
}
