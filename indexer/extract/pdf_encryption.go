package extract

import (
	"errors"
	"strings"

	"github.com/ledongthuc/pdf"

	"vankien/storage"
)

// readableEncryption refuses what the library would open but decrypt wrongly:
// it does not shorten the object keys of 40-bit RC4.
func readableEncryption(trailer pdf.Value) error {
	encrypt := trailer.Key("Encrypt")
	if encrypt.IsNull() {
		return nil
	}
	length := encrypt.Key("Length").Int64()
	if encrypt.Key("V").Int64() == 1 || length > 0 && length < 128 || length == 0 && encrypt.Key("V").Int64() < 4 {
		return refuse(storage.ErrEncrypted, reasonEncryptedPDF, errors.New("RC4 key under 128 bits"))
	}
	return nil
}

// encryptionError tells whether the library failed for a password or a cipher.
// Only the first has a sentinel of its own.
func encryptionError(err error) bool {
	if errors.Is(err, pdf.ErrInvalidPassword) {
		return true
	}
	text := err.Error()
	return strings.Contains(text, "encryption filter") || strings.Contains(text, "encryption version") ||
		strings.Contains(text, "encryption revision") || strings.Contains(text, "-bit encryption key")
}
