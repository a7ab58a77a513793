package bodies

import (
	"slices"
	"strings"

	"vankien/analyzers"
	"vankien/storage"
)

// Authority tells whether a body may issue documents of a kind on a day, ""
// being any: false only where it certainly may not. The kind is its name or its
// symbol; a symbol that is that of several kinds (QĐ) says what any of them may.
//
// The Party's rules on it are 31-QĐ/TW (1997), 66-QĐ/TW (2017) and 399-QĐ/TW
// (2026), the State's are the laws on legal documents since 1996. This is not
// their lists: it has the few refusals that hold under all of them, to be looked
// at by an editor.
func Authority(kind string, b Body, on storage.Date) bool {
	folded := analyzers.FoldText(kind)
	if name, symbol := kindsOfSymbol[folded]; symbol {
		folded = name
	}
	if folded == "tt" {
		folded = "thong tu"
		if b.Party {
			folded = "thong tri"
		}
	}
	if b.Party {
		return partyMay(folded, b)
	}
	return stateMay(folded, b, on)
}

// kindsOfSymbol are the symbols of one kind only, folded. TT is a thông tri of
// the Party and a thông tư of the State.
var kindsOfSymbol = map[string]string{"nd": "nghi dinh", "nq": "nghi quyet", "ct": "chi thi", "qdi": "quy dinh", "pl": "phap lenh"}

// stateKinds are the kinds that no body of the Party issues alone.
var stateKinds = []string{"hien phap", "luat", "bo luat", "phap lenh", "nghi dinh", "thong tu", "sac lenh"}

func partyMay(kind string, b Body) bool {
	leads := !b.Advises
	congress := strings.HasPrefix(b.ID, "dai-hoi")
	switch kind {
	case "nghi quyet":
		return leads
	case "chi thi":
		return leads && b.Level != Cell && !congress
	case "quy dinh", "thong tri":
		return b.Level != Cell && !congress
	case "cuong linh", "cuong linh chinh tri", "dieu le", "chien luoc":
		return leads && b.Level == Central
	}
	return !slices.Contains(stateKinds, kind)
}

func stateMay(kind string, b Body, on storage.Date) bool {
	switch kind {
	case "hien phap", "luat", "bo luat":
		return b.ID == "quoc-hoi"
	case "phap lenh":
		return b.ID == "uy-ban-thuong-vu-quoc-hoi" || b.ID == "hoi-dong-nha-nuoc"
	case "nghi dinh":
		const firstGovernmentOfToday = "1992-10-01" // before, others signed decrees too
		return b.ID == "chinh-phu" || b.ID == "hoi-dong-bo-truong" || on != "" && on < firstGovernmentOfToday
	case "thong tu":
		const lawOfDocuments = "1997-01-01" // before, the Prime Minister issued some
		return b.Level == Ministry || b.Level == Central && on != "" && on < lawOfDocuments
	case "thong tri", "cuong linh":
		return b.Level == Union
	}
	return true
}
