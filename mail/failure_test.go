package mail

import (
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"syscall"
	"testing"
)

func TestCauseOfAFailure(t *testing.T) {
	reply := func(code int) error {
		return fmt.Errorf("wrapped: %w", &textproto.Error{Code: code, Msg: "said the relay"})
	}
	for _, c := range []struct {
		stage string
		err   error
		want  cause
		final bool
	}{
		{"rcpt", reply(550), refused, true},
		{"rcpt", reply(450), refused, false},
		{"dot", reply(554), refused, true},
		{"mail", reply(550), distrust, false}, // our own sender: no recipient may pay for it
		{"mail", reply(451), refused, false},
		{"rcpt", reply(530), distrust, false},
		{"auth", reply(535), distrust, false},
		{"auth", reply(454), distrust, false},
		{"auth", errNoMechanism, distrust, false},
		{"auth", io.EOF, unreachable, false},
		{"tls", errNoSTARTTLS, distrust, false},
		{"tls", errors.New("tls: bad certificate"), distrust, false},
		{"tls", fmt.Errorf("read: %w", syscall.ECONNRESET), unreachable, false},
		{"tls", reply(454), unreachable, false},
		{"greeting", reply(554), unreachable, false},
		{"greeting", reply(421), slowDown, false},
		{"dial", errNotLocal, distrust, false},
		{"data", io.ErrUnexpectedEOF, interrupted, false},
		{"dot", io.EOF, interrupted, false},
		{"dot", os.ErrDeadlineExceeded, unreachable, false},
	} {
		f := fail(c.stage, c.err)
		if o := f.outcome(); f.cause != c.want || o.Permanent != c.final || o.Sent {
			t.Errorf("%s, %v: cause %d, %+v; want cause %d, final %v", c.stage, c.err, f.cause, o, c.want, c.final)
		}
	}
}
