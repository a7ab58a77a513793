package pdfium

import "github.com/tetratelabs/wazero/experimental"

// What the engine of one document may hold: half of what a reading process has,
// in which Go's own heap has to find a place, too, and the compiler where it had
// to run in this process.
const (
	maxMemory  = 512 << 20
	coldMemory = 256 << 20
)

// memory is the engine's, all of it reserved at once: the system gives it only
// as it is touched, and growing by copies would need twice as much. The engine
// itself would go up to 2 GiB, and takes no for an answer.
type memory struct{ bytes []byte }

func allocate(_, _ uint64) experimental.LinearMemory {
	if Cold() {
		return &memory{reserve(coldMemory)}
	}
	return &memory{reserve(maxMemory)}
}

// Reallocate implements experimental.LinearMemory.
func (m *memory) Reallocate(size uint64) []byte {
	if size > uint64(len(m.bytes)) {
		return nil
	}
	return m.bytes[:size]
}

// Free implements experimental.LinearMemory.
func (m *memory) Free() {
	release(m.bytes)
	m.bytes = nil
}
