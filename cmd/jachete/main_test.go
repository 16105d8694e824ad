package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"jachete":  func() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) },
		"makeseal": makeSeal,
	})
}

// TestScripts runs the command line as an operator does; each scenario is a
// file of testdata.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv("JACHETE_DATA", e.WorkDir+"/data")
			e.Setenv("LANG", "fr_CA.UTF-8")
			return nil
		},
	})
}
