//go:build !linux

package bleveindex

// forget leaves it to the system which pages of a mapping stay in memory.
func forget([]byte) error { return nil }
