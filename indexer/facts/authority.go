package facts

import (
	"regexp"
	"strings"

	"vankien/analyzers"
)

// authority says, folded, whose a kind of document can be, as the law on
// issuing legal documents and the Party's rules on the form of documents have
// it; kinds that anybody may issue are not in it.
var authority = map[string]*regexp.Regexp{
	"Hiến pháp":  regexp.MustCompile(`^quoc hoi`),
	"Luật":       regexp.MustCompile(`^quoc hoi`),
	"Bộ luật":    regexp.MustCompile(`^quoc hoi`),
	"Pháp lệnh":  regexp.MustCompile(`^uy ban thuong vu quoc hoi`),
	"Lệnh":       regexp.MustCompile(`^chu tich nuoc`),
	"Nghị định":  regexp.MustCompile(`^chinh phu`),
	"Thông tư":   regexp.MustCompile(`^(bo |bo truong|ngan hang nha nuoc|thong doc|thanh tra chinh phu|tong thanh tra|uy ban dan toc|van phong chinh phu|toa an nhan dan toi cao|chanh an|vien kiem sat|vien truong|kiem toan|tong kiem toan|chu nhiem)`),
	"Thông tri":  regexp.MustCompile(`(ban bi thu|ban thuong vu|tinh uy|thanh uy|huyen uy|quan uy|thi uy|dang uy|^ban .*trung uong|uy ban kiem tra)`),
	"Nghị quyết": regexp.MustCompile(`^(quoc hoi|uy ban thuong vu quoc hoi|chinh phu|hoi dong|dai hoi|ban chap hanh|ban thuong vu|ban bi thu|bo chinh tri|ban can su|dang doan|dang uy|dang bo|chi bo|tinh uy|thanh uy|huyen uy|quan uy|thi uy|doan|hoi|lien doan|cong doan|mat tran|uy ban (trung uong )?mat tran|uy ban mttq|tong lien doan)`),
}

// checkAuthority tells the editor where a body issues what only another can.
func (r *reader) checkAuthority() {
	may, ruled := authority[string(r.facts.Kind)]
	if !ruled || r.facts.Issuer == "" {
		return
	}
	for issuer := range strings.SplitSeq(string(r.facts.Issuer), ";") {
		if fold := analyzers.FoldText(strings.TrimSpace(issuer)); !may.MatchString(fold) {
			r.issue("“" + strings.TrimSpace(issuer) + "” không có thẩm quyền ban hành " + strings.ToLower(string(r.facts.Kind)) + "; cần xem lại thể loại hoặc cơ quan ban hành.")
		}
	}
}
