// Package confine bounds what a process that handles strangers' files may take:
// memory, processor time, files, and its life, which ends with that of the
// process that started it. Only Linux enforces all of it.
package confine
