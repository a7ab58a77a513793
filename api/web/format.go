package web

import (
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/indexer"
	"vankien/storage"
)

// Date is a day as official papers write it, "" without a date.
func Date(d storage.Date) string { return indexer.DisplayDate(d) }

// Number writes thousands with dots: 1.234.
func Number(n int) string {
	if n < 0 {
		return "-" + Number(-n)
	}
	digits := strconv.Itoa(n)
	var out strings.Builder
	for i, digit := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out.WriteByte('.')
		}
		out.WriteRune(digit)
	}
	return out.String()
}

// Size is a size in bytes for people: "345 KB", "1,2 MB".
func Size(bytes int64) string {
	size, unit := float64(bytes), ""
	for _, unit = range []string{"byte", "KB", "MB", "GB", "TB"} {
		if size < 999.5 || unit == "TB" {
			break
		}
		size /= 1000
	}
	decimals := 0
	if unit != "byte" && size < 9.95 {
		decimals = 1
	}
	number := strconv.FormatFloat(size, 'f', decimals, 64)
	return strings.Replace(strings.TrimSuffix(number, ".0"), ".", ",", 1) + " " + unit
}

// Format names the kind of a file: PDF, DOCX.
func Format(o storage.Original) string {
	if o.MediaType == pdfType {
		return "PDF"
	}
	extension := strings.ToUpper(strings.TrimPrefix(path.Ext(o.Name), "."))
	if extension == "" || len(extension) > 5 {
		return "tệp"
	}
	return extension
}

const pdfType = "application/pdf"

// capital begins a sentence with s.
func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

// heading is what a document is called by, as a sentence begins.
func heading(d storage.Document) string { return capital(indexer.DisplayTitle(d)) }

// designation is kind and number: "Nghị quyết số 21-NQ/TW". It may be "".
func designation(d storage.Document) string {
	switch kind, number := string(d.Facts.Kind), string(d.Facts.Number); {
	case number == "":
		return kind
	case kind == "":
		return "Số " + number
	default:
		return kind + " số " + number
	}
}

var validityLabels = map[storage.Validity]string{
	storage.InForce:       "Còn hiệu lực",
	storage.NotYetInForce: "Chưa có hiệu lực",
	storage.Amended:       "Đã được sửa đổi, bổ sung",
	storage.Replaced:      "Đã được thay thế",
	storage.Repealed:      "Đã bị bãi bỏ",
	storage.Unverified:    "Chưa xác minh hiệu lực",
}

var stateLabels = map[storage.State]string{
	storage.StateDraft:     "Bản nháp, bạn đọc chưa thấy",
	storage.StateReview:    "Đang chờ duyệt, bạn đọc chưa thấy",
	storage.StateWithdrawn: "Đã rút, bạn đọc không còn thấy",
}

// stateLabel tells the staff why readers do not see a document, "" where they do.
func stateLabel(d storage.Document) string {
	if d.Deleted != nil {
		return "Đã xóa, bạn đọc không còn thấy"
	}
	return stateLabels[d.State]
}

var facetLabels = map[indexer.Facet]string{
	indexer.FacetKind:     "Loại văn bản",
	indexer.FacetIssuer:   "Cơ quan ban hành",
	indexer.FacetYear:     "Năm ban hành",
	indexer.FacetTerm:     "Khóa",
	indexer.FacetValidity: "Hiệu lực",
}

// Badge is a validity as it is shown.
type Badge struct{ Class, Label string }

func badge(v storage.Validity) Badge {
	label, ok := validityLabels[v]
	if !ok {
		v, label = storage.Unverified, validityLabels[storage.Unverified]
	}
	return Badge{Class: strings.ReplaceAll(string(v), "_", "-"), Label: label}
}
