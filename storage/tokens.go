package storage

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	tokenPrefix  = "vk_" // lets people and secret scanners recognise one
	tokenBytes   = 32
	maxTokenName = 100 // code points
	maxToken     = 64 << 10
)

// NewToken makes an API token for the bearer called name and stores its hash.
// The secret is returned this once and never again. ErrInvalid, with a
// Vietnamese sentence, for an unknown role and for a name that is not 1–100
// printable code points or is one of those by which histories call the program
// itself.
func (l *Library) NewToken(ctx context.Context, name string, role Role) (secret string, err error) {
	if err := checkTokenName(name); err != nil {
		return "", err
	}
	if role.Rank() < 0 {
		return "", fmt.Errorf("%w: không có vai trò %q; chọn một trong %v", ErrInvalid, role, Roles)
	}
	random := make([]byte, tokenBytes)
	rand.Read(random) // never fails (crypto/rand)
	secret = tokenPrefix + base64.RawURLEncoding.EncodeToString(random)
	token := Token{Hash: tokenHash(secret), Name: name, Role: role, Created: now()}
	data, err := seal(token)
	if err != nil {
		return "", err
	}
	key, err := tokenKey(token.Hash)
	if err != nil {
		return "", err
	}
	if _, err := l.write(ctx, key, data, PutOptions{IfNoneMatch: true}); err != nil {
		return "", err
	}
	return secret, nil
}

func checkTokenName(name string) error {
	if n := utf8.RuneCountInString(name); strings.TrimSpace(name) == "" || n > maxTokenName {
		return fmt.Errorf("%w: tên token phải có từ 1 đến %d ký tự", ErrInvalid, maxTokenName)
	}
	// Histories and the rule of the second reader go by names: no two of them may look alike.
	if !utf8.ValidString(name) || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return fmt.Errorf("%w: tên token có ký tự không in được", ErrInvalid)
	}
	if strings.TrimSpace(name) != name || strings.Contains(name, "  ") || !norm.NFC.IsNormalString(name) {
		return fmt.Errorf("%w: tên token phải viết bằng Unicode dựng sẵn, không thừa dấu cách", ErrInvalid)
	}
	if reserved(name) {
		return fmt.Errorf("%w: tên %q dành riêng cho hệ thống", ErrInvalid, name)
	}
	return nil
}

func reserved(name string) bool {
	return slices.ContainsFunc(reservedNames, func(r string) bool { return strings.EqualFold(r, name) })
}

// TokenFor is the token whose secret this is: ErrNotFound for any other
// string, well-formed or not.
func (l *Library) TokenFor(ctx context.Context, secret string) (Token, error) {
	random, prefixed := strings.CutPrefix(secret, tokenPrefix)
	if data, err := base64.RawURLEncoding.Strict().DecodeString(random); !prefixed || err != nil || len(data) != tokenBytes {
		return Token{}, fmt.Errorf("malformed token: %w", ErrNotFound)
	}
	hash := tokenHash(secret)
	token, err := l.token(ctx, TokensPrefix+hash+".json")
	if errors.Is(err, ErrDamaged) { // nobody knows what it allows
		err = fmt.Errorf("%w: %w", ErrNotFound, err)
	}
	if err != nil {
		return Token{}, err
	}
	if subtle.ConstantTimeCompare([]byte(hash), []byte(token.Hash)) != 1 {
		return Token{}, fmt.Errorf("token %s is stored under another hash: %w", token.Name, ErrNotFound)
	}
	if reserved(token.Name) {
		return Token{}, fmt.Errorf("token %s has the name of the program itself: %w", token.Name, ErrNotFound)
	}
	return token, nil
}

// Tokens yields all tokens in the order of their hashes. A token that cannot
// be read is yielded as its error, and the loop may go on.
func (l *Library) Tokens(ctx context.Context) iter.Seq2[Token, error] {
	return readAhead(ctx, l.store, TokensPrefix, l.token)
}

// DeleteToken takes back the token with this hash; ErrNotFound where there is none.
func (l *Library) DeleteToken(ctx context.Context, hash string) error {
	key, err := tokenKey(hash)
	if err != nil {
		return err
	}
	return l.store.Delete(ctx, key, "")
}

func (l *Library) token(ctx context.Context, key string) (token Token, err error) {
	data, _, err := l.read(ctx, key, maxToken)
	if err != nil {
		return Token{}, err
	}
	if err := decodeSealed(key, data, &token); err != nil {
		return Token{}, err
	}
	token.Created = token.Created.UTC()
	return token, nil
}

// tokenHash needs no salt and no slow function: 256 random bits cannot be guessed.
func tokenHash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
