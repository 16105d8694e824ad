package main

import (
	"context"
	"errors"
	"os"

	"jachete/mail"
	"jachete/workflow"
)

type mailCommand struct {
	Bounce mailBounceCommand `cmd:"" help:"Read a mail that came back from standard input and record it: for a pipe of the mail server."`
}

type mailBounceCommand struct{}

// Run implements the command. A message that is no report about a mail of ours
// is left alone: a mail server must not bounce what it pipes here.
func (mailBounceCommand) Run(c *Config, std *streams) error {
	b, err := mail.ParseBounce(os.Stdin)
	if errors.Is(err, mail.ErrNotABounce) {
		return nil
	}
	if err != nil {
		return err
	}
	return with(c, std, func(ctx context.Context, a *app) error {
		err := a.service.Bounce(ctx, b.MessageID, b.Words())
		if workflow.IsKind(err, workflow.NotFound) {
			return nil
		}
		return err
	})
}
