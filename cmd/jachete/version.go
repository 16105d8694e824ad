package main

import (
	"fmt"
	"runtime"
)

type versionCommand struct{}

// Run implements the command.
func (versionCommand) Run(c *Config, std *streams) error {
	if c.JSON {
		return std.printJSON(map[string]string{"version": version, "go": runtime.Version()})
	}
	fmt.Fprintf(std.out, "jachete %s (%s)\n", version, runtime.Version())
	return nil
}
