package main

import (
	"fmt"
	"runtime"

	"jachete/pdf/typeset"
)

type versionCommand struct {
	Licences bool `help:"Print the licences of the fonts inside."`
}

// Run implements the command.
func (v versionCommand) Run(c *Config, std *streams) error {
	if v.Licences {
		fmt.Fprintln(std.out, typeset.Licences())
		return nil
	}
	if c.JSON {
		return std.printJSON(map[string]string{"version": version, "go": runtime.Version()})
	}
	fmt.Fprintf(std.out, "jachete %s (%s)\n", version, runtime.Version())
	return nil
}
