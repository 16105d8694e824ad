package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jachete/workflow"
	"jachete/workflow/journal"
)

type keysCommand struct {
	List   keysListCommand `cmd:"" help:"Tell which keys are in use and which were, without showing them."`
	Rotate struct {
		Seal       keysRotateSealCommand       `cmd:"" help:"Make a new key for the seal under the same root; certificates already issued stay genuine."`
		Link       keysRotateLinkCommand       `cmd:"" help:"Make a new key for the links of mails; mailed links live until they expire."`
		Checkpoint keysRotateCheckpointCommand `cmd:"" help:"Make a new key for the journal's checkpoints; older ones stay verifiable."`
	} `cmd:"" help:"Change a key."`
}

type keysListCommand struct{}

// Run implements the command.
func (keysListCommand) Run(c *Config, std *streams) error {
	return withKeys(c, func(s settings, ring keyring) error {
		list, err := ring.list(s, workflow.SystemClock.Now())
		if c.JSON {
			return errors.Join(std.printJSON(append([]keyRecord{}, list...)), err)
		}
		for _, r := range list {
			state := map[bool]string{true: "in use", false: "retired"}[r.InUse]
			fmt.Fprintf(std.out, "%-13s  %-32s  %-10s  %-10s  %s\n", r.Kind, r.ID, day(r.Since), day(r.Until), state)
		}
		return err
	})
}

func day(t *time.Time) string {
	if t == nil {
		return unknown
	}
	return t.Format(time.DateOnly)
}

// restart is what every change of a key asks for.
const restart = "restart every jachete serve to use it"

type keysRotateSealCommand struct{}

// Run implements the command.
func (keysRotateSealCommand) Run(c *Config, std *streams) error {
	return withKeys(c, func(s settings, ring keyring) error {
		if !s.ownSeal() {
			return errors.New("the seal's key is configured (JACHETE_SEAL_…): replace it there instead")
		}
		key, err := ring.rotateSeal(workflow.SystemClock.Now())
		if err == nil {
			fmt.Fprintf(std.out, "seal: certificate %s, until %s; %s\n", key.Chain[0].SerialNumber.Text(16), key.Expires().Format(time.DateOnly), restart)
		}
		return err
	})
}

type keysRotateLinkCommand struct{}

// Run implements the command.
func (keysRotateLinkCommand) Run(c *Config, std *streams) error {
	return withKeys(c, func(_ settings, ring keyring) error {
		keys, err := ring.rotateLinks(workflow.SystemClock.Now())
		if err == nil {
			fmt.Fprintf(std.out, "link: key %s mints, %d older read; %s\n", keys[0].name, len(keys)-1, restart)
		}
		return err
	})
}

type keysRotateCheckpointCommand struct{}

// Run implements the command. The journal hears of the new key first: should
// the file not be written after that, the key of today goes on.
func (keysRotateCheckpointCommand) Run(c *Config, std *streams) error {
	return with(c, std, func(ctx context.Context, a *app) error {
		ring, err := a.keys.checkpoints(a.clock.Now())
		if err != nil {
			return err
		}
		secret, err := newCheckpointKey()
		if err != nil {
			return err
		}
		if err := a.service.HandOverCheckpoints(ctx, workflow.Operator(), secret); err != nil {
			return err
		}
		next, err := ring.next(secret, a.clock.Now())
		if err != nil {
			return err
		}
		if err := a.keys.replace("checkpoint.key", next.text()); err != nil {
			return err
		}
		public, err := journal.PublicKey(secret)
		fmt.Fprintf(std.out, "checkpoint: key %s; %s\n", public, restart)
		return err
	})
}

// withKeys runs a command on the folder of keys alone.
func withKeys(c *Config, run func(settings, keyring) error) error {
	s, err := c.check()
	if err != nil {
		return err
	}
	ring, err := openKeyring(s.Data)
	if err != nil {
		return err
	}
	return run(s, ring)
}
