package query

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The words beside an abbreviation choose its sense, where they make a longer
// name together.
func TestWordsBesideAnAbbreviationChooseItsSense(t *testing.T) {
	for typed, want := range map[string]string{
		"dv du bi":              "đảng viên",
		"dv dự bị bao lâu":      "đảng viên",
		"đv mới":                "đảng viên",
		"kết nạp dv":            "đảng viên",
		"phat trien dv":         "đảng viên",
		"cb trực thuộc":         "chi bộ",
		"BTC Tỉnh ủy":           "Ban Tổ chức",
		"dv":                    "dân vận, dịch vụ, đảng viên, đoàn viên, đơn vị",
		"công tác dv":           "dân vận, dịch vụ, đảng viên, đoàn viên, đơn vị",
		"dv giúp dân du lịch":   "dân vận, dịch vụ, đảng viên, đoàn viên, đơn vị",
		"BTC quản lý ngân sách": "Ban Tổ chức, Bộ Tài chính",
	} {
		q := Parse(typed)
		if len(q.Senses) == 0 {
			t.Errorf("%s: no abbreviation", typed)
			continue
		}
		if diff := cmp.Diff(want, strings.Join(q.Senses[0].Expansions, ", ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", typed, diff)
		}
	}
}
