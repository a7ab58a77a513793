package api

import (
	"bytes"
	"errors"
	"mime/multipart"
	"net/textproto"
	"os"
	"testing"

	"vankien/indexer"
	"vankien/storage"
)

// A file keeps its name however it is sent.
func TestFileNames(t *testing.T) {
	const name = `Nghị quyết "05" (bản chính).pdf`
	for _, test := range []struct{ sender, disposition, want string }{
		{"browsers", `form-data; name="file"; filename="Nghị quyết %2205%22 (bản chính).pdf"`, name},
		{"curl before 7.81", `form-data; name="file"; filename="Nghị quyết \"05\" (bản chính).pdf"`, name},
		{"RFC 5987", `form-data; name="file"; filename*=UTF-8''Ngh%E1%BB%8B%20quy%E1%BA%BFt%20%2205%22%20%28b%E1%BA%A3n%20ch%C3%ADnh%29.pdf`, name},
		{"RFC 5987 beside a plain one", `form-data; name="file"; filename="nq.pdf"; filename*=UTF-8''Ngh%E1%BB%8B%20quy%E1%BA%BFt%20%2205%22%20%28b%E1%BA%A3n%20ch%C3%ADnh%29.pdf`, name},
		{"all encoded", `form-data; name="file"; filename="Ngh%E1%BB%8B quy%E1%BA%BFt %2205%22 (b%E1%BA%A3n ch%C3%ADnh).pdf"`, name},
		{"a per cent sign", `form-data; name="file"; filename="100% đảng viên.pdf"`, "100% đảng viên.pdf"},
		{"a per cent sign in ASCII", `form-data; name="file"; filename="100%25.pdf"`, "100%25.pdf"},
		{"a line end", `form-data; name="file"; filename="a%0D%0Ab.pdf"`, "a b.pdf"},
		{"folders", `form-data; name="file"; filename="../../etc/a.pdf"`, "a.pdf"},
		{"none", `form-data; name="file"`, ""},
	} {
		part := &multipart.Part{Header: textproto.MIMEHeader{"Content-Disposition": {test.disposition}}}
		if got := fileName(part); got != test.want {
			t.Errorf("%s: %q, want %q", test.sender, got, test.want)
		}
	}
}

// Any body is read to a form or refused with a reason, and its spool is a file
// that no folder names.
func FuzzReceive(f *testing.F) {
	whole, _ := form(part{"file", "a.txt", "Chi bộ họp."}, confirmed, part{name: "facts", content: `{"number":"05-NQ/TU","issued":null}`}, part{name: "publish", content: "false"})
	boundary := string(whole[2:bytes.IndexByte(whole, '\r')])
	f.Add(whole, boundary)
	f.Add(whole[:len(whole)/2], boundary)
	f.Add(whole, "x")
	f.Add([]byte("--x\r\nContent-Disposition: form-data; name=\"file\"; filename*=UTF-8''%ff\r\n\r\n\x00\r\n--x--"), "x")
	f.Add([]byte("--x\nContent-Disposition: form-data; name=confirmed\nContent-Transfer-Encoding: quoted-printable\n\n=74rue\n--x--\n"), "x")
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, body []byte, boundary string) {
		form, err := receive(multipart.NewReader(bytes.NewReader(body), boundary), dir)
		if err != nil && (problemFor(err).Status >= 500 || indexer.ReasonOf(err) == "") {
			t.Errorf("%v", err)
		}
		if form.file != nil && form.file.size > int64(len(body)) {
			t.Errorf("a file of %d bytes in a body of %d", form.file.size, len(body))
		}
		if err := form.close(); err != nil {
			t.Error(err)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Fatalf("left in the spool: %v, %v", left, err)
		}
	})
}

// A spool that cannot be written is a full disk or a fault of ours, never the
// sender's.
func TestSpoolThatCannotBeWritten(t *testing.T) {
	for device, want := range map[string]int{"/dev/full": 507, "/dev/null/x": 500} {
		file, err := os.OpenFile(device, os.O_WRONLY, 0)
		if device == "/dev/full" && err != nil {
			t.Skip("no /dev/full here")
		}
		if err == nil {
			s := spoolOn(file)
			if _, err = s.Write(bytes.Repeat([]byte("x"), 1<<20)); err == nil {
				err = s.finish()
			}
			if closing := s.Close(); closing != nil {
				t.Error(closing)
			}
		} else {
			_, err = newSpool(device)
		}
		if p := problemFor(formError(err)); p.Status != want || !errors.As(err, new(spoolError)) {
			t.Errorf("%s: %d, %v", device, p.Status, err)
		}
		if errors.Is(err, storage.ErrNoSpace) != (want == 507) {
			t.Errorf("%s: %v", device, err)
		}
	}
}
