package facts

import "vankien/storage"

// signaturePages are how many pages, from the last on, may have to be looked at
// for a signature.
const signaturePages = 3

// Seek has look complete those pages of a scan that say what the document is:
// the first, and where nobody has signed yet, the last ones. look may change
// pages[i]; it sees to it itself that a page that needs nothing costs nothing.
func Seek(pages []storage.Page, look func(i int) error) error {
	if len(pages) == 0 {
		return nil
	}
	if err := look(0); err != nil {
		return err
	}
	last := len(pages) - 1
	for i := last; i > max(0, last-signaturePages); i-- {
		if Read(pages).Signer != "" {
			return nil
		}
		if err := look(i); err != nil {
			return err
		}
	}
	return nil
}
