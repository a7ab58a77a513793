package facts

import (
	"regexp"
	"strings"

	"vankien/analyzers"
)

var forStanding = regexp.MustCompile(`^(t/m|tm\.?) ?ban thuong vu( (tinh|thanh|huyen|quan|thi|dang) uy.*)?$`)

// signedForStanding tells whether the signature is on behalf of the standing
// committee of the Party committee that the letterhead names. Who signs by its
// order (T/L) is an office that issues nothing in its name.
func (r *reader) signedForStanding(head string) bool {
	first, _, _ := strings.Cut(r.sign.role, " – ")
	return partyCommittee(firstTwo(analyzers.FoldText(head))) && !strings.Contains(head, ";") && forStanding.MatchString(analyzers.FoldText(first))
}

// standingIssuer takes the standing committee as the issuer. Where the enacting
// phrase names a body that is neither it nor the letterhead's, the editor is told
// and has to decide.
func (r *reader) standingIssuer(head, phrase string) {
	signed := "Ban Thường vụ " + head
	confidence := sure
	if enacted := eachCompleted(phrase, head); enacted != "" && enacted != head && analyzers.FoldText(phrase) != "ban thuong vu" {
		r.issue("Cơ quan trong lời ban hành (" + enacted + ") khác cơ quan ký thay mặt (" + signed + ").")
		confidence = weak
	}
	r.takeIssuer(signed, r.sign.cell, confidence)
}
