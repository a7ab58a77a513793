package api

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"vankien/storage"
)

const meeting = "Chi bộ họp mỗi tháng một lần để kiểm điểm công tác."

func TestEdit(t *testing.T) {
	l := live(t, nil)
	d := l.imported("a.txt", meeting, true)
	path, tag := addressOf(d.ID, ""), entityTag(&d.Document)
	const title = `{"facts":{"title":"họp chi bộ"}}`
	for _, test := range []struct {
		name, tag, media, body string
		status                 int
		kind                   string
	}{
		{"no If-Match", "", "application/json", title, 428, "precondition-required"},
		{"stale", `"1"`, "application/json", title, 412, "precondition-failed"},
		{"weak", "W/" + tag, "application/json", title, 412, "precondition-failed"},
		{"malformed", "1", "application/json", title, 412, "precondition-failed"},
		{"no type", tag, "", title, 415, "unsupported"},
		{"a form", tag, "application/x-www-form-urlencoded", title, 415, "unsupported"},
		{"a JSON patch", tag, "application/json-patch+json", "[]", 415, "unsupported"},
		{"no JSON", tag, mergePatchType, "title=x", 400, "invalid"},
		{"nothing", tag, mergePatchType, "", 400, "invalid"},
		{"another field", tag, mergePatchType, `{"state":"published"}`, 400, "invalid"},
		{"another fact", tag, mergePatchType, `{"facts":{"evidence":{}}}`, 400, "invalid"},
		{"a wrong date", tag, mergePatchType, `{"facts":{"issued":"16/6/2022"}}`, 400, "invalid"},
		{"a secret", tag, mergePatchType, `{"facts":{"secrecy":"MẬT"}}`, 422, "secret"},
		{"too large", tag, mergePatchType, `{"facts":{"title":"` + strings.Repeat("x", 300<<10) + `"}}`, 413, "too-large"},
		{"far too large", tag, mergePatchType, strings.Repeat(" ", maxBody+1), 413, "too-large"},
	} {
		headers := []string{}
		if test.tag != "" {
			headers = append(headers, "If-Match: "+test.tag)
		}
		if test.media != "" {
			headers = append(headers, "Content-Type: "+test.media)
		}
		a := l.do(storage.RoleEditor, "PATCH", path, test.body, headers...)
		if p := a.problem(t); a.status != test.status || p.Type != "/problems/"+test.kind || p.Detail == "" {
			t.Errorf("%s: %d %+v, want %d %s", test.name, a.status, p, test.status, test.kind)
		}
		if got := l.record(d.ID); got.Revision != d.Revision {
			t.Errorf("%s: the document is now at revision %d", test.name, got.Revision)
		}
	}

	for i, media := range []string{mergePatchType, "application/json; charset=utf-8"} {
		body := fmt.Sprintf(`{"facts":{"title":"lần %d","place":null},"audience":"members"}`, i)
		a := l.do(storage.RoleEditor, "PATCH", path, body, "Content-Type: "+media, "If-Match: "+tag)
		got := a.document(t)
		if a.status != 200 || a.header.Get("ETag") != entityTag(&got) || got.Revision != d.Revision+i+1 {
			t.Fatalf("%s: %d %s", media, a.status, a.body)
		}
		tag = entityTag(&got)
	}
	for _, match := range []string{"*", tag, `"7", "` + fmt.Sprint(d.Revision+2) + `"`} { // what changes nothing makes no revision
		a := l.do(storage.RoleEditor, "PATCH", path, `{"facts":{"title":"lần 1"}}`, "Content-Type: application/json", "If-Match: "+match)
		if a.status != 200 || a.header.Get("ETag") != tag {
			t.Errorf("%s: %d, ETag %s", match, a.status, a.header.Get("ETag"))
		}
	}
	got := l.record(d.ID)
	if got.Facts.Title != "lần 1" || got.Audience != storage.AudienceMembers {
		t.Errorf("now it is %+v", got.Document)
	}
	if a := l.do("", "GET", path, ""); a.status != 404 {
		t.Errorf("what is for members now is answered %d", a.status)
	}
	if a := l.do(storage.RoleReader, "GET", path, ""); a.status != 200 || a.header.Get("ETag") != entityTag(&got.Document) {
		t.Errorf("for a member: %d, ETag %s", a.status, a.header.Get("ETag"))
	}
}

