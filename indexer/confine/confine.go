// Package confine bounds what a process that handles strangers' files may take:
// memory, processor time, files, and its life, which ends with that of the
// process that started it. Only Linux enforces all of it, what concerns files
// where it has Landlock (5.13 and later, unless switched off).
package confine
