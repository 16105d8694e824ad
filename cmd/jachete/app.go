package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pquerna/otp/hotp"

	"jachete/mail"
	"jachete/pdf"
	"jachete/pdf/pades"
	"jachete/store"
	"jachete/templates"
	"jachete/workflow"
	"jachete/workflow/territory"
)

// streams are where a command writes.
type streams struct{ out, err io.Writer }

// printJSON writes one record for programs.
func (s *streams) printJSON(v any) error {
	enc := json.NewEncoder(s.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// app is the service wired to its database, keys and mail.
type app struct {
	settings
	wiring
	store     *store.Store
	sealer    *pdf.Sealer
	sealKey   pades.Key
	keys      keyring
	time      timestamping
	warned    int // days of the last alarm about the seal's certificate
	transport mail.Transport
	smtp      *mail.SMTP // the same, when it is a relay
	composer  *mail.Composer
	service   *workflow.Service
	logger    *slog.Logger
}

// wiring says how an app is put together.
type wiring struct {
	clock   workflow.Clock
	prepare func(context.Context, *store.Store) error // the database
	courier func(workflow.Courier) workflow.Courier   // what stands before the relay; nil for nothing
	demo    bool                                      // show the mail folder as a page
}

// open wires everything as most commands need it. A database that holds
// nothing yet is prepared; an older schema is refused, because a server may be
// using it.
func open(ctx context.Context, s settings, std *streams) (*app, error) {
	return wire(ctx, s, std, wiring{clock: workflow.SystemClock, prepare: prepareIfEmpty})
}

func wire(ctx context.Context, s settings, std *streams, w wiring) (*app, error) {
	a := &app{settings: s, wiring: w, logger: slog.New(slog.NewJSONHandler(std.err, &slog.HandlerOptions{Level: s.log}))}
	if err := os.MkdirAll(s.Data, 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	var err error
	if a.keys, err = openKeyring(s.Data); err != nil {
		return nil, err
	}
	if a.store, err = store.Open(ctx, s.dsn); err != nil {
		return nil, err
	}
	if err = w.prepare(ctx, a.store); err == nil {
		err = a.wireService(ctx)
	}
	if err != nil {
		a.close()
		return nil, err
	}
	return a, nil
}

func (a *app) wireService(ctx context.Context) (err error) {
	keys, err := a.readKeys()
	if err != nil {
		return err
	}
	if a.sealer, err = pdf.New(a.sealKey, a.time.stamper, a.clock.Now()); err != nil {
		return err
	}
	if err := a.wireMail(); err != nil {
		return err
	}
	atlas, err := territory.Load()
	if err != nil {
		return err
	}
	var courier workflow.Courier = mail.NewCourier(a.composer, a.transport)
	if a.courier != nil {
		courier = a.courier(courier)
	}
	config := workflow.Config{
		Store: a.store, Sealer: a.sealer, Courier: courier, Clock: a.clock, Atlas: atlas,
		Keys: keys, BaseURL: a.base.String(), Build: build(),
		ClockState: clockState, Page: templates.CertificatePage, Alarm: a.alarm, Signer: a.sealer.Sign,
		TOTP: func(secret string, step int64) (string, error) { return hotp.GenerateCode(secret, uint64(step)) },
	}
	if config.Upgrader, err = a.upgrader(&pades.Published{}); err != nil {
		return err
	}
	if a.service, err = workflow.NewService(config); err != nil {
		return err
	}
	return a.seed(ctx)
}

// readKeys reads every key, and says all that is wrong with them at once.
func (a *app) readKeys() (keys workflow.Keys, err error) {
	var sealErr, timeErr, domainErr error
	a.sealKey, sealErr = a.keys.seal(a.settings, a.clock.Now())
	a.time, timeErr = a.keys.timestamping(a.settings, a.clock.Now)
	keys, domainErr = a.keys.domain(a.clock.Now())
	return keys, errors.Join(sealErr, timeErr, domainErr)
}

// seed makes sure pôles and declarations are there.
func (a *app) seed(ctx context.Context) error {
	declarations, err := templates.Declarations()
	if err != nil {
		return err
	}
	return a.service.Seed(ctx, declarations)
}

// wireMail chooses the relay, or the folder that stands for one.
func (a *app) wireMail() (err error) {
	if a.composer, err = mail.NewComposer(a.from(), a.clock); err != nil {
		return err
	}
	if a.composer.Returns, err = a.returnPath(); err != nil {
		return err
	}
	if a.relay == nil {
		a.transport = a.mailbox()
		return os.MkdirAll(a.mailbox().Dir, 0o700)
	}
	options := mail.SMTPOptions{Helo: a.base.Hostname(), Clock: a.clock, Log: a.logger}
	if options.DKIM, err = a.dkim(); err != nil {
		return err
	}
	a.smtp = mail.NewSMTP(*a.relay, options)
	a.transport = a.smtp
	return nil
}

// dkim is the signer of outgoing mail, nil when none is configured.
func (a *app) dkim() (*mail.DKIM, error) {
	if a.DKIMKey == "" {
		return nil, nil
	}
	_, domain, _ := strings.Cut(a.from(), "@")
	return mail.NewDKIM([]byte(a.DKIMKey), a.DKIMSelector, domain, a.clock)
}

// mailbox is the folder that stands for a relay in development.
func (a *app) mailbox() mail.Mailbox {
	return mail.Mailbox{Dir: filepath.Join(a.Data, "mail"), Clock: a.clock}
}

func (a *app) close() {
	if a.smtp != nil {
		a.smtp.Close()
	}
	if a.store != nil {
		if err := a.store.Close(); err != nil {
			a.logger.Error("close database", "error", err)
		}
	}
}

// prepareIfEmpty migrates a new database only.
func prepareIfEmpty(ctx context.Context, s *store.Store) error {
	have, known, err := s.SchemaVersion(ctx)
	switch {
	case err != nil:
		return err
	case have == 0:
		return s.Migrate(ctx)
	case have < known:
		return fmt.Errorf("the database has schema %d, this program needs %d: run jachete migrate", have, known)
	case have > known:
		return &store.NewerSchemaError{Have: have, Known: known}
	}
	return nil
}

func migrateAll(ctx context.Context, s *store.Store) error { return s.Migrate(ctx) }

// with runs one command on an open app, and words the domain's refusals.
func with(c *Config, std *streams, run func(context.Context, *app) error) error {
	s, err := c.check()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	a, err := open(ctx, s, std)
	if err != nil {
		return err
	}
	defer a.close()
	return worded(run(ctx, a))
}

// worded says a refusal of the domain in the language of the terminal.
func worded(err error) error {
	var e *workflow.Error
	if !errors.As(err, &e) || e.Kind == workflow.Internal {
		return err
	}
	lang := terminalLanguage()
	if len(e.Fields) == 0 {
		return errors.New(templates.Sentence(lang, e.Key, e.Args))
	}
	var said []string
	for _, f := range e.Fields {
		said = append(said, f.Field+": "+templates.FieldSentence(lang, f))
	}
	return misuse{errors.New(strings.Join(said, "\n"))}
}

// terminalLanguage is English only when the terminal asks for it.
func terminalLanguage() workflow.Language {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			if strings.HasPrefix(v, "en") {
				return workflow.English
			}
			return workflow.French
		}
	}
	return workflow.French
}

// lines splits what an error says, so that each problem has a line.
func lines(err error) []string { return strings.Split(err.Error(), "\n") }
