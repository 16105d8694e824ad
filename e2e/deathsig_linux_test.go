package e2e

import "syscall"

// dieWithUs ends a server when the tests end in a way that runs no cleanup,
// such as their time limit.
var dieWithUs = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
