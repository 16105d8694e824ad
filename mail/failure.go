package mail

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"os"
	"regexp"
	"slices"
	"syscall"

	"jachete/workflow"
)

// cause says whose fault a failed attempt is, which decides what to do next.
type cause int

const (
	refused     cause = iota // the relay answered 4xx or 5xx about this message
	slowDown                 // 421: it wants us to come back later
	unreachable              // no connection, no answer, or none in time
	interrupted              // closed half-way through a message, perhaps because of it
	distrust                 // its certificate, or our password: nothing will pass before somebody mends it
)

// failure is an attempt that did not end in 250.
type failure struct {
	cause cause
	stage string // where: "dial", "greeting", "tls", "auth", "mail", "rcpt", "data", "dot"
	code  int    // of the answer, 0 when there was none
	err   error
}

func (f *failure) Error() string { return f.stage + ": " + f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

// fail finds the cause of an error met at that stage.
func fail(stage string, err error) *failure {
	f := &failure{stage: stage, err: err}
	var reply *textproto.Error
	if !errors.As(err, &reply) {
		f.cause = silence(stage, err)
		return f
	}
	f.code, f.cause = reply.Code, refused
	switch {
	case f.code == 421:
		f.cause = slowDown
	case stage == "auth" || f.code == 530 || f.code == 535:
		f.cause = distrust
	case stage == "greeting" || stage == "tls":
		f.cause = unreachable
	case stage == "mail" && f.code >= 500 && !f.tooBig():
		f.cause = distrust // it is our own address that is not wanted, whoever the recipient
	}
	return f
}

// silence tells the causes apart where the relay gave no answer.
func silence(stage string, err error) cause {
	var timeout net.Error
	switch {
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, os.ErrDeadlineExceeded):
		return unreachable
	case errors.Is(err, errNoMechanism), errors.Is(err, errNotLocal), stage == "tls" && !hungUp(err):
		return distrust
	case stage == "data" || stage == "dot":
		return interrupted
	}
	return unreachable
}

// hungUp tells of a connection that ended, as opposed to a handshake that one
// side refused.
func hungUp(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}

var sizeCode = regexp.MustCompile(`^5\.(2\.3|3\.4)\b`)

// tooBig tells of a refusal for size: 552, or RFC 3463's 5.2.3 and 5.3.4.
func (f *failure) tooBig() bool {
	var reply *textproto.Error
	return errors.As(f.err, &reply) &&
		(slices.Contains([]int{552, 523, 534}, f.code) || f.code >= 500 && sizeCode.MatchString(reply.Msg))
}

// outcome is the verdict of the attempt. Only a refusal of this very message
// is final; every trouble of the relay or the way to it is temporary.
func (f *failure) outcome(secrets ...string) workflow.Outcome {
	o := workflow.Outcome{Answer: answer(f.words(), secrets...)}
	if f.cause == refused && f.code >= 500 {
		o.TooBig = f.tooBig()
		o.Permanent = !o.TooBig
	}
	return o
}

// words are the relay's own when it said something.
func (f *failure) words() string {
	var reply *textproto.Error
	if errors.As(f.err, &reply) {
		return fmt.Sprintf("%d %s", reply.Code, reply.Msg)
	}
	if f.stage == "dot" {
		return "uncertain, the answer after the message was lost: " + f.err.Error()
	}
	return f.Error()
}
