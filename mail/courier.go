package mail

import (
	"context"
	"fmt"
	"time"

	"jachete/workflow"
)

// codePatience is how long a person waits for "the code is on its way".
const codePatience = 10 * time.Second

// Courier sends one-time codes at once.
type Courier struct {
	composer  *Composer
	transport Transport
	patience  time.Duration
}

var _ workflow.Courier = (*Courier)(nil)

// NewCourier makes a courier.
func NewCourier(c *Composer, t Transport) *Courier {
	return &Courier{composer: c, transport: t, patience: codePatience}
}

// SendCode implements [workflow.Courier]. Its error holds the words of the
// relay, never the code.
func (c *Courier) SendCode(ctx context.Context, m workflow.CodeMail) (answer string, err error) {
	message, err := c.composer.Code(m)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, c.patience)
	defer cancel()
	o := c.transport.Send(ctx, message)
	if !o.Sent {
		return "", fmt.Errorf("mail: code not accepted: %s", o.Answer)
	}
	return o.Answer, nil
}
