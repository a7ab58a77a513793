package files

import (
	"context"
	"fmt"
	"hash/fnv"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// shardCount is how many locks the keys share. It may never change: processes
// of two versions would lock one key with different files.
const shardCount = 64

// shard excludes the writers of its keys: those of this Store by the channel,
// which waits without polling, all others by the file. The kernel releases
// the file when its process dies.
type shard struct {
	turn chan struct{}
	file *flock.Flock
}

// otherProcessPoll is how often a lock that another process holds is tried:
// a holder needs it for about a millisecond.
const otherProcessPoll = time.Millisecond

func (s *Store) openShards() {
	for i := range s.shards {
		name := filepath.Join(s.dir, lockFolder, fmt.Sprintf("%02x", i))
		s.shards[i] = shard{turn: make(chan struct{}, 1), file: flock.New(name)}
	}
}

// lock waits until nobody else writes key, or until ctx ends.
func (s *Store) lock(ctx context.Context, key string) (unlock func() error, err error) {
	hash := fnv.New32a()
	hash.Write([]byte(key))
	own := &s.shards[hash.Sum32()%shardCount]
	select {
	case own.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if _, err := own.file.TryLockContext(ctx, otherProcessPoll); err != nil {
		<-own.turn
		return nil, fault(err)
	}
	return func() error {
		err := own.file.Unlock()
		<-own.turn
		return fault(err)
	}, nil
}
