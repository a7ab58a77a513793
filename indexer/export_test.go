package indexer

// Golden is golden, for the tests outside the package: one flag -update.
var Golden = golden
