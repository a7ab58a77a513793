package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"golang.org/x/text/unicode/norm"

	"vankien/indexer"
	"vankien/indexer/citation"
	"vankien/storage"
)

// citeLine is what "cite --json" prints of one line.
type citeLine struct {
	Citations []citeItem `json:"citations"`
}

// citeItem is one citation. Start and End count code points of the line in
// NFC, half-open.
type citeItem struct {
	Raw          string   `json:"raw"`
	Start        int      `json:"start"`
	End          int      `json:"end"`
	Number       *string  `json:"number"`
	KindSymbol   *string  `json:"kind_symbol"`
	IssuerSymbol *string  `json:"issuer_symbol"`
	Year         *int     `json:"year"`
	Date         *string  `json:"date"`
	Term         *string  `json:"term"`
	Plenum       *int     `json:"plenum"`
	Pinpoint     *string  `json:"pinpoint"`
	Candidates   []string `json:"candidates"`
}

// maxCiteLine is how long a line of input may be.
const maxCiteLine = 4 << 20

// citeHelp tells what a table of documents is.
const citeHelp = `Đọc số văn bản, cách viện dẫn trong từng dòng của đầu vào chuẩn

Với --documents, mỗi viện dẫn còn kèm khóa của các văn bản nó có thể chỉ đến,
đúng nhất trước. TỆP là bảng TSV (UTF-8, các ô cách nhau bằng tab), dòng đầu là
tên cột; thứ tự cột tùy ý, cột khác được bỏ qua:
  key              khóa của văn bản, sẽ in ra (bắt buộc)
  number_symbol    số, ký hiệu: 21-NQ/TW (bắt buộc; để trống nếu văn bản không có)
  date_issued      ngày ban hành: 2022-06-16
  issuer           cơ quan ban hành
  title_trich_yeu  tên loại và trích yếu: Nghị quyết về …
  relations        có “bị thay thế bởi” hoặc “bị bãi bỏ” thì văn bản đã hết hiệu lực
Không có --documents thì chỉ đọc, không tra trong kho.`

func citeCommand() *cobra.Command {
	var asJSON bool
	var documents string
	cmd := &cobra.Command{
		Use:   "cite [--json] [--documents TỆP]",
		Short: "Đọc số văn bản, cách viện dẫn trong từng dòng của đầu vào chuẩn",
		Long:  citeHelp,
		Args:  none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var known register
			if documents != "" {
				var err error
				if known, err = readRegister(documents); err != nil {
					return err
				}
			}
			return citeLines(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout(), known, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "in JSON, mỗi dòng vào một dòng ra")
	cmd.Flags().StringVar(&documents, "documents", "", "`TỆP` TSV các văn bản đã biết, để chỉ ra văn bản được viện dẫn")
	return cmd
}

// citeLines reads in to its end and prints a line for each of its lines.
func citeLines(ctx context.Context, in io.Reader, out io.Writer, known register, asJSON bool) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxCiteLine)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for number := 1; lines.Scan(); number++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		line := cite(lines.Text(), known)
		var err error
		if asJSON {
			err = encoder.Encode(line)
		} else {
			_, err = fmt.Fprint(out, plainCitations(number, line))
		}
		if err != nil {
			return err
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return fmt.Errorf("có dòng dài quá %d MB", maxCiteLine>>20)
	}
	return lines.Err()
}

// cite reads one line.
func cite(text string, known register) citeLine {
	text = norm.NFC.String(string([]rune(text))) // a byte of no encoding is one code point
	cited := citation.Cited(text)
	contexts := citation.Contexts(text, cited)
	line := citeLine{Citations: []citeItem{}}
	points, at := 0, 0 // code points in text[:at]
	for i, c := range cited {
		points, at = points+utf8.RuneCountInString(text[at:c.Start]), c.Start
		item := newCiteItem(c)
		item.Start, item.End = points, points+utf8.RuneCountInString(c.Raw)
		item.Candidates = known.candidates(c, contexts[i])
		line.Citations = append(line.Citations, item)
	}
	return line
}

