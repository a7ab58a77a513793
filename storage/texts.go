package storage

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// maxText bounds a text's JSON: 80,000 full pages. A stored text that unpacks
// to more was not written by PutText.
const maxText = 256 << 20

// PutText stores what a version of the reader ("v3": one segment of a key)
// read of an original, over what that version stored before. ErrTooLarge
// where the text has over 256 MiB.
func (l *Library) PutText(ctx context.Context, sha256, version string, text Text) error {
	key, err := textKey(sha256, version)
	if err != nil {
		return err
	}
	text.Pages = append([]Page{}, text.Pages...) // the caller's pages stay as they are
	text.normalize()
	data, err := json.Marshal(text)
	if err != nil {
		return fmt.Errorf("%s: %w: %w", key, ErrInvalid, err)
	}
	if len(data) > maxText {
		return fmt.Errorf("%s: text of %d bytes: %w", key, len(data), ErrTooLarge)
	}
	packed, err := pack(data)
	if err != nil {
		return err
	}
	_, err = l.write(ctx, key, packed, PutOptions{})
	return err
}

// Text is what that version of the reader read of an original: ErrNotFound
// where it has not read it.
func (l *Library) Text(ctx context.Context, sha256, version string) (Text, error) {
	var text Text
	key, err := textKey(sha256, version)
	if err != nil {
		return text, err
	}
	packed, _, err := l.read(ctx, key, maxText)
	if err != nil {
		return text, err
	}
	data, err := unpack(packed, maxText)
	if err != nil {
		return text, fmt.Errorf("%s: %w", key, err)
	}
	if err := decode(key, data, &text); err != nil {
		return Text{}, err
	}
	text.normalize()
	return text, nil
}

// Texts yields the stored texts of an original, by every version of the
// reader. The first error ends the loop.
func (l *Library) Texts(ctx context.Context, sha256 string) iter.Seq2[Object, error] {
	if err := CheckSHA256(sha256); err != nil {
		return func(yield func(Object, error) bool) { yield(Object{}, err) }
	}
	return l.store.List(ctx, TextsPrefix+sha256+"/", "")
}

// TextsTwice yields the hashes of the originals of which more than one version
// of the reader has a text. The first error ends the loop.
func (l *Library) TextsTwice(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		last, twice := "", false
		for obj, err := range l.store.List(ctx, TextsPrefix, "") {
			if err != nil {
				yield("", err)
				return
			}
			hash, _, _ := strings.Cut(strings.TrimPrefix(obj.Key, TextsPrefix), "/")
			if again := hash == last; again && !twice {
				if twice = true; !yield(hash, nil) {
					return
				}
			} else if !again {
				last, twice = hash, false
			}
		}
	}
}

// DeleteTexts removes what every version of the reader read of an original.
func (l *Library) DeleteTexts(ctx context.Context, sha256 string) error {
	return l.DeleteTextsBut(ctx, sha256, "")
}

// DeleteTextsBut removes what every other version of the reader than one ("" is
// none) read of an original.
func (l *Library) DeleteTextsBut(ctx context.Context, sha256, version string) error {
	kept := ""
	if version != "" {
		var err error
		if kept, err = textKey(sha256, version); err != nil {
			return err
		}
	}
	for obj, err := range l.Texts(ctx, sha256) {
		if err != nil {
			return err
		}
		if obj.Key == kept {
			continue
		}
		if err := l.store.Delete(ctx, obj.Key, ""); err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
	}
	return nil
}

func (t *Text) normalize() {
	if t.Pages == nil {
		t.Pages = []Page{}
	}
	for i := range t.Pages {
		if t.Pages[i].Warnings == nil {
			t.Pages[i].Warnings = []string{}
		}
	}
}

// pack compresses with an encoder of its own: texts are written once each, so
// a shared one would save nothing that is felt.
func pack(data []byte) ([]byte, error) {
	var packed bytes.Buffer
	encoder, err := zstd.NewWriter(&packed, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	_, err = encoder.Write(data)
	err = errors.Join(err, encoder.Close()) // Close writes the last block
	return packed.Bytes(), err
}

// unpack is the reverse of pack. What unpacks to more than limit bytes was not
// packed by us: a flipped bit can make a short text claim to be endless.
func unpack(packed []byte, limit int64) ([]byte, error) {
	decoder, err := zstd.NewReader(bytes.NewReader(packed), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(uint64(limit)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	defer decoder.Close()
	data, err := io.ReadAll(io.LimitReader(decoder, limit+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	case int64(len(data)) > limit:
		return nil, fmt.Errorf("unpacks to more than %d bytes: %w", limit, ErrDamaged)
	}
	return data, nil
}
