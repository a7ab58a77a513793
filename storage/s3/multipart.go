package s3

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"

	"github.com/minio/minio-go/v7"
	"golang.org/x/sync/errgroup"

	"vankien/storage"
)

const (
	partsInFlight = 2
	maxParts      = 10_000 // S3's limit
)

// putParts stores a long body as a multipart upload. body is what is sent, in
// the intake that has measured it once it was read. Nothing is visible before
// the upload is completed, and it is completed only if the body is what opt
// announces; the condition holds at that moment.
func (s *Store) putParts(ctx context.Context, key string, in *intake, body io.Reader, opt storage.PutOptions) (_ storage.Object, err error) {
	if err := s.early(ctx, key, opt); err != nil {
		return storage.Object{}, err
	}
	stamp := newStamp()
	stamp.sha256 = opt.SHA256
	if opt.Size > 0 {
		stamp.size = opt.Size
	}
	var upload string
	err = s.tryBriefly(ctx, "begin to put "+key, func(ctx context.Context) (err error) {
		upload, err = s.client.NewMultipartUpload(ctx, s.bucket, key, stamp.options())
		if err != nil {
			return s.explain(ctx, key, err)
		}
		return nil
	})
	if err != nil {
		return storage.Object{}, err
	}
	defer func() {
		if err != nil {
			s.abort(ctx, key, upload)
		}
	}()
	parts, err := s.sendParts(ctx, key, upload, body)
	if in.err != nil {
		err = in.err
	}
	if err == nil {
		err = in.finish()
	}
	if err != nil {
		return storage.Object{}, fmt.Errorf("put %s: %w", key, err)
	}
	stamp.size = in.size
	var send minio.PutObjectOptions
	conditions(&send, opt)
	return s.write(ctx, key, stamp, opt, func(ctx context.Context) (string, error) {
		ctx, cancel := context.WithTimeout(context.WithValue(ctx, keyPatient, true), patience*s.line.limit)
		defer cancel()
		info, err := s.client.CompleteMultipartUpload(ctx, s.bucket, key, upload, parts, send)
		return info.ETag, err
	})
}

// sendParts sends body in parts, two at once, while the next is being read.
func (s *Store) sendParts(ctx context.Context, key, upload string, body io.Reader) ([]minio.CompletePart, error) {
	sending, ctx := errgroup.WithContext(ctx)
	free := make(chan []byte, partsInFlight)
	for range partsInFlight {
		free <- nil
	}
	var parts []*minio.CompletePart
	reading := func() error {
		for {
			var buffer []byte
			select {
			case buffer = <-free:
			case <-ctx.Done():
				return nil // the part that failed says why
			}
			if buffer == nil {
				buffer = make([]byte, s.partSize)
			}
			n, err := io.ReadFull(body, buffer)
			if n > 0 {
				part := &minio.CompletePart{PartNumber: len(parts) + 1}
				parts = append(parts, part)
				sending.Go(func() (err error) {
					part.ETag, err = s.sendPart(ctx, key, upload, part.PartNumber, buffer[:n])
					free <- buffer
					return err
				})
			}
			switch {
			case err == io.EOF || err == io.ErrUnexpectedEOF:
				return nil
			case err != nil:
				return err
			case len(parts) == maxParts:
				return fmt.Errorf("%d parts of %d bytes do not hold %s: %w", maxParts, s.partSize, key, storage.ErrTooLarge)
			}
		}
	}
	failed := reading()
	if err := sending.Wait(); err != nil {
		return nil, err
	}
	complete := make([]minio.CompletePart, len(parts))
	for i, part := range parts {
		complete[i] = *part
	}
	return slices.Clip(complete), failed
}

func (s *Store) sendPart(ctx context.Context, key, upload string, number int, data []byte) (etag string, err error) {
	sum := sha256.Sum256(data)
	opt := minio.PutObjectPartOptions{Sha256Hex: hex.EncodeToString(sum[:]), DisableContentSha256: true}
	err = s.try(ctx, fmt.Sprintf("put part %d of %s", number, key), func(ctx context.Context) error {
		part, err := s.client.PutObjectPart(ctx, s.bucket, key, upload, number, bytes.NewReader(data), int64(len(data)), opt)
		if err == nil && part.ETag == "" {
			err = unavailable("the answer to a part of %s has no ETag", key)
		}
		etag = part.ETag
		return err
	})
	return etag, err
}

// abort gives the parts of an upload back. Where the server cannot be reached
// a later Open does it.
func (s *Store) abort(ctx context.Context, key, upload string) {
	s.tidy(ctx, func(ctx context.Context) {
		err := s.try(ctx, "abort the upload of "+key, func(ctx context.Context) error {
			err := s.client.AbortMultipartUpload(ctx, s.bucket, key, upload)
			if refusal, ok := asAnswer(err); ok && refusal.Code == "NoSuchUpload" {
				return nil
			}
			return err
		})
		if err != nil {
			s.log.WarnContext(ctx, "a multipart upload is left in the bucket until a store is opened in a day", "key", key, "error", err)
		}
	})
}
