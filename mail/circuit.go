package mail

import (
	"fmt"
	"sync"
	"time"

	"jachete/workflow"
)

// pauses are how long a relay is left alone, by cause. A minute when somebody
// has to mend something: trying more often locks accounts and fills logs.
var pauses = map[cause]time.Duration{
	unreachable: 10 * time.Second,
	slowDown:    time.Minute,
	distrust:    time.Minute,
}

// circuit remembers that a relay is better left alone for a while, so that an
// outage costs deliveries no attempts.
type circuit struct {
	clock workflow.Clock

	mu     sync.Mutex
	until  time.Time // zero while all is well
	reason *failure
}

// note takes in the end of an attempt: nil when the relay answered.
func (c *circuit) note(f *failure) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if f == nil {
		c.until, c.reason = time.Time{}, nil
		return
	}
	if pause, ok := pauses[f.cause]; ok {
		c.until, c.reason = c.clock.Now().Add(pause), f
	}
}

// closed tells that all is well.
func (c *circuit) closed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.reason == nil
}

// paused gives the failure that keeps everybody away, or nil when the caller
// may try. The first caller after the pause is alone to try.
func (c *circuit) paused() *failure {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.clock.Now()
	if c.reason == nil || !now.Before(c.until) {
		if c.reason != nil {
			c.until = now.Add(pauses[c.reason.cause])
		}
		return nil
	}
	return &failure{cause: c.reason.cause, stage: "paused", err: fmt.Errorf("no new attempt before %s after %w",
		c.until.UTC().Format(time.RFC3339), c.reason)}
}

// distrusted is paused for the one cause that even urgent mail must respect.
func (c *circuit) distrusted() *failure {
	c.mu.Lock()
	serious := c.reason != nil && c.reason.cause == distrust
	c.mu.Unlock()
	if !serious {
		return nil
	}
	return c.paused()
}
