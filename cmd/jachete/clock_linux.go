package main

import (
	"time"

	"golang.org/x/sys/unix"

	"jachete/workflow"
)

// clockState asks the kernel how well its clock is kept (adjtimex(2), which
// needs no right when it changes nothing).
func clockState() workflow.ClockState {
	var t unix.Timex
	state, err := unix.Adjtimex(&t)
	if err != nil {
		return workflow.ClockState{Source: "kernel"}
	}
	unit := time.Microsecond
	if t.Status&unix.STA_NANO != 0 {
		unit = time.Nanosecond
	}
	c := workflow.ClockState{Source: "kernel, synchronised", Offset: (time.Duration(t.Offset) * unit).String(),
		MaximumError: (time.Duration(t.Maxerror) * time.Microsecond).String()}
	if state == unix.TIME_ERROR || t.Status&unix.STA_UNSYNC != 0 {
		c.Source = "kernel, not synchronised"
	}
	return c
}
