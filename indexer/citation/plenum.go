package citation

// sittings are the days on which the plenums of the Central Committee opened,
// in their order. Resolutions carry a date some days or weeks after the
// closing, so that a document of the Central Committee belongs to the plenum
// that opened last before it. Sources: the communiqués of the plenums; terms
// before VIII number their documents otherwise and are left out.
var sittings = []struct {
	term  string
	opens []string // of the first plenum, the second …
}{
	{"VIII", []string{"1996-07-01", "1996-12-16", "1997-06-09", "1997-12-22", "1998-07-06", "1998-10-13", "1999-08-09", "1999-11-04", "2000-04-10", "2000-06-26", "2001-01-08", "2001-03-13"}},
	{"IX", []string{"2001-04-22", "2001-05-16", "2001-08-13", "2001-11-05", "2002-02-18", "2002-07-04", "2003-01-13", "2003-07-02", "2004-01-05", "2004-07-05", "2005-01-17", "2005-07-04", "2006-01-09", "2006-03-20"}},
	{"X", []string{"2006-04-25", "2006-06-02", "2006-07-24", "2007-01-15", "2007-07-05", "2008-01-14", "2008-07-09", "2008-10-02", "2009-01-05", "2009-06-29", "2009-10-05", "2010-03-22", "2010-10-07", "2010-12-13", "2011-01-10"}},
	{"XI", []string{"2011-01-18", "2011-07-04", "2011-10-06", "2011-12-26", "2012-05-07", "2012-10-01", "2013-05-02", "2013-09-30", "2014-05-08", "2015-01-05", "2015-05-04", "2015-10-05", "2015-12-14", "2016-01-11"}},
	{"XII", []string{"2016-01-27", "2016-03-10", "2016-07-04", "2016-10-09", "2017-05-05", "2017-10-04", "2018-05-07", "2018-10-02", "2018-12-25", "2019-05-16", "2019-10-07", "2020-05-11", "2020-10-05", "2020-12-14", "2021-01-16"}},
	{"XIII", []string{"2021-01-31", "2021-03-08", "2021-07-05", "2021-10-04", "2022-05-04", "2022-10-03", "2023-05-15", "2023-10-02", "2024-05-16", "2024-09-18", "2025-04-10", "2025-07-18", "2025-10-06", "2025-11-05", "2025-12-22"}},
	{"XIV", []string{"2026-01-23"}},
}

// PlenumOf is the plenum of the Central Committee, and its term, that had
// opened last on an ISO date: what a document that the Central Committee
// issued then was passed by. 0 and "" where it is no date or not known. Of the
// term XIV only the first plenum is known, so that a later date has none.
func PlenumOf(isoDate string) (term string, plenum int) {
	if !isISO(isoDate) || isoDate >= lastPlenumKnown {
		return "", 0
	}
	for _, s := range sittings {
		for i, opened := range s.opens {
			if isoDate < opened {
				return term, plenum
			}
			term, plenum = s.term, i+1
		}
	}
	return term, plenum
}

// lastPlenumKnown is the first day on which a second plenum of the term XIV
// may have sat.
const lastPlenumKnown = "2026-02-15"