// From upload to purge: each step as a person takes it, who may not take it,
// and what the history says in the end.
func TestLifeOfADocument(t *testing.T) {
	l := live(t, nil)
	l.read()
	d := l.upload(storage.RolePublisher, "05.pdf", sample(t, "nghi-quyet-05-nq-tu-2026.pdf"))
	path := addressOf(d.ID, "")
	for stream := l.follow(storage.RoleEditor, d.ID); d.Reading.Status != storage.ReadingReady; d = stream.next() {
		continue
	}
	first := `"` + fmt.Sprint(d.Revision) + `"`
	const media = "Content-Type: application/json"
	for _, step := range []struct {
		what         string
		role         storage.Role
		method, path string
		body         string
		headers      []string
		status       int
		said         string // a part of the answer
	}{
		{"anonymous", "", "POST", "/submit", "", nil, 401, "Cần mã truy cập"},
		{"a reader", storage.RoleReader, "POST", "/submit", "", nil, 403, "không đủ quyền"},
		{"a draft withdrawn", storage.RoleAdmin, "POST", "/withdraw", "", nil, 409, "chưa được công bố"},
		{"submitted", storage.RolePublisher, "POST", "/submit", "", []string{"If-Match: " + first}, 200, `"state":"review"`},
		{"submitted on an old version", storage.RoleEditor, "POST", "/submit", "", []string{"If-Match: " + first}, 412, "người khác thay đổi"},
		{"published by an editor", storage.RoleEditor, "POST", "/publish", "", nil, 403, "không đủ quyền"},
		{"published by who uploaded it", storage.RolePublisher, "POST", "/publish", "", nil, 403, "người thứ hai"},
		{"published", storage.RoleAdmin, "POST", "/publish", "", nil, 200, `"state":"published"`},
		{"anybody reads it", "", "GET", "", "", nil, 200, `"05-NQ/TU"`},
		{"edited, it stays published", storage.RoleEditor, "PATCH", "", `{"facts":{"title":"họp chi bộ"},"audience":"staff"}`, []string{media, "If-Match: *"}, 200, `"state":"published"`},
		{"opened by an editor", storage.RoleEditor, "PATCH", "", `{"audience":"public"}`, []string{media, "If-Match: *"}, 403, "quyền công bố"},
		{"opened by a publisher", storage.RolePublisher, "PATCH", "", `{"audience":"public"}`, []string{media, "If-Match: *"}, 200, `"audience":"public"`},
		{"deleted by an editor", storage.RoleEditor, "DELETE", "", "", nil, 403, "quyền công bố"},
		{"withdrawn", storage.RolePublisher, "POST", "/withdraw", "", nil, 200, `"state":"withdrawn"`},
		{"nobody reads it", storage.RoleReader, "GET", "", "", nil, 404, "Không tìm thấy"},
		{"purged before it is deleted", storage.RoleAdmin, "POST", "/purge", `{"confirmed":true}`, nil, 409, "xóa văn bản trước"},
		{"deleted", storage.RoleEditor, "DELETE", "", "", nil, 200, `"deleted":"20`},
		{"submitted when deleted", storage.RoleEditor, "POST", "/submit", "", nil, 409, "khôi phục trước"},
		{"restored to nothing", storage.RoleEditor, "POST", "/restore", "", nil, 400, "từ 1 đến"},
		{"restored to the future", storage.RoleEditor, "POST", "/restore", `{"revision":999}`, nil, 400, "từ 1 đến"},
		{"restored with a typing error", storage.RoleEditor, "POST", "/restore", `{"revison":1}`, nil, 400, "trường lạ"},
		{"restored", storage.RolePublisher, "POST", "/restore", `{"revision":2}`, nil, 200, `"deleted":null`},
		{"deleted again", storage.RoleEditor, "DELETE", "", "", []string{"If-Match: *"}, 200, `"deleted":"20`},
		{"purged by a publisher", storage.RolePublisher, "POST", "/purge", `{"confirmed":true}`, nil, 403, "không đủ quyền"},
		{"what a purge would remove", storage.RoleAdmin, "POST", "/purge", "", nil, 200, `"removed":false`},
		{"not confirmed", storage.RoleAdmin, "POST", "/purge", `{"confirmed":false}`, nil, 200, `"removed":false`},
		{"purged on an old version", storage.RoleAdmin, "POST", "/purge", `{"confirmed":true}`, []string{`If-Match: "1"`}, 412, ""},
		{"its history", storage.RoleEditor, "GET", "/history", "", nil, 200, `{"id":"` + string(d.ID) + `","history":[{"revision":1,"at":"`},
		{"its history for a reader", storage.RoleReader, "GET", "/history", "", nil, 403, "không đủ quyền"},
	} {
		a := l.do(step.role, step.method, path+step.path, step.body, step.headers...)
		if a.status != step.status || !strings.Contains(string(a.body), step.said) {
			t.Errorf("%s: %d %s, want %d %s", step.what, a.status, a.body, step.status, step.said)
		}
		if got, isDocument := a.header.Get("ETag"), strings.HasPrefix(string(a.body), `{"id":"`) && strings.Contains(string(a.body), `"state"`) && step.path != "/history"; (got != "") != isDocument {
			t.Errorf("%s: ETag %q", step.what, got)
		}
	}
	var did []string
	for _, change := range l.record(d.ID).History {
		did = append(did, change.Action+" "+change.By)
	}
	const want = "upload người publisher, read người publisher, submit người publisher, publish người admin, edit người editor, edit người publisher, " +
		"withdraw người publisher, delete người editor, restore người publisher, delete người editor"
	if got := strings.Join(did, ", "); got != want {
		t.Errorf("history %s, want %s", got, want)
	}
	if a := l.do(storage.RoleAdmin, "POST", path+"/purge", `{"confirmed":true}`); a.status != 200 || !strings.Contains(string(a.body), `"removed":true`) {
		t.Errorf("purge: %d %s", a.status, a.body)
	}
	for _, key := range l.objects() {
		if !strings.HasPrefix(key, storage.AuditPrefix) {
			t.Errorf("left after the purge: %s", key)
		}
	}
	if a := l.do(storage.RoleAdmin, "GET", path, ""); a.status != 404 {
		t.Errorf("then %d", a.status)
	}
}

