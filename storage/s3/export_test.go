package s3

import "time"

// Parts lowers what makes a body a multipart upload to the smallest size that
// S3 allows, for tests.
func (s *Store) Parts() { s.partSize, s.wholeMax = 5<<20, 5<<20 }

// Hasten shortens the pauses between tries, for tests.
func (s *Store) Hasten() { s.pause = 2 * time.Millisecond }
