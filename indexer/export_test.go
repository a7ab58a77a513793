package indexer

import "time"

// Golden is golden, for the tests outside the package: one flag -update.
var Golden = golden

func init() { checkOCREvery = 20 * time.Millisecond }
