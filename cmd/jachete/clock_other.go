//go:build !linux

package main

import "jachete/workflow"

// clockState is unknown here.
func clockState() workflow.ClockState { return workflow.ClockState{} }
