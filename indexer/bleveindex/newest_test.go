package bleveindex

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

// "Mới nhất" beside a topic puts the newest of what is about it first: not a newer
// document that mentions it once or no longer holds, nor one of another kind where a
// kind is named.
func TestNewestOfATopic(t *testing.T) {
	x := open(t, t.TempDir())
	defer closing(t, x)
	const much = "Văn bản này nói về chuyển đổi số. Chuyển đổi số trong các cơ quan. Nhiệm vụ chuyển đổi số: hạ tầng số, dữ liệu số, nhân lực cho chuyển đổi số."
	old := rule("911-QĐ/TW", "2019-03-01", "chuyển đổi số trong các cơ quan đảng", much)
	newer := rule("912-QĐ/TW", "2022-10-18", "thúc đẩy chuyển đổi số", much)
	plan := rule("913-KH/TW", "2024-05-05", "thực hiện chuyển đổi số", much)
	plan.Document.Facts.Kind, plan.Document.Facts.KindSymbol = "Kế hoạch", "KH"
	passing := rule("914-QĐ/TW", "2025-01-01", "chế độ họp của cấp ủy", "Họp định kỳ mỗi tháng một lần, khi cần thì họp bất thường; tài liệu gửi trước ba ngày, kể cả báo cáo về số lượng và chuyển sinh hoạt, đổi thẻ.")
	ended := rule("915-QĐ/TW", "2023-02-02", "đẩy mạnh chuyển đổi số", much)
	ended.Document.Validity = storage.Repealed
	batch := indexer.Batch{Put: []indexer.Entry{old, newer, plan, passing, ended}}
	for i, topic := range []string{"kết nạp đảng viên", "đóng đảng phí", "sinh hoạt chi bộ", "khen thưởng", "kiểm tra, giám sát", "đào tạo cán bộ", "dân vận", "bảo vệ chính trị"} {
		number := fmt.Sprintf("%d-QĐ/TW", 950+i)
		batch.Put = append(batch.Put, rule(number, "2020-01-01", topic, "Văn bản này nói về "+topic+". Một số quy định mới, số lượng và chế độ báo cáo."))
	}
	apply(t, x, batch)
	for typed, want := range map[string][]indexer.Entry{
		"chuyển đổi số mới nhất":               {plan, newer, old, ended},
		"quy định mới nhất về chuyển đổi số":   {newer, old},
		"quy dinh moi nhat ve chuyen doi so":   {newer, old},
		"kế hoạch chuyển đổi số mới ban hành":  {plan},
		"chuyển đổi số trong các cơ quan đảng": {old},
	} {
		var got, ids []storage.ID
		for _, entry := range want {
			ids = append(ids, entry.Document.ID)
		}
		for _, hit := range find(t, x, indexer.Query{Text: typed}).Hits {
			got = append(got, hit.Document.ID)
		}
		if diff := cmp.Diff(ids, got[:min(len(got), len(ids))]); diff != "" {
			t.Errorf("“%s” (-want +got):\n%s", typed, diff)
		}
	}
}
