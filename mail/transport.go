package mail

import (
	"context"

	"jachete/workflow"
)

// Transport carries messages. Its methods may be called from several
// goroutines.
type Transport interface {
	// Send hands one message over and tells what became of it; the time of
	// the outcome is left to the caller. It returns within its own time-outs,
	// sooner when ctx ends.
	Send(ctx context.Context, m Message) workflow.Outcome
	// Ready gives the reason to claim nothing at present: the relay could not
	// be reached, refused who we are, or asked to slow down. It tries the
	// relay again when that is due, and then may take as long as Send.
	Ready(ctx context.Context) error
}