// A browser sends its cookie with requests that nobody meant to make, so it
// only reads.
func TestCookiesChangeNothing(t *testing.T) {
	l := live(t, nil)
	d := l.imported("a.txt", meeting, true)
	cookie := "Cookie: vankien=" + l.secrets[storage.RoleAdmin]
	for _, r := range routes() {
		if !r.writes {
			continue
		}
		if a := l.do("", r.method, strings.ReplaceAll(r.path, "{id}", string(d.ID)), "{}", cookie); a.status != 401 {
			t.Errorf("%s %s answers a cookie %d", r.method, r.path, a.status)
		}
	}
	if a := l.do("", "GET", "/api/v1/audit", "", cookie); a.status != 200 {
		t.Errorf("reading with a cookie: %d", a.status)
	}
}

// A server without a writer serves all that reads and refuses the rest.
func TestServerThatOnlyReads(t *testing.T) {
	l := live(t, func(c *Config) { c.Writer = nil })
	d := l.imported("a.txt", meeting, true)
	for _, r := range routes() {
		path := strings.ReplaceAll(r.path, "{id}", string(d.ID))
		if !r.writes {
			continue
		}
		a := l.do(storage.RoleAdmin, r.method, path, "")
		if _, allow := a.header["Allow"]; a.status != 405 || !allow || !strings.Contains(a.problem(t).Detail, "chỉ phục vụ đọc") {
			t.Errorf("%s %s: %d %s", r.method, path, a.status, a.body)
		}
	}
	if a := l.do("", "GET", addressOf(d.ID, ""), ""); a.status != 200 {
		t.Errorf("reading: %d", a.status)
	}
	if got := l.follow("", d.ID).next(); got.ID != d.ID {
		t.Errorf("followed %+v", got)
	}
}

// Two editors at once: one is told that the other was first.
func TestEditsDoNotOverwriteEachOther(t *testing.T) {
	l := live(t, nil)
	d := l.imported("a.txt", meeting, true)
	statuses := make(chan int, 10)
	for i := range cap(statuses) {
		r := l.request(storage.RoleEditor, "PATCH", addressOf(d.ID, ""), strings.NewReader(fmt.Sprintf(`{"facts":{"title":"lần %d"}}`, i)),
			"Content-Type: application/json", "If-Match: "+entityTag(&d.Document))
		go func() {
			a, err := try(r)
			if err != nil {
				t.Error(err)
			}
			statuses <- a.status
		}()
	}
	counts := map[int]int{}
	for range cap(statuses) {
		counts[<-statuses]++
	}
	if counts[200] != 1 || counts[412] != 9 {
		t.Errorf("answers %v", counts)
	}
	if got := l.record(d.ID); got.Revision != d.Revision+1 {
		t.Errorf("revision %d after %d", got.Revision, d.Revision)
	}
}

// Every decision is in the audit trail, under the name of who took it.
func TestChangesAreInTheAuditTrail(t *testing.T) {
	l := live(t, nil)
	d := l.imported("a.txt", meeting, true)
	l.do(storage.RoleEditor, "PATCH", addressOf(d.ID, ""), `{"facts":{"title":"x"}}`, "Content-Type: application/json", "If-Match: *")
	l.do(storage.RolePublisher, "POST", addressOf(d.ID, "/withdraw"), "")
	var answer AuditAnswer
	a := l.do(storage.RoleAdmin, "GET", "/api/v1/audit", "")
	if err := json.Unmarshal(a.body, &answer); err != nil || a.status != 200 {
		t.Fatalf("%d %s: %v", a.status, a.body, err)
	}
	var did []string
	for _, event := range answer.Events {
		did = append(did, event.Action+" "+event.By+" "+event.Subject)
	}
	want := []string{"import import", "read import", "edit người editor", "withdraw người publisher"}
	for i, event := range want {
		want[i] = event + " " + string(d.ID)
	}
	if strings.Join(did, ", ") != strings.Join(want, ", ") {
		t.Errorf("the trail of %s has %q, want %q", answer.Day, did, want)
	}
}
