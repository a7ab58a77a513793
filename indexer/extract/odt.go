package extract

import (
	"context"
	"encoding/xml"
	"errors"

	"vankien/storage"
)

const engineODT = "odt"

// readODT reads an OpenDocument text (ISO/IEC 26300): the header of its first
// page, its body with the notes at the end of the page that refers to them, the
// footer of the first page. Pages end where the author broke them or where
// LibreOffice last did when it laid the document out.
func readODT(ctx context.Context, f File) ([]storage.Page, error) {
	a, err := openArchive(ctx, f)
	if err == nil {
		var text string
		if text, err = openDocumentText(a); err == nil {
			return pagesOf(ctx, engineODT, text)
		}
	}
	return nil, refuseUnlessDone(ctx, storage.ErrInvalid, reasonDamagedODT, err)
}

func openDocumentText(a *archive) (string, error) {
	if err := checkManifest(a); err != nil {
		return "", err
	}
	styles := newODTStyles()
	if err := a.decode("styles.xml", func(d *xml.Decoder) error { return styles.read(a, d) }); err != nil && !errors.Is(err, errNoPart) {
		return "", err
	}
	b := newODTBody(a, styles)
	if err := a.decode("content.xml", b.read); err != nil {
		return "", err
	}
	b.flushNotes()
	master := styles.masters[b.master]
	if master == nil {
		master = styles.masters["Standard"]
	}
	if master == nil {
		return string(b.out), nil
	}
	return withMargins(master["header"], string(b.out), master["footer"]), nil
}

// checkManifest refuses an encrypted document.
func checkManifest(a *archive) error {
	err := a.decode("META-INF/manifest.xml", func(d *xml.Decoder) error {
		return a.eachStart(d, func(e xml.StartElement) error {
			if e.Name.Local == "encryption-data" {
				return refuse(storage.ErrEncrypted, "Tệp ODT được đặt mật khẩu; hãy bỏ mật khẩu rồi tải lại.", nil)
			}
			return nil
		})
	})
	if errors.Is(err, errNoPart) {
		return nil
	}
	return err
}
