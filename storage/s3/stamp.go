package s3

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"strconv"

	"github.com/minio/minio-go/v7"
)

// stamp is what a Put leaves with its object, as user metadata. An object that
// something else stored has an empty one.
type stamp struct {
	put     string // random name of the Put: no two objects ever share it
	sha256  string // of the whole, lower-case hex; "" where it was not known beforehand
	md5     string // of the whole, lower-case hex; "" for multipart uploads
	size    int64  // -1 where it was not known beforehand
	deleted bool   // a tombstone: see delete.go
}

// The names of the metadata, as headers have them.
const (
	metaPut     = "Vankien-Put"
	metaSHA256  = "Vankien-Sha256"
	metaMD5     = "Vankien-Md5"
	metaSize    = "Vankien-Size"
	metaDeleted = "Vankien-Deleted"
	metaPrefix  = "X-Amz-Meta-"
)

func newStamp() stamp {
	random := make([]byte, 16)
	rand.Read(random) // never fails (crypto/rand)
	return stamp{put: hex.EncodeToString(random), size: -1}
}

// options are a stamp as a write sends it.
func (s stamp) options() minio.PutObjectOptions {
	meta := map[string]string{metaPut: s.put}
	if s.sha256 != "" {
		meta[metaSHA256] = s.sha256
	}
	if s.md5 != "" {
		meta[metaMD5] = s.md5
	}
	if s.size >= 0 {
		meta[metaSize] = strconv.FormatInt(s.size, 10)
	}
	if s.deleted {
		meta[metaDeleted] = "1"
	}
	return minio.PutObjectOptions{UserMetadata: meta, DisableContentSha256: true}
}

// readStamp reads the stamp from an answer's headers.
func readStamp(h http.Header) stamp {
	s := stamp{
		put: h.Get(metaPrefix + metaPut), sha256: h.Get(metaPrefix + metaSHA256), md5: h.Get(metaPrefix + metaMD5),
		size: -1, deleted: h.Get(metaPrefix+metaDeleted) != "",
	}
	if size, err := strconv.ParseInt(h.Get(metaPrefix+metaSize), 10, 64); err == nil {
		s.size = size
	}
	return s
}
