package main

import (
	"context"
	"fmt"
	"time"

	"jachete/workflow"
)

type migrateCommand struct{}

// Run implements the command. It wires the whole service, so that pôles and
// declarations are there too.
func (migrateCommand) Run(c *Config, std *streams) error {
	s, err := c.check()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	a, err := wire(ctx, s, std, wiring{clock: workflow.SystemClock, prepare: migrateAll})
	if err != nil {
		return err
	}
	defer a.close()
	have, _, err := a.store.SchemaVersion(ctx)
	if err == nil {
		fmt.Fprintf(std.out, "schema %d\n", have)
	}
	return err
}
