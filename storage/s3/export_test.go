package s3

import "time"

// Parts lowers what makes a body a multipart upload to the smallest size that
// S3 allows, for tests.
func (s *Store) Parts() { s.partSize, s.wholeMax = 5<<20, 5<<20 }

// Hasten shortens the pauses between tries, and what a call may take or a body
// stand still, for tests. No call may be under way.
func (s *Store) Hasten(limit time.Duration) { s.pause, s.line.limit = 2*time.Millisecond, limit }
