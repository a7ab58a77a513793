// Package s3 is a storage.Store in an S3 bucket, over minio-go.
//
// What the contract asks and S3 leaves open is settled like this:
//
//   - minio-go retries nothing here; retry.go does, so that a write whose
//     answer was lost is known to be in doubt. Every object carries the random
//     name of the Put that stored it (stamp.go); a Put that is refused after
//     a try in doubt looks whether what is there is its own.
//   - Bodies up to 64 MiB are one PUT with the SHA-256 in the signature and in
//     X-Amz-Checksum-Sha256, so the server refuses what the wire altered.
//     Longer ones are multipart uploads, completed only once the length and
//     the hash of the whole body have been checked, and aborted otherwise.
//   - A conditional Delete first puts a tombstone in the object's place with
//     If-Match, which is atomic everywhere, and then removes that (delete.go).
//   - Whole objects are checked against their SHA-256 as they are read, and a
//     broken connection is taken up again at the same version (reader.go).
//
// Limits that follow from S3: listings and parts of objects carry no checksum,
// so only TLS keeps them from being altered on the way; in a bucket with versioning, deleted versions
// stay until the bucket's lifecycle removes them; an unconditional Put that was
// given up with ErrUnavailable may still be applied by the server later.
package s3

import (
	"context"
	"log/slog"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/minio/minio-go/v7"

	"vankien/storage"
)

// Config says where the bucket is and how to use it. Bucket alone is needed.
type Config struct {
	Bucket   string
	Endpoint string // "https://host" or "http://host:port"; Amazon's where empty
	Region   string // us-east-1 where empty

	// The keys. Where AccessKey and SecretKey are empty they come from
	// CredentialsFile (in the format of AWS), and where that is empty too from
	// the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
	// AWS_SESSION_TOKEN) or the files that AWS's own tools read.
	AccessKey, SecretKey, SessionToken string
	CredentialsFile                    string

	VirtualHost bool          // the bucket stands in the host's name, not in the path
	CAFile      string        // PEM certificates to trust beside the system's
	Timeout     time.Duration // what a small call may take, and a body may stand still; 20 s where 0
	TempDir     string        // where bodies of 1–64 MiB are held on their way in; the system's where empty

	Transport http.RoundTripper // instead of the built-in one, CAFile included
	Logger    *slog.Logger      // slog.Default() where nil
}

const defaultTimeout = 20 * time.Second

// Store keeps objects in a bucket; it is a storage.Store.
type Store struct {
	client  minio.Core
	bucket  string
	line    *guard
	tempDir string
	log     *slog.Logger
	release func() // closes idle connections

	// plainETags tells that the server names what one PUT stored by its MD5.
	plainETags bool

	partSize, wholeMax int64 // constants that tests lower

	pause   time.Duration // between the first two tries
	tidying sync.WaitGroup
}

var _ storage.Store = (*Store)(nil)

const (
	partSize = 16 << 20 // of a multipart upload
	wholeMax = 64 << 20 // longer bodies are multipart uploads
	heldMax  = 1 << 20  // longer bodies do not stay in memory
)

// Open connects to the bucket and makes sure that it can serve as a store:
// that the keys are right, the bucket is there, the clocks agree, and
// conditions on writes are kept. What fails is a *StartError with a Vietnamese
// sentence, the context's end apart. Open also aborts multipart uploads that
// processes which died left behind.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	s, err := connect(cfg)
	if err != nil {
		return nil, err
	}
	if err := s.start(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func connect(cfg Config) (*Store, error) {
	if cfg.Timeout <= 0 {
		cfg.Timeout = defaultTimeout
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.Default()
	}
	if cfg.TempDir == "" {
		cfg.TempDir = os.TempDir()
	}
	host, secure, err := cfg.endpoint()
	if err != nil {
		return nil, err
	}
	keys, err := cfg.credentials()
	if err != nil {
		return nil, err
	}
	transport, release, err := cfg.transport()
	if err != nil {
		return nil, err
	}
	lookup := minio.BucketLookupPath
	if cfg.VirtualHost {
		lookup = minio.BucketLookupDNS
	}
	line := &guard{next: transport, limit: cfg.Timeout}
	client, err := minio.NewCore(host, &minio.Options{
		Creds: keys, Secure: secure, Region: cfg.region(), BucketLookup: lookup,
		Transport:  line,
		MaxRetries: 1, // none: retry.go does it
	})
	if err != nil {
		return nil, cannotStart("Địa chỉ của máy chủ S3 không hợp lệ.", err)
	}
	s := &Store{
		client: *client, bucket: cfg.Bucket, line: line, tempDir: cfg.TempDir, log: cfg.Logger, release: release,
		partSize: partSize, wholeMax: wholeMax, pause: firstPause,
	}
	return s, nil
}

// Close waits for what is still being tidied up, 5 s at most, and releases
// idle connections; no method may be called afterwards.
func (s *Store) Close() error {
	s.tidying.Wait()
	s.release()
	return nil
}

const tidyTime = 5 * time.Second

// tidy does what should be done whether or not the caller still waits: at once
// while ctx lasts, else in the background, where Close waits for it.
func (s *Store) tidy(ctx context.Context, do func(ctx context.Context)) {
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), tidyTime)
	if ctx.Err() == nil {
		stop := context.AfterFunc(ctx, cancel)
		defer stop()
		defer cancel()
		do(limited)
		return
	}
	s.tidying.Go(func() {
		defer cancel()
		do(limited)
	})
}
