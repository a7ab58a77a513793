package confine

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// Isolate puts the process in a group of its own, which a cancel kills as a
// whole, and has it die with the thread that starts it.
func Isolate(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error {
		if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL); err != syscall.ESRCH {
			return err
		}
		return os.ErrProcessDone
	}
}

// Limit bounds what the process may take from now on: memory in bytes beyond
// what it holds, processor time in seconds.
//
// Memory is what is private and writable (RLIMIT_DATA). The address space says
// nothing of a Go program, which reserves 1.5 GB of it at once.
func Limit(memory, seconds uint64) error { return limit(held()+memory, seconds) }

// heldBefore is by what Again tells the process how much it held then: it cannot
// look itself any more.
const heldBefore = "VANKIEN_HELD"

// Again starts this program once more in place of the process, with the same
// arguments and environment, open files and standard streams, where it can open
// nothing for writing and, for reading, nothing but itself and the files and
// folders given; nor can it reach TCP, other processes or more rights. It returns
// only with an error. What Isolate has set up holds for it, too. Nothing has to be
// known of the threads that run now: they end.
func Again(read ...string) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0); err != nil {
		return fmt.Errorf("signal at the parent's death: %w", err)
	}
	expendable()
	environment := append(os.Environ(), fmt.Sprintf("%s=%d", heldBefore, held()))
	if err := restrict(append(itself(), read...)); err != nil {
		return err
	}
	return fmt.Errorf("starting once more: %w", syscall.Exec("/proc/self/exe", os.Args, environment))
}

// Shield keeps other processes of the same user, unless they are root's, from
// looking into this one: its environment may hold the keys of a bucket. What it
// dumps when it crashes would hold them, too: it dumps nothing.
func Shield() error { return unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0) }

// Become replaces the process by another program, bounded like Limit does but
// for memory, which is all that the program may have, and behind every other
// process in the queue for the processor (niceness, 0–19). It may open nothing for
// writing and, for reading, the files and folders given. It
// returns only with an error. What Isolate has set up holds for the program too.
func Become(memory, seconds uint64, niceness int, read []string, program string, args, environment []string) error {
	// Niceness and the signal at the parent's death belong to a thread; the one
	// that calls exec is the one that stays.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0); err != nil {
		return fmt.Errorf("signal at the parent's death: %w", err)
	}
	if err := unix.Setpriority(unix.PRIO_PROCESS, 0, niceness); err != nil {
		return fmt.Errorf("niceness: %w", err)
	}
	if err := limit(memory, seconds); err != nil {
		return err
	}
	if err := restrict(read); err != nil {
		return err
	}
	return fmt.Errorf("starting %s: %w", program, syscall.Exec(program, args, environment))
}

// limit bounds the data of the process, and all else.
func limit(data, seconds uint64) error {
	expendable()
	for _, l := range []struct {
		resource int
		max      uint64
	}{
		{syscall.RLIMIT_CORE, 0},
		{syscall.RLIMIT_FSIZE, 0},
		{syscall.RLIMIT_CPU, seconds},
		{syscall.RLIMIT_DATA, data},
	} {
		if err := lower(l.resource, l.max); err != nil {
			return fmt.Errorf("resource limit %d: %w", l.resource, err)
		}
	}
	return nil
}

// expendable has the process go first, should the machine run out of memory. Not
// everywhere can that be said, and nothing depends on it.
func expendable() { _ = os.WriteFile("/proc/self/oom_score_adj", []byte("1000"), 0) }

// lower sets a limit, unless a stricter one is in force already.
func lower(resource int, limit uint64) error {
	var l syscall.Rlimit
	if err := syscall.Getrlimit(resource, &l); err != nil {
		return err
	}
	l.Max = min(l.Max, limit)
	l.Cur = min(l.Cur, l.Max)
	return syscall.Setrlimit(resource, &l)
}

// held is how many bytes of data the process has: some 100 MB, with the race
// detector 400. Without /proc it counts as nothing, which makes the limit the
// stricter. Behind Again it is what the process held before that.
func held() uint64 {
	if told, err := strconv.ParseUint(os.Getenv(heldBefore), 10, 64); err == nil {
		if err := os.Unsetenv(heldBefore); err == nil {
			return told
		}
	}
	var pages, skipped uint64
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	// size resident shared text lib data (proc_pid_statm(5))
	if _, err := fmt.Sscan(strings.TrimSpace(string(text)), &skipped, &skipped, &skipped, &skipped, &skipped, &pages); err != nil {
		return 0
	}
	return pages * uint64(os.Getpagesize())
}
