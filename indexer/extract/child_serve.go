package extract

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"syscall"

	"vankien/indexer/confine"
	"vankien/indexer/extract/pdfium"
	"vankien/storage"
)

const (
	childThreads = 2        // that run Go code at once: a server has other things to do
	childStack   = 64 << 20 // bytes of one goroutine's; what nests deeper than that is hostile

	originalDescriptor = 3 // the first of exec.Cmd.ExtraFiles
)

// ServeChild is the other side of a Child: what its Command has to run, with
// its standard streams. It reads the one original that it has inherited as
// descriptor 3, and returns.
//
// It first limits the whole process, for good: memory, processor time, no core
// dump, no byte written to any file, no file opened but the program's own and
// those of Cache, and signals to stop are left to the parent. So nothing else may
// run in the process, which may be started once more for that before it looks at
// its standard input.
//
// An error that is returned has not been told to the parent; one that wraps
// storage.ErrInvalid says that there is no parent on the other side.
func ServeChild(stdin io.Reader, stdout io.Writer) error {
	if err := confined(); err != nil {
		return err
	}
	var r request
	if err := json.NewDecoder(io.LimitReader(stdin, maxRequest)).Decode(&r); err != nil {
		return fmt.Errorf("%w: no request: %w", storage.ErrInvalid, err)
	}
	if r.Task == taskWarm {
		return r.warm()
	}
	if err := r.begin(stdout); err != nil {
		return err
	}
	if r.Cache != "" {
		// Where there is none yet, the answer says so.
		_ = pdfium.UseCache(r.Cache)
	}
	a := r.perform(stdout)
	a.cold = pdfium.Cold()
	return send(stdout, a)
}

// confineTo is by what a Child asks a process to confine itself, and tells which
// folder it may read: that of the machine code.
const confineTo = "VANKIEN_CONFINE_TO"

// confined returns once the process is confined, or nobody has asked for it.
func confined() error {
	cache, asked := os.LookupEnv(confineTo)
	if !asked {
		return nil
	}
	if err := os.Unsetenv(confineTo); err != nil {
		return err
	}
	var read []string
	if cache != "" {
		read = append(read, cache)
	}
	return confine.Again(read...)
}

// perform does what is asked.
func (r request) perform(stdout io.Writer) (a answer) {
	f := File{Size: r.Size, Pages: r.Pages, ReaderAt: os.NewFile(originalDescriptor, "original")}
	ctx := context.Background()
	switch r.Task {
	case taskDraw:
		a.picture, a.err = Render(ctx, f, r.Page, r.Part)
	case taskLook:
		a.drawn, a.err = Drawn(ctx, f, r.Page)
	default:
		told := false
		ctx = context.WithValue(ctx, pagesKey{}, func(pages int) {
			if !told { // pdfium may count them again
				_ = json.NewEncoder(stdout).Encode(head{Reading: pages}) // should that fail, so does the answer
			}
			told = true
		})
		a.text, a.err = Read(ctx, f)
	}
	return a
}

// warm fills the cache. It sees no file, so it may write.
func (r request) warm() error {
	if err := pdfium.Folder(r.Cache); err != nil {
		return err
	}
	if err := pdfium.UseCache(r.Cache); err != nil {
		return err
	}
	return pdfium.Warm(context.Background())
}

// begin limits the process and greets.
func (r request) begin(stdout io.Writer) error {
	if r.Memory <= 0 || r.Seconds <= 0 {
		return fmt.Errorf("%w: request without limits", storage.ErrInvalid)
	}
	signal.Ignore(os.Interrupt, syscall.SIGTERM) // a service manager sends them to all of a service's processes
	runtime.GOMAXPROCS(childThreads)
	debug.SetMaxStack(childStack)
	debug.SetMemoryLimit(r.Memory / 4 * 3) // collect garbage in earnest before the system refuses
	if err := confine.Limit(uint64(r.Memory), uint64(r.Seconds)*childThreads); err != nil {
		return fmt.Errorf("limiting the reader: %w", err)
	}
	return json.NewEncoder(stdout).Encode(greeting{Reader: Version})
}
