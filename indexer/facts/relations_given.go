package facts

import (
	"regexp"

	"vankien/storage"
)

const (
	// brought is what a document brings with it, and ends with it.
	brought = `(?:quy chế|quy định|quy trình|quy ước|quy tắc|quy hoạch|nội quy|điều lệ|phụ lục|danh mục|danh sách|chương trình|kế hoạch|đề án|phương án|chiến lược|hướng dẫn|văn bản|quyết định|biểu mẫu|mẫu|biểu|bảng|tiêu chuẩn|tiêu chí|định mức|đơn giá|chế độ|thể lệ)`
	// many stands before one or several of them.
	many = `(?:(?:toàn bộ|tất cả|các|những|nội dung|bản|của|và)\s+)*`
)

var (
	// under stands before a document by which something else was given: "Giấy chứng nhận cấp theo".
	under    = regexp.MustCompile(`(?i:\stheo\s+` + many + `$)`)
	attached = regexp.MustCompile(`(?i:(?:kèm|ban hành)\s+theo\s+` + many + `$)`)
	// itsPaper is what is attached to a document, where the words that lead to
	// it begin with that.
	itsPaper = regexp.MustCompile(`^(?i:[\s,:]*` + many + brought + `[\s,:])`)
	// inPaper is something in it.
	inPaper = regexp.MustCompile(`(?i:\s(?:tại|trong|thuộc)\s+` + many + brought + `[\s,:])`)
)

// affected are the documents between from and to that end or change, as the
// verb before or behind says. What was given under one is not it: "Giấy chứng
// nhận cấp theo Quyết định số …", "thành viên Tổ công tác ban hành kèm theo
// Quyết định số …". Of what is in a paper that came with it, a part of it ends.
func (s *statements) affected(kind storage.RelationKind, from, to int) []object {
	objects := s.objects(from, to)
	if len(objects) == 0 {
		return nil
	}
	lead := " " + s.t.flat[from:objects[0].from]
	switch {
	case !under.MatchString(lead):
	case !attached.MatchString(lead):
		return nil
	case kind == storage.Amends || itsPaper.MatchString(lead):
	case inPaper.MatchString(lead):
		objects[0].part = true
	case !objects[0].part:
		return nil
	}
	return objects
}
