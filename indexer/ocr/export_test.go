package ocr

import "time"

// Hurry makes a page's limit of time shorter: tests do not wait for 20 s.
func (r *Recognizer) Hurry(limit time.Duration) { r.limit = limit }

// Program is what is started.
func (r *Recognizer) Program() string { return r.program }
