package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/signal"
	"regexp"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"jachete/workflow"
)

type demoCommand struct{}

// demoStaff signs in without an authenticator: a newcomer has none at hand.
const demoStaff = "equipe@example.org"

// Run implements the command.
func (demoCommand) Run(c *Config, std *streams) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	listener, err := listenDemo(c.Addr)
	if err != nil {
		return err
	}
	folder, clean, err := demoFolder(c.Data)
	if err != nil {
		return err
	}
	defer clean()
	s, err := demoConfig(*c, folder, listener.Addr().String()).check()
	if err != nil {
		return err
	}
	return runDemo(ctx, s, std, listener)
}

func runDemo(ctx context.Context, s settings, std *streams, listener net.Listener) error {
	past, heard := &demoClock{}, &heardCodes{}
	a, err := wireDemo(ctx, s, std, past, heard)
	if err != nil {
		return err
	}
	defer a.close()
	past.moveTo(time.Now())
	heard.forward.Store(true)
	if err := a.inviteNewcomer(ctx); err != nil {
		return err
	}
	return a.serve(ctx, listener, func() { a.printTour(ctx, std) })
}

// listenDemo takes another free port when the usual one is busy.
func listenDemo(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err == nil || addr != "127.0.0.1:8080" {
		return l, err
	}
	return net.Listen("tcp", "127.0.0.1:0")
}

func demoFolder(keep string) (dir string, clean func(), err error) {
	if keep != "" && keep != "./data" {
		return keep, func() {}, nil
	}
	dir, err = os.MkdirTemp("", "jachete-demo-")
	return dir, func() { os.RemoveAll(dir) }, err
}

// demoConfig keeps nothing of the environment that points elsewhere: the
// demonstration touches no real database and sends no real mail.
func demoConfig(c Config, folder, addr string) Config {
	return Config{Addr: addr, BaseURL: "http://" + addr, Data: folder, TSA: ownAuthority, AdminAddr: "127.0.0.1:0", Log: "warn"}
}

// printTour says where to begin.
func (a *app) printTour(ctx context.Context, std *streams) {
	base := a.base.String()
	fmt.Fprintf(std.out, `
L’économie sociale, j’achète! — demonstration, nothing leaves this machine

  Public site         %[1]s/
  Mailbox             %[1]s/demo/courriel
  Staff sign-in       %[1]s/equipe/connexion   (%[2]s; the code arrives in the mailbox)
  Waiting invitation  %[3]s

Ctrl+C to stop.
`, base, demoStaff, a.waitingLink(ctx))
}

var linkInMail = regexp.MustCompile(`https?://\S+/i/[\w.-]+`)

// waitingLink finds the newcomer's link where its owner would: in the mailbox.
func (a *app) waitingLink(ctx context.Context) string {
	for range 100 {
		letters, _ := a.mailbox().List(20)
		for _, cover := range letters {
			letter, err := a.mailbox().Read(cover.ID)
			if link := linkInMail.FindString(letter.Text); err == nil && link != "" {
				return strings.TrimRight(link, ".")
			}
		}
		select {
		case <-ctx.Done():
			return ""
		case <-time.After(50 * time.Millisecond):
		}
	}
	return a.base.String() + "/demo/courriel"
}

// demoClock starts in the past, so that the fictional signatories have one.
type demoClock struct{ behind atomic.Int64 }

// Now implements workflow.Clock.
func (c *demoClock) Now() time.Time {
	return workflow.SystemClock.Now().Add(-time.Duration(c.behind.Load()))
}

func (c *demoClock) moveTo(t time.Time) { c.behind.Store(int64(max(time.Since(t), 0))) }

// heardCodes hears the codes of the fictional signatories instead of mailing
// them, until it forwards.
type heardCodes struct {
	next    workflow.Courier
	last    string
	forward atomic.Bool
}

// SendCode implements workflow.Courier.
func (h *heardCodes) SendCode(ctx context.Context, m workflow.CodeMail) (answer string, err error) {
	if h.forward.Load() {
		return h.next.SendCode(ctx, m)
	}
	h.last = m.Code
	return "", nil
}
