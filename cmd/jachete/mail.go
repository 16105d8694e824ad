package main

import (
	"context"
	"os"

	"jachete/mail"
)

type mailCommand struct {
	Bounce mailBounceCommand `cmd:"" help:"Read a mail that came back from standard input and record it: for a pipe of the mail server."`
}

type mailBounceCommand struct{}

// Run implements the command. A message that is no report about a mail of ours
// is left alone: a mail server must not bounce what it pipes here.
func (mailBounceCommand) Run(c *Config, std *streams) error {
	return with(c, std, func(ctx context.Context, a *app) error { return a.returns().Take(ctx, os.Stdin) })
}

// returns takes in the mail that comes back.
func (a *app) returns() mail.Returns {
	return mail.Returns{Bounces: a.service, Path: a.composer.Returns, Log: a.logger}
}

// returnPath makes the envelope senders, nil when they are to be the address
// mail comes from.
func (a *app) returnPath() (*mail.ReturnPath, error) {
	if a.MailBounce == "" {
		return nil, nil
	}
	key, err := a.keys.random("bounce.key")
	if err != nil {
		return nil, err
	}
	return mail.NewReturnPath(a.MailBounce, key)
}

// watchReturns looks into the folder of returned mail, if there is one.
func (a *app) watchReturns(ctx context.Context) {
	if a.BounceMaildir != "" {
		mail.Maildir(a.BounceMaildir).Watch(ctx, a.returns())
	}
}
