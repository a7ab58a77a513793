package facts

import (
	"regexp"
	"strings"

	"vankien/analyzers"
)

var forStanding = regexp.MustCompile(`^(t/m|tm\.?|t/l|tl\.?) ?ban thuong vu( (tinh|thanh|huyen|quan|thi|dang) uy.*)?$`)

// signedForStanding tells whether the signature is on behalf of the standing
// committee of the Party committee that the letterhead names.
func (r *reader) signedForStanding(head string) bool {
	first, _, _ := strings.Cut(r.sign.role, " – ")
	return partyCommittee(firstTwo(analyzers.FoldText(head))) && !strings.Contains(head, ";") && forStanding.MatchString(analyzers.FoldText(first))
}

// standingIssuer takes the standing committee as the issuer, and tells the
// editor where the enacting phrase names a body that is neither it nor the
// letterhead's.
func (r *reader) standingIssuer(head, phrase string) {
	signed := "Ban Thường vụ " + head
	r.takeIssuer(signed, r.sign.cell, sure)
	if enacted := eachCompleted(phrase, head); enacted != "" && enacted != head && analyzers.FoldText(phrase) != "ban thuong vu" {
		r.issue("Cơ quan trong lời ban hành (" + enacted + ") khác cơ quan ký thay mặt (" + signed + ").")
	}
}
