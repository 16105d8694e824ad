package main

import (
	"context"
	"os"

	"jachete/workflow"
)

type evidenceCommand struct {
	Number string `arg:"" help:"Number of the certificate."`
	Output string `short:"o" help:"File to write, - for standard output." required:""`
}

// Run implements the command. The file holds personal information: only its
// owner may read it.
func (p evidenceCommand) Run(c *Config, std *streams) error {
	return with(c, std, func(ctx context.Context, a *app) error {
		file, err := a.service.Evidence(ctx, workflow.Operator(), p.Number)
		if err != nil {
			return err
		}
		if p.Output == "-" {
			_, err = std.out.Write(file)
			return err
		}
		return os.WriteFile(p.Output, file, 0o600)
	})
}
