package indexer

import (
	"testing"

	"vankien/storage"
)

func TestDisplayDate(t *testing.T) {
	for date, want := range map[storage.Date]string{
		"2022-06-16": "16/6/2022", "2026-09-05": "05/9/2026", "2017-02-06": "06/02/2017", "2021-12-01": "01/12/2021",
		"": "", "2022": "", "2022-13-01": "",
	} {
		if got := DisplayDate(date); got != want {
			t.Errorf("%q is shown as %q, want %q", date, got, want)
		}
	}
}
