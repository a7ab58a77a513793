package pdfium

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"

	pdfium "github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/experimental"
)

// compiled is the machine code of the engine, made once for the process.
var compiled struct {
	sync.Mutex
	folder string // "" where nothing is kept
	cache  wazero.CompilationCache
	cold   bool
}

// UseCache has the machine code of the engine looked for, and kept, in a folder
// that is this user's alone (Folder makes one): what stands in it is executed.
// It is for the whole process and has to be called before the first Open,
// else the engine is compiled in each process, which takes seconds.
func UseCache(folder string) error {
	if err := private(folder); err != nil {
		return err
	}
	compiled.Lock()
	defer compiled.Unlock()
	if compiled.cache != nil {
		return errors.New("pdfium: the engine is compiled already")
	}
	compiled.folder = folder
	return nil
}

// Cold tells whether this process had to compile the engine and could not keep
// the result: Warm, in a process that may write, spares the next one that.
func Cold() bool {
	compiled.Lock()
	defer compiled.Unlock()
	return compiled.cold
}

// Warm sees to it that the folder of UseCache holds the machine code: what is
// damaged there is replaced, and what other versions have left is removed.
func Warm(ctx context.Context) error {
	folder := compiled.folder
	if err := sweep(folder); err != nil {
		return err
	}
	before, err := machineCode(folder)
	if err != nil {
		return err
	}
	err = keep(ctx, folder)
	if err != nil && len(before) > 0 { // what is there is of no use, and in the way
		if err := remove(before); err != nil {
			return err
		}
		before, err = nil, keep(ctx, folder)
	}
	if err != nil {
		return fmt.Errorf("pdfium: the machine code could not be kept: %w", err)
	}
	if now, err := machineCode(folder); err != nil || len(now) == len(before) {
		return err
	}
	return remove(before) // another version's
}

// keep starts the engine once from the folder, where its machine code stands then.
func keep(ctx context.Context, folder string) error {
	cache, err := wazero.NewCompilationCacheWithDir(folder)
	if err != nil {
		return err
	}
	pool, err := start(ctx, cache)
	if err == nil {
		err = pool.Close()
	}
	return errors.Join(err, cache.Close(ctx))
}

// compile returns a pool for one document.
func compile(ctx context.Context) (pdfium.Pool, error) {
	compiled.Lock()
	defer compiled.Unlock()
	if compiled.cache != nil {
		return start(ctx, compiled.cache)
	}
	compiled.cold = true
	if compiled.folder != "" {
		if cache, err := wazero.NewCompilationCacheWithDir(compiled.folder); err == nil {
			pool, err := start(ctx, cache)
			compiled.cold = err != nil
			if err != nil {
				// Compiled, but not kept: this process may not write. The second
				// time it is found in memory.
				pool, err = start(ctx, cache)
			}
			if err == nil {
				compiled.cache = cache
				return pool, nil
			}
		}
	}
	cache := wazero.NewCompilationCache()
	pool, err := start(ctx, cache)
	if err == nil {
		compiled.cache = cache
	}
	return pool, err
}

// start makes a pool that mounts nothing, prints nothing and knows no chance.
func start(ctx context.Context, cache wazero.CompilationCache) (pdfium.Pool, error) {
	config := wazero.NewRuntimeConfig().
		WithCompilationCache(cache).
		WithDebugInfoEnabled(false) // WithCloseOnContextDone would make all of it five times slower
	ctx = experimental.WithCompilationWorkers(ctx, runtime.GOMAXPROCS(0))
	ctx = experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(allocate))
	return webassembly.Init(webassembly.Config{
		Context:       ctx,
		MaxTotal:      1,
		FSConfig:      wazero.NewFSConfig(), // nil would mount all there is
		RuntimeConfig: config,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
		RandomSource:  zeros{},
	})
}

// zeros is a source of numbers that are not random.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
