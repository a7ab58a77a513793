package main

import (
	"os"
	"runtime/debug"
	"sync"
)

// thriftPercent is how much garbage may stand beside what is in use while many
// documents are indexed, in percent; 100 otherwise. Each passage of a batch
// costs some 150 KB while it is in one, so that by default the process would
// grow to twice of what it needs: 535 MB instead of 300 MB for a reindex of
// 20,000 documents, which takes as long either way.
const thriftPercent = 30

var thrift struct {
	mu    sync.Mutex
	users int
	usual int
}

// beThrifty has garbage collected earlier until end is called, unless the
// operator has set how it is to be (GOGC, GOMEMLIMIT). It holds for the whole
// process; calls may overlap.
func beThrifty() (end func()) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	thrift.mu.Lock()
	defer thrift.mu.Unlock()
	if thrift.users++; thrift.users == 1 {
		thrift.usual = debug.SetGCPercent(thriftPercent)
	}
	return sync.OnceFunc(func() {
		thrift.mu.Lock()
		defer thrift.mu.Unlock()
		if thrift.users--; thrift.users == 0 {
			debug.SetGCPercent(thrift.usual)
			debug.FreeOSMemory()
		}
	})
}
