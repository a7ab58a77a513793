//go:build !linux

package confine

import (
	"fmt"
	"os/exec"
	"syscall"
)

// Isolate leaves the process as it is: it ends by its own limit of time or with
// its work, should the parent die.
func Isolate(*exec.Cmd) {}

// Limit does nothing where the limits of Linux are not known: the parent's
// limit of time holds, and the collector's limit of memory.
func Limit(_, _ uint64) error { return nil }

// Again does nothing where there is no Landlock.
func Again(...string) error { return nil }

// Landlock is 0: there is none.
func Landlock() int { return 0 }

// Shield does nothing where nobody knows how.
func Shield() error { return nil }

// Become replaces the process by another program, without bounds.
func Become(_, _ uint64, _ int, _ []string, program string, args, environment []string) error {
	return fmt.Errorf("starting %s: %w", program, syscall.Exec(program, args, environment))
}
