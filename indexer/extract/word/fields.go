package word

import "slices"

// fieldCodes finds what is not text within a range: of a field its instruction,
// to the result that it shows, if any (MS-DOC 2.8.25). The ranges are in order
// and do not overlap. A mark without its counterpart hides nothing.
func fieldCodes(units []uint16, start, end int) []span {
	type field struct{ begin, middle int }
	var open []field
	var codes []span
	for cp := start; cp < end; cp++ {
		switch units[cp] {
		case charFieldBegin:
			open = append(open, field{cp, -1})
		case charFieldMiddle:
			if n := len(open); n > 0 && open[n-1].middle < 0 {
				open[n-1].middle = cp
			}
		case charFieldEnd:
			n := len(open)
			if n == 0 {
				continue
			}
			f := open[n-1]
			open = open[:n-1]
			if f.middle < 0 {
				f.middle = cp
			}
			codes = append(codes, span{f.begin, f.middle + 1})
		}
	}
	return merge(codes)
}

// merge puts ranges in order and makes one of those that overlap.
func merge(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return a.start - b.start })
	merged := spans[:0]
	for _, s := range spans {
		if n := len(merged); n > 0 && s.start < merged[n-1].end {
			merged[n-1].end = max(merged[n-1].end, s.end)
			continue
		}
		merged = append(merged, s)
	}
	return merged
}
