//go:build !linux

package e2e

import "syscall"

// dieWithUs does nothing where the system has no such service.
var dieWithUs = &syscall.SysProcAttr{}
