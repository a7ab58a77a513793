package indexer_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"sync"

	"vankien/indexer"
	"vankien/storage"
)

var errFault = errors.New("fault")

// faultyStore fails at its k-th operation: before it is done or behind it, with
// an error or by ending the context. It works again after that, as a store does.
type faultyStore struct {
	storage.Store
	mu     sync.Mutex
	count  int
	k      int
	after  bool
	cancel context.CancelFunc // where the fault is that the caller goes away
	trace  []string
}

// strike counts an operation and gives its fault, if it has one.
func (s *faultyStore) strike(operation string, after bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !after {
		s.count++
		s.trace = append(s.trace, operation)
	}
	if s.count != s.k || s.after != after {
		return nil
	}
	if s.cancel != nil {
		s.cancel()
		return context.Canceled
	}
	return fmt.Errorf("%s: %w: %w", operation, storage.ErrUnavailable, errFault)
}

func (s *faultyStore) survived() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.count < s.k
}

func (s *faultyStore) Put(ctx context.Context, key string, body io.Reader, opt storage.PutOptions) (storage.Object, error) {
	if err := s.strike("put "+key, false); err != nil {
		return storage.Object{}, err
	}
	obj, err := s.Store.Put(ctx, key, body, opt)
	return obj, errors.Join(err, s.strike("put "+key, true))
}

func (s *faultyStore) Get(ctx context.Context, key string, rng storage.Range) (io.ReadCloser, storage.Object, error) {
	if err := s.strike("get "+key, false); err != nil {
		return nil, storage.Object{}, err
	}
	return s.Store.Get(ctx, key, rng)
}

func (s *faultyStore) Stat(ctx context.Context, key string) (storage.Object, error) {
	if err := s.strike("stat "+key, false); err != nil {
		return storage.Object{}, err
	}
	return s.Store.Stat(ctx, key)
}

func (s *faultyStore) List(ctx context.Context, prefix, after string) iter.Seq2[storage.Object, error] {
	return func(yield func(storage.Object, error) bool) {
		if err := s.strike("list "+prefix, false); err != nil {
			yield(storage.Object{}, err)
			return
		}
		s.Store.List(ctx, prefix, after)(yield)
	}
}

func (s *faultyStore) Delete(ctx context.Context, key, ifMatch string) error {
	if err := s.strike("delete "+key, false); err != nil {
		return err
	}
	return errors.Join(s.Store.Delete(ctx, key, ifMatch), s.strike("delete "+key, true))
}

// faultyIndex refuses the next few batches.
type faultyIndex struct {
	indexer.Index
	refuse int
}

func (x *faultyIndex) Apply(ctx context.Context, batch indexer.Batch) error {
	if x.refuse > 0 {
		x.refuse--
		return errFault
	}
	return x.Index.Apply(ctx, batch)
}

// lateStore holds up an operation on a text until it is told to go on: the
// first, or the first behind those that pass.
type lateStore struct {
	storage.Store
	get          bool // hold up Get, else Put
	begun, until chan bool
	mu           sync.Mutex
	held, armed  bool
	pass         int // how many operations are not held up once it is armed
}

func (s *lateStore) arm() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.armed = true
}

func (s *lateStore) wait(key string) {
	s.mu.Lock()
	hold := strings.HasPrefix(key, "texts/") && !s.held && (s.armed || !s.get)
	if hold && s.pass > 0 {
		hold = false
		s.pass--
	}
	s.held = s.held || hold
	s.mu.Unlock()
	if hold {
		close(s.begun)
		<-s.until
	}
}

func (s *lateStore) Put(ctx context.Context, key string, body io.Reader, opt storage.PutOptions) (storage.Object, error) {
	if !s.get {
		s.wait(key)
	}
	return s.Store.Put(ctx, key, body, opt)
}

func (s *lateStore) Get(ctx context.Context, key string, rng storage.Range) (io.ReadCloser, storage.Object, error) {
	if s.get {
		s.wait(key)
	}
	return s.Store.Get(ctx, key, rng)
}
