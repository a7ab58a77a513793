package storage

import (
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"strings"
)

// The folders of the store: what the keys begin with.
const (
	OriginalsPrefix = "originals/" // <sha256>: the bytes as uploaded, never changed
	TextsPrefix     = "texts/"     // <sha256>/<reader version>.json.zst: Text
	DocumentsPrefix = "documents/" // <id>.json: Record, written with If-Match
	TokensPrefix    = "tokens/"    // <sha256 of the secret>.json: Token
	AuditPrefix     = "audit/"     // <yyyy>/<mm>/<dd>/<ulid>.json: AuditEvent, append-only
)

// idAlphabet is Crockford's base32 in lower case: no i, l, o, u, which people
// mistake for digits when they copy an address from paper.
const idAlphabet = "0123456789abcdefghjkmnpqrstvwxyz"

const idLength = 20 // characters of 5 bits

var idEncoding = base32.NewEncoding(idAlphabet).WithPadding(base32.NoPadding)

// NewID is the ID of the document whose original has this SHA-256 (64
// lower-case hexadecimal digits, else ErrInvalid): its first 100 bits, as 20
// characters of lower-case Crockford base32. A library of ten million
// documents meets a collision with a chance of 1 in 2.5 × 10¹⁶.
func NewID(sha256hex string) (ID, error) {
	if err := CheckSHA256(sha256hex); err != nil {
		return "", err
	}
	hash, err := hex.DecodeString(sha256hex)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	return ID(idEncoding.EncodeToString(hash)[:idLength]), nil
}

// ParseID reads an ID as NewID writes it; anything else is ErrInvalid.
func ParseID(s string) (ID, error) {
	if len(s) != idLength {
		return "", fmt.Errorf("document id of %d bytes: %w", len(s), ErrInvalid)
	}
	for i := range len(s) {
		if strings.IndexByte(idAlphabet, s[i]) < 0 {
			return "", fmt.Errorf("document id %q: %w", s, ErrInvalid)
		}
	}
	return ID(s), nil
}

// CheckSHA256 tells whether s is a SHA-256 as this program writes it: 64
// lower-case hexadecimal digits. It returns ErrInvalid, wrapped.
func CheckSHA256(s string) error {
	if len(s) != 64 {
		return fmt.Errorf("SHA-256 of %d bytes: %w", len(s), ErrInvalid)
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return fmt.Errorf("SHA-256 %q: %w", s, ErrInvalid)
		}
	}
	return nil
}

func originalKey(sha256 string) (string, error) {
	return OriginalsPrefix + sha256, CheckSHA256(sha256)
}

func textKey(sha256, version string) (string, error) {
	if err := CheckSHA256(sha256); err != nil {
		return "", err
	}
	key := TextsPrefix + sha256 + "/" + version + ".json.zst"
	if strings.Contains(version, "/") || version == "" {
		return "", fmt.Errorf("reader version %q: %w", version, ErrInvalid)
	}
	return key, CheckKey(key)
}

func documentKey(id ID) (string, error) {
	_, err := ParseID(string(id))
	return DocumentsPrefix + string(id) + ".json", err
}

func tokenKey(hash string) (string, error) {
	return TokensPrefix + hash + ".json", CheckSHA256(hash)
}
