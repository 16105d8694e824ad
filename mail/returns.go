package mail

import (
	"context"
	"errors"
	"io"
	"log/slog"

	"jachete/workflow"
)

// Bounces is who has to know of mail that came back; [workflow.Service]
// implements it.
type Bounces interface {
	// Bounce records it. NotFound when it is about no mail of ours, or known.
	Bounce(ctx context.Context, r workflow.BounceReport) error
}

// Returns takes in the mail that comes back.
type Returns struct {
	Bounces Bounces
	Path    *ReturnPath // nil when envelope senders tell nothing
	Log     *slog.Logger
}

// Take reads one message. What is not a report about a mail of ours is left
// alone and logged without its content: whoever can write to the return
// address can write anything. An error is about us, and taking the message
// again later may work.
func (r Returns) Take(ctx context.Context, message io.Reader) error {
	b, err := ParseBounce(message)
	var reports []workflow.BounceReport
	if err == nil {
		reports, err = b.Reports(r.Path)
	}
	if err != nil {
		r.Log.Info("returned mail left alone", "reason", leftAlone(err))
		return nil
	}
	for _, report := range reports {
		switch err := r.Bounces.Bounce(ctx, report); {
		case workflow.IsKind(err, workflow.NotFound):
			r.Log.Info("returned mail left alone", "reason", "no mail of ours to that recipient, or known before")
		case err != nil:
			return err
		default:
			r.Log.Info("mail came back", "delivery", report.DeliveryID, "cause", workflow.CauseOf(report.Answer))
		}
	}
	return nil
}

// leftAlone words why, without quoting the message.
func leftAlone(err error) string {
	for _, known := range []error{ErrForged, ErrNotABounce} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	return "cannot be read"
}
