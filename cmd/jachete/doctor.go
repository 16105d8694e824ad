package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"
)

type doctorCommand struct{}

// check is one line of the doctor's report.
type check struct {
	Name   string `json:"name"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"`
}

// errWarning marks a finding that stops nothing.
var errWarning = errors.New("warning")

// Run implements the command.
func (doctorCommand) Run(c *Config, std *streams) error {
	s, err := c.check()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	report := []check{result("configuration", "complete", nil)}
	a, err := open(ctx, s, std)
	if err != nil {
		return finish(c, std, append(report, result("start", "", err)))
	}
	defer a.close()
	for _, examine := range []func(context.Context) check{a.checkDatabase, a.checkKeys, a.checkExpiry, a.checkTSA, a.checkJournal, a.checkPoles, a.checkRelay, a.checkSPF, a.checkDKIM, a.checkDMARC} {
		report = append(report, examine(ctx))
	}
	return finish(c, std, report)
}

func result(name, fine string, err error) check {
	if err == nil {
		return check{name, true, fine}
	}
	return check{name, errors.Is(err, errWarning), err.Error()}
}

// finish prints a line per check; one failure fails the command.
func finish(c *Config, std *streams, report []check) error {
	failed := false
	for _, r := range report {
		failed = failed || !r.OK
	}
	if c.JSON {
		if err := std.printJSON(report); err != nil {
			return err
		}
	} else {
		for _, r := range report {
			fmt.Fprintf(std.out, "%-4s  %-20s  %s\n", map[bool]string{true: "ok", false: "FAIL"}[r.OK], r.Name, r.Detail)
		}
	}
	if failed {
		return exitCode(1)
	}
	return nil
}

func (a *app) checkDatabase(ctx context.Context) check {
	have, _, err := a.store.SchemaVersion(ctx)
	if err == nil {
		err = a.store.Ping(ctx)
	}
	kind, _, _ := strings.Cut(a.dsn, ":")
	return result("database", fmt.Sprintf("%s, schema %d", kind, have), err)
}

// checkKeys seals a probe and verifies it.
func (a *app) checkKeys(ctx context.Context) check {
	return result("seal", "a probe was sealed and verified", a.sealer.Probe(ctx, a.clock.Now()))
}

// checkExpiry warns before the seal's certificate ends.
func (a *app) checkExpiry(context.Context) check {
	return result("seal certificate", "until "+a.sealKey.Expires().Format(time.DateOnly), a.expiry())
}

// checkTSA asks the authorities for a timestamp, and judges it.
func (a *app) checkTSA(ctx context.Context) check {
	if a.time.stamper == nil {
		return check{"timestamps", true, "no authority is configured: seals are PAdES B-B"}
	}
	digest := sha256.Sum256([]byte("jachete doctor"))
	token, err := a.time.stamper.Timestamp(ctx, digest)
	if err == nil && !token.Covers(digest[:]) {
		err = errors.New("the timestamp is of something else")
	}
	if err == nil {
		_, err = token.Verify(a.time.stamper.Roots(), a.clock.Now())
	}
	if a.TSA == ownAuthority {
		return result("timestamps", "the service's own authority answers as it should; nobody outside states the time", err)
	}
	return result("timestamps", "an outside authority answers as it should", err)
}

func (a *app) checkJournal(ctx context.Context) check {
	report, err := a.service.VerifyJournal(ctx, nil, false)
	return result("journal", fmt.Sprintf("%d entries, sound", report.Entries), err)
}

// checkPoles names those whose mails lack what the anti-spam law asks for.
func (a *app) checkPoles(ctx context.Context) check {
	poles, err := a.service.Poles(ctx)
	var without []string
	for _, p := range poles {
		if p.Contact.PostalAddress == "" {
			without = append(without, p.Slug)
		}
	}
	if err == nil && len(without) > 0 {
		err = fmt.Errorf("%w: no postal address, give it before inviting (jachete pole set): %s", errWarning, strings.Join(without, ", "))
	}
	return result("pôles", "all have a postal address", err)
}

func (a *app) checkRelay(ctx context.Context) check {
	if a.smtp == nil {
		return check{"mail", true, "no relay: mail is written to " + a.mailbox().Dir}
	}
	return result("mail", "the relay lets us in", a.smtp.Probe(ctx))
}

func (a *app) senderDomain() string {
	_, domain, _ := strings.Cut(a.from(), "@")
	return domain
}

func (a *app) checkSPF(ctx context.Context) check {
	return a.checkTXT(ctx, "SPF", a.senderDomain(), "v=spf1")
}

func (a *app) checkDKIM(ctx context.Context) check {
	if a.DKIMSelector == "" {
		return check{"DKIM", true, "no key is configured: the relay may sign"}
	}
	return a.checkTXT(ctx, "DKIM", a.DKIMSelector+"._domainkey."+a.senderDomain(), "p=")
}

func (a *app) checkDMARC(ctx context.Context) check {
	return a.checkTXT(ctx, "DMARC", "_dmarc."+a.senderDomain(), "v=DMARC1")
}

// checkTXT looks for a DNS record that receivers judge mail by.
func (a *app) checkTXT(ctx context.Context, name, host, want string) check {
	if a.relay == nil {
		return check{name, true, "not looked up: no relay"}
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	records, err := net.DefaultResolver.LookupTXT(ctx, host)
	for _, r := range records {
		if strings.Contains(r, want) {
			return check{name, true, host}
		}
	}
	if err == nil {
		err = fmt.Errorf("no %s record at %s", name, host)
	}
	return result(name, "", err)
}
