package main

import (
	"context"
	"crypto/x509"
	"errors"
	"net"
	"os"
	"os/signal"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"jachete/mail"
	"jachete/pdf"
	"jachete/pdf/badge"
	"jachete/web"
	"jachete/workflow"
)

// drain is how long requests and mail under way may take after SIGTERM.
const drain = 15 * time.Second

// tickEvery is how often the schedule is looked at: often enough for a
// checkpoint a minute.
const tickEvery = 30 * time.Second

// memoryAim is what the collector works harder to stay under, in bytes, unless
// the environment says otherwise (GOMEMLIMIT). It is no bound.
const memoryAim = 80 << 20

type serveCommand struct{}

// Run implements the command.
func (serveCommand) Run(c *Config, std *streams) error {
	s, err := c.check()
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a, err := wire(ctx, s, std, wiring{clock: workflow.SystemClock, prepare: migrateAll})
	if err != nil {
		return err
	}
	defer a.close()
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryAim)
	}
	listener, err := net.Listen("tcp", s.Addr)
	if err != nil {
		return err
	}
	return a.serve(ctx, listener, func() { a.logger.Info("listening", "address", listener.Addr().String(), "base", s.base.String()) })
}

// serve runs the site, the mail and the schedule until ctx ends, and calls
// ready once visitors can come.
func (a *app) serve(ctx context.Context, listener net.Listener, ready func()) error {
	if err := a.sealer.Probe(ctx, a.clock.Now()); err != nil {
		return err
	}
	var own []*x509.Certificate
	if a.time.own != nil {
		own = a.time.own.Roots()
	}
	site, err := web.New(web.Config{Service: a.service, BaseURL: a.base, TrustedProxies: a.proxies, Mailbox: a.letters(),
		SealRoot: pdf.SealRoot(a.sealKey, own...), Preview: a.preview, Logger: a.logger, BadgeSVG: badge.SVG, BadgePNG: badge.PNG, PosterPNG: badge.PosterPNG})
	if err != nil {
		return err
	}
	var group sync.WaitGroup
	defer group.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	group.Go(func() { a.serveAdmin(ctx) })
	group.Go(func() { mail.NewWorker(a.service, a.composer, a.transport, a.clock, a.logger).Run(ctx) })
	group.Go(func() { a.keepSchedule(ctx) })
	group.Go(func() { a.watchReturns(ctx) })
	group.Go(func() { a.keepScrubbing(ctx) })
	group.Go(func() { a.keepInviting(ctx) })
	group.Go(func() { ready() })
	return site.Serve(ctx, listener, drain)
}

// preview shows an invitation's mail as the worker would compose it.
func (a *app) preview(m workflow.MailContent) (web.MailPreview, error) {
	p, err := a.composer.Preview(m)
	return web.MailPreview(p), err
}

// keepSchedule does what time asks for. A fault is logged and tried again at
// the next turn.
func (a *app) keepSchedule(ctx context.Context) {
	ticker := time.NewTicker(tickEvery)
	defer ticker.Stop()
	for {
		a.warnOfExpiry()
		if err := a.tick(ctx); err != nil && !errors.Is(err, context.Canceled) {
			a.logger.Error("schedule", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// batchEvery is how often confirmed lists are looked for that no wake-up
// announces: those of an instance that stopped.
const batchEvery = 5 * time.Second

// keepInviting makes the invitations of confirmed lists.
func (a *app) keepInviting(ctx context.Context) {
	ticker := time.NewTicker(batchEvery)
	defer ticker.Stop()
	for {
		if err := a.workBatches(ctx); err != nil && !errors.Is(err, context.Canceled) {
			a.logger.Error("batches", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-a.service.BatchWake():
		case <-ticker.C:
		}
	}
}

func (a *app) workBatches(ctx context.Context) (err error) {
	defer recoverInto(&err)
	return a.service.WorkBatches(ctx)
}

// tick is one turn of the schedule, within bounds of its own.
func (a *app) tick(ctx context.Context) (err error) {
	defer recoverInto(&err)
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	return a.service.Tick(ctx)
}
