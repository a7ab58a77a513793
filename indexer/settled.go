package indexer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"

	"vankien/storage"
)

// settled is facts after without what the machine has said of facts that people
// have set: their evidence, and the issues that are about them; before is what
// it was read from. A mark of State secrecy and whatever concerns no fact keep both.
func settled(before, after storage.Facts, edited []string) (storage.Facts, error) {
	was, err := factValues(before)
	if err != nil {
		return after, err
	}
	is, err := factValues(after)
	if err != nil {
		return after, err
	}
	after.Evidence, after.Issues = maps.Clone(after.Evidence), slices.Clone(after.Issues)
	maps.DeleteFunc(after.Evidence, func(name string, _ storage.Evidence) bool { return name != "secrecy" && slices.Contains(edited, name) })
	after.Issues = slices.DeleteFunc(after.Issues, func(issue string) bool {
		about, open := factsOfIssue(issue), 0
		for _, name := range about {
			switch {
			case !slices.Contains(edited, name):
				open++
			case !bytes.Equal(was[name], is[name]):
				return true // what the issue compares is no longer what it was
			}
		}
		return len(about) > 0 && open == 0
	})
	return after, nil
}

// factValues are facts by their JSON names.
func factValues(f storage.Facts) (map[string]json.RawMessage, error) {
	data, err := json.Marshal(f)
	if err != nil {
		return nil, fmt.Errorf("facts: %w: %w", storage.ErrInvalid, err)
	}
	var values map[string]json.RawMessage
	if err := json.Unmarshal(data, &values); err != nil {
		return nil, fmt.Errorf("facts: %w: %w", storage.ErrInvalid, err)
	}
	return values, nil
}

// issueSubjects tell by its wording which facts an issue of package facts is
// about. The stored issues are sentences alone; one that is not known here stays
// until the library is described again without it.
var issueSubjects = []struct {
	issue *regexp.Regexp
	facts []string
}{
	{regexp.MustCompile(`^Không đọc được số văn bản`), []string{"number"}},
	{regexp.MustCompile(`^Số văn bản (để trống|do máy|ở phần đầu là) `), []string{"number"}},
	{regexp.MustCompile(`^Năm \d+ trong số văn bản không hợp lý`), []string{"number"}},
	{regexp.MustCompile(`^Ký hiệu .* trong số văn bản không khớp với thể loại `), []string{"number", "kind"}},
	{regexp.MustCompile(`^Năm trong số văn bản .* khác năm ban hành `), []string{"number", "issued"}},
	{regexp.MustCompile(`^Không đọc được thể loại văn bản`), []string{"kind"}},
	{regexp.MustCompile(`^“.*” không có thẩm quyền ban hành .* cơ quan ban hành\.$`), []string{"issuer", "kind"}},
	{regexp.MustCompile(`^(Không đọc được cơ quan ban hành|Cơ quan trong lời ban hành |Chỉ đọc được tiêu đề )`), []string{"issuer"}},
	{regexp.MustCompile(`^(Không đọc được ngày ban hành|Phần đầu văn bản in hai ngày )`), []string{"issued"}},
	{regexp.MustCompile(`^Ngày ban hành (do máy|in trên văn bản không|để trống) `), []string{"issued"}},
	{regexp.MustCompile(`^Ngày ban hành .* sớm hơn ngày .* của văn bản căn cứ `), []string{"issued", "relations"}},
	{regexp.MustCompile(`^Ngày có hiệu lực sớm hơn ngày ban hành`), []string{"effective", "issued"}},
	{regexp.MustCompile(`^Không đọc được trích yếu`), []string{"title"}},
	{regexp.MustCompile(`^Không đọc được tên người ký`), []string{"signer"}},
	{regexp.MustCompile(`^Không đọc được chức vụ người ký`), []string{"signer_role"}},
	{regexp.MustCompile(`^Văn bản thay thế hoặc bãi bỏ .* nhưng trừ lại một phần`), []string{"relations"}},
	{regexp.MustCompile(`^(Văn bản bãi bỏ các quy định trước đây |Văn bản rất dài nên quan hệ với văn bản khác )`), []string{"relations"}},
}

// factsOfIssue are the facts that an issue is about, none where it is about the
// document as a whole: its secrecy, or what nobody has seen.
func factsOfIssue(issue string) []string {
	for _, subject := range issueSubjects {
		if subject.issue.MatchString(issue) {
			return subject.facts
		}
	}
	return nil
}
