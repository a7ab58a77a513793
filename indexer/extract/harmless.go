package extract

// harmlessSize bounds what Harmless looks at.
const harmlessSize = 1 << 20

// Harmless tells whether a file is a short plain text. There is nothing in it
// that could harm whoever reads it, and starting a process for it would cost a
// hundred times the reading.
func Harmless(f File) bool {
	if f.Size > harmlessSize {
		return false
	}
	media, err := detect(f)
	return err == nil && media == mediaText
}
