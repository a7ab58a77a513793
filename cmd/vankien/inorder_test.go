package main

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"testing"
)

func TestInOrder(t *testing.T) {
	var out strings.Builder
	lines := newInOrder(func(line string) error { out.WriteString(line); return nil })
	for range 6 {
		if err := lines.wait(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for _, place := range []int{2, 0, 5, 1} {
		if err := lines.put(place, strconv.Itoa(place)); err != nil {
			t.Fatal(err)
		}
	}
	if out.String() != "012" {
		t.Errorf("printed %q", &out)
	}
	if err := lines.rest(); err != nil || out.String() != "0125" { // 3 and 4 came to no end
		t.Errorf("printed %q in the end, %v", &out, err)
	}
}

// TestInOrderIsBounded: no more than so many results wait for a slow one.
func TestInOrderIsBounded(t *testing.T) {
	lines := newInOrder(func(string) error { return nil })
	for range ahead {
		if err := lines.wait(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	waited := make(chan error)
	go func() { waited <- lines.wait(ctx) }()
	if err := lines.put(1, ""); err != nil { // the first is not done yet
		t.Fatal(err)
	}
	cancel()
	if err := <-waited; !errors.Is(err, context.Canceled) {
		t.Errorf("one more may begin: %v", err)
	}
	if err := lines.put(0, ""); err != nil || lines.wait(t.Context()) != nil || lines.wait(t.Context()) != nil {
		t.Errorf("two are done and none may begin: %v", err)
	}
}

func TestInOrderFails(t *testing.T) {
	failure := errors.New("broken pipe")
	lines := newInOrder(func(string) error { return failure })
	if err := lines.wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := lines.put(0, "0"); !errors.Is(err, failure) {
		t.Error(err)
	}
}
