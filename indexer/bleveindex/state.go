package bleveindex

// State tells what an index holds of what it once was given.
type State string

// The states.
const (
	Whole State = "whole" // everything
	Stale State = "stale" // an older state, or all but what was damaged: good to search until it is repaired
	Empty State = "empty" // nothing: it was missing, damaged or made by another version
)

// State tells what Open found, and in a Vietnamese sentence why that is not
// everything ("" where it is). A Rebuild makes it Whole; what indexer.Repair
// fills in it cannot know.
func (x *Index) State() (State, string) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.state.state, x.state.reason
}

// condition is a state and the reason for it.
type condition struct {
	state  State
	reason string
}

// unusable is why a build cannot be used: Reason for people.
type unusable struct {
	reason string
	err    error
}

func (e *unusable) Error() string { return e.err.Error() }
func (e *unusable) Unwrap() error { return e.err }
