package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// memory is what a process has in memory, in bytes; 0 where the system does
// not tell. Pages of files that are mapped, such as the index's, count as well
// and can be taken away at any time; own are the others.
type memory struct{ rss, own, peak int64 }

func (m memory) String() string { return megabytes(m.rss) + " (own " + megabytes(m.own) + ")" }

// memoryOf reads it of a process (Linux).
func memoryOf(pid int) (m memory) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return m
	}
	for lines := bufio.NewScanner(bytes.NewReader(status)); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), ":")
		kilobytes, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64) // 0 for what is none
		switch name {
		case "VmRSS":
			m.rss = kilobytes << 10
		case "RssAnon":
			m.own = kilobytes << 10
		case "VmHWM":
			m.peak = kilobytes << 10
		}
	}
	return m
}

// memoryWatch looks at a process, and at those it starts, for a while.
type memoryWatch struct {
	pid            int
	before         memory
	own, child     int64 // at their peaks, as far as the looks have met them
	stop, finished chan struct{}
}

// watchMemory begins to look; the system's own peak begins anew.
func watchMemory(pid int) *memoryWatch {
	_ = os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", pid), []byte("5"), 0) // where that cannot be, the peak is an earlier one
	w := &memoryWatch{pid: pid, before: memoryOf(pid), stop: make(chan struct{}), finished: make(chan struct{})}
	go func() {
		defer close(w.finished)
		for {
			w.own = max(w.own, memoryOf(pid).own)
			for _, child := range childrenOf(pid) {
				w.child = max(w.child, memoryOf(child).rss)
			}
			select {
			case <-w.stop:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return w
}

// end tells what was seen.
func (w *memoryWatch) end() string {
	close(w.stop)
	<-w.finished
	after := memoryOf(w.pid)
	text := fmt.Sprintf("RSS before %s, at its peak %s (own %s), after %s", w.before, megabytes(after.peak), megabytes(w.own), after)
	if w.child > 0 {
		text += ", of a reader's process at its peak " + megabytes(w.child)
	}
	return text
}

func childrenOf(pid int) (children []int) {
	list, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	if err != nil {
		return nil
	}
	for field := range strings.FieldsSeq(string(list)) {
		if child, err := strconv.Atoi(field); err == nil {
			children = append(children, child)
		}
	}
	return children
}

// peakOf is the most memory a process that has ended had.
func peakOf(state *os.ProcessState) int64 {
	if usage, ok := state.SysUsage().(*syscall.Rusage); ok {
		return usage.Maxrss << 10 // Linux counts in KiB
	}
	return 0
}

func sizeOf(t testing.TB, folder string) (size int64) {
	t.Helper()
	err := filepath.WalkDir(folder, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return size
}

func megabytes(n int64) string { return fmt.Sprintf("%d MB", (n+500_000)/1_000_000) }

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }
