package confine

// FirstBytes keeps the first bytes that are written to it, Most at most; Over tells
// whether there were more. The rest is taken and dropped: what a process says
// first is what was wrong.
type FirstBytes struct {
	Most int
	Kept []byte
	Over bool
}

// Write implements io.Writer; it never fails.
func (b *FirstBytes) Write(p []byte) (int, error) {
	room := min(len(p), b.Most-len(b.Kept))
	b.Kept = append(b.Kept, p[:room]...)
	b.Over = b.Over || room < len(p)
	return len(p), nil
}
