package workflow_test

import (
	"context"
	"fmt"
	"os"
	"sync/atomic"
	"testing"
)

// processT stands for a test in a process that has none.
type processT struct {
	testing.TB
	failed atomic.Bool
}

func (p *processT) Context() context.Context { return context.Background() }
func (p *processT) Helper()                  {}

func (p *processT) Errorf(format string, args ...any) {
	p.failed.Store(true)
	fmt.Printf(format+"\n", args...)
}

func (p *processT) Fatal(args ...any) {
	fmt.Println(args...)
	os.Exit(1)
}

func (p *processT) code() int {
	if p.failed.Load() {
		return 1
	}
	return 0
}