func newCiteItem(c citation.Citation) citeItem {
	kind := c.Number.Kind
	if named, ok := citation.KindByName(c.Said); ok && c.Number.Serial == "" {
		kind = named.Symbol
	}
	item := citeItem{
		Raw: c.Raw, KindSymbol: orNull(kind), IssuerSymbol: orNull(c.Number.Issuer), Year: orNull(c.Year),
		Date: orNull(c.Date), Term: orNull(c.Term), Plenum: orNull(c.Plenum), Pinpoint: orNull(c.Pinpoint.String()),
	}
	if c.Number.Year != 0 {
		item.Year = &c.Number.Year
	}
	if c.Number.Serial != "" {
		number := c.Number.String()
		item.Number = &number
	}
	return item
}

// orNull is nil for what is not there.
func orNull[T comparable](value T) *T {
	var zero T
	if value == zero {
		return nil
	}
	return &value
}

// register is a table of documents; the zero one knows none.
type register struct {
	*citation.Register
	keys []string
}

func (r register) candidates(c citation.Citation, context string) []string {
	keys := []string{}
	if r.Register == nil {
		return keys
	}
	for _, i := range r.Candidates(c, context) {
		keys = append(keys, r.keys[i])
	}
	return keys
}

// readRegister reads a table of documents: tab-separated, its first line names
// the columns, of which key and number_symbol are needed.
func readRegister(path string) (register, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return register{}, fmt.Errorf("--documents: %w", err)
	}
	rows := strings.Split(strings.TrimRight(strings.TrimPrefix(norm.NFC.String(string(data)), "\uFEFF"), "\r\n"), "\n")
	columns := map[string]int{}
	for i, name := range strings.Split(strings.TrimRight(rows[0], "\r"), "\t") {
		columns[name] = i
	}
	var missing []string
	for _, name := range []string{"key", "number_symbol"} {
		if _, ok := columns[name]; !ok {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		return register{}, fmt.Errorf("--documents %s: dòng đầu không có cột %s (các cột: vankien cite --help)", path, strings.Join(missing, ", "))
	}
	var r register
	var known []citation.Known
	for _, row := range rows[1:] {
		cells := strings.Split(strings.TrimRight(row, "\r"), "\t")
		cell := func(name string) string {
			if i, ok := columns[name]; ok && i < len(cells) {
				return strings.TrimSpace(cells[i])
			}
			return ""
		}
		if cell("key") == "" {
			continue
		}
		title := cell("title_trich_yeu")
		kind, _ := citation.KindOfTitle(title)
		r.keys = append(r.keys, cell("key"))
		known = append(known, citation.Known{
			Number: citation.Parse(cell("number_symbol")), Issued: cell("date_issued"), Kind: kind.Name, Issuer: cell("issuer"),
			Title: title, Ended: strings.Contains(cell("relations"), "bị thay thế bởi") || strings.Contains(cell("relations"), "bị bãi bỏ"),
		})
	}
	r.Register = citation.NewRegister(known)
	return r, nil
}

// shownDate is an ISO date as people write it.
func shownDate(iso *string) *string {
	if iso == nil {
		return nil
	}
	shown := cmp.Or(indexer.DisplayDate(storage.Date(*iso)), *iso)
	return &shown
}

// plainCitations are the citations of a line for people.
func plainCitations(number int, line citeLine) string {
	var plain strings.Builder
	for _, item := range line.Citations {
		name := "không có số"
		if item.Number != nil {
			name = *item.Number
		}
		fmt.Fprintf(&plain, "Dòng %d, ký tự %d: “%s” → %s", number, item.Start+1, printable(item.Raw), printable(name))
		for _, said := range []*string{item.Pinpoint, shownDate(item.Date)} {
			if said != nil {
				fmt.Fprintf(&plain, ", %s", printable(*said))
			}
		}
		if len(item.Candidates) > 0 {
			fmt.Fprintf(&plain, ": %s", printable(strings.Join(item.Candidates, ", ")))
		}
		plain.WriteString("\n")
	}
	return plain.String()
}
