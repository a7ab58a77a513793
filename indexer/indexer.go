// Package indexer takes documents in and answers searches over them: the one
// write path (Writer) and the search contract (Query, Result, Index).
//
// The index behind the contract is a cache of the store. Every write goes
// original → record (queued) → text → record (ready) → index, so that a crash
// between any two is repaired by the next Repair.
package indexer
