package facts

import (
	"regexp"
	"strings"

	"vankien/storage"
)

// urgencies and circulations are the marks that a head may carry, folded, the
// more special before the more general.
var (
	urgencies    = regexp.MustCompile(`^(hoa toc hen gio|hoa toc|thuong khan|khan cap|khan)$`)
	circulations = regexp.MustCompile(`^(luu hanh noi bo|tai lieu luu hanh noi bo|tai lieu hoi nghi|tai lieu (noi bo|thu hoi|dai hoi|hop)|khong pho bien|khong dang (cong bao|bao|dai|tin)[a-z, ]*|` +
		`xem xong tra lai|(dang |ban )?du thao( lan (thu )?[0-9a-z]+)?( ?[-,(].{0,40})?|chi luu hanh noi bo)$|tai lieu nay thuoc so huu cua cac co quan dang`)
)

func markText(c cell) string {
	return strings.Trim(c.fold, " .:*()[]|-–_\"“”")
}

// isMark tells whether the cell is a stamp rather than text: it is neither
// title nor letterhead.
func isMark(c cell) bool {
	text := markText(c)
	_, secret := degree(c.text)
	return urgencies.MatchString(text) && capitals(c.text) || circulations.MatchString(text) || secret
}

// readMarks reads urgency and circulation from the head, and the circulation
// notice that stands in the foot of each page.
func (r *reader) readMarks(pages []storage.Page) {
	f := &r.facts
	for _, c := range r.cells {
		if c.row > headLines && c.page == r.cells[0].page && !strings.HasPrefix(c.fold, "tai lieu nay thuoc") {
			continue
		}
		text := markText(c)
		switch {
		case f.Urgency == "" && urgencies.MatchString(text) && capitals(c.text):
			f.Urgency = storage.Printed(strings.Trim(c.text, " .:*()[]|-–_"))
			r.saw("urgency", c, sure)
		case f.Circulation == "" && circulations.MatchString(text) && len(c.text) < 200:
			f.Circulation = storage.Printed(strings.Trim(c.text, " .:*()[]|-–_"))
			r.saw("circulation", c, sure)
		}
	}
	if mark, rule, found := Secret(pages); found {
		f.Secrecy = storage.Printed(mark)
		f.Evidence["secrecy"] = storage.Evidence{Page: 1, Text: mark, Confidence: sure}
		r.issue("Văn bản có dấu hiệu bí mật nhà nước (" + rule + ").")
	}
}
