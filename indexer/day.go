package indexer

import (
	"fmt"
	"time"

	"vankien/storage"
)

// DisplayDate is a day as official papers write it: 16/6/2022, 05/9/2026,
// 06/02/2017 (a zero before days under 10 and before January and February,
// Nghị định 30/2020/NĐ-CP, phụ lục I). "" for what is no day.
func DisplayDate(d storage.Date) string {
	day, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	if day.Month() < time.March {
		return day.Format("02/01/2006")
	}
	return fmt.Sprintf("%s/%d/%d", day.Format("02"), day.Month(), day.Year())
}
