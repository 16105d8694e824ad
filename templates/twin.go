package templates

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"
	"time"

	"jachete/workflow"
)

// Twin says what the file of a certificate says, for whoever cannot read that.
// A content without a signatory's name is of one who chose not to be named.
type Twin struct {
	*Frame
	Content          workflow.CertificateContent
	Sealed           workflow.Sealed // its file is not needed
	Awaited          bool            // an authority will state the time
	Text             template.HTML   // as signed, without its title
	TranslationTitle string
	Translation      template.HTML // empty for none
}

// Organisation is its name, its places and its number, as far as known.
func (t Twin) Organisation() string {
	o := t.Content.Organisation
	parts := []string{o.Name}
	for _, place := range []string{o.MRCName, o.RegionName} {
		if place != "" && place != o.Name {
			parts = append(parts, place)
		}
	}
	if o.NEQ != "" {
		parts = append(parts, t.T("twin.neq", "Number", o.NEQ))
	}
	return strings.Join(parts, ", ")
}

// Authority says what the person relied on.
func (t Twin) Authority() string {
	r := t.Content.Resolution
	if r.IsZero() {
		return t.T("verify.authority-none")
	}
	words := t.T("organisation.resolution-value", "Number", r.Number, "Date", t.CivilDay(r.Date))
	if r.Body != "" {
		words = t.T("twin.resolution-body", "Resolution", words, "Body", withSitting(r))
	}
	return t.T("twin.resolution", "Resolution", words)
}

// Mailbox says when a code came back from the mailbox; the public page does
// not say which.
func (t Twin) Mailbox() string {
	at := t.Content.MailboxConfirmedAt
	if t.Content.Mailbox == "" {
		return t.T("twin.mailbox-proof-unnamed", "Time", t.Clock(at), "Date", t.Day(at))
	}
	return t.T("twin.mailbox-proof", "Mailbox", t.Content.Mailbox, "Time", t.Clock(at), "Date", t.Day(at))
}

// MailboxOf says when a code came back from the mailbox of one of several who
// signed; nothing of somebody who is not named.
func (t Twin) MailboxOf(who workflow.CertificateSignatory) string {
	if who.Mailbox == "" {
		return ""
	}
	return t.T("twin.mailbox-proof", "Mailbox", who.Mailbox, "Time", t.Clock(who.MailboxConfirmedAt), "Date", t.Day(who.MailboxConfirmedAt))
}

// Step words a step of the signing, and whose it was when several signed.
func (t Twin) Step(step workflow.CertificateStep) string {
	words := t.T("twin.step-" + string(step.Kind))
	if step.Who == "" {
		return words
	}
	return t.T("twin.step-by", "Step", words, "Who", step.Who)
}

// LocalStamp and UTCStamp are an instant to the second.
func (t Twin) LocalStamp(at time.Time) string { return workflow.LocalStamp(at) }

// UTCStamp is the instant in universal time.
func (t Twin) UTCStamp(at time.Time) string { return workflow.UTCStamp(at) }

// Level words the level of the seal.
func (t Twin) Level() string {
	switch t.Sealed.Level {
	case "B-T":
		if t.Sealed.StampedOwn {
			return t.T("verify.level-b-t-own")
		}
		return t.T("verify.level-b-t")
	case "B-LT":
		return t.T("verify.level-b-lt")
	case "B-LTA":
		return t.T("verify.level-b-lta")
	}
	return t.T("verify.level-b-b")
}

// Stamp says which authority has stated the time, and which time. The service's
// own is no third party, and nobody should take it for one.
func (t Twin) Stamp() string {
	by, local, utc := t.Sealed.StampedBy, workflow.LocalStamp(t.Sealed.StampedAt), workflow.UTCStamp(t.Sealed.StampedAt)
	switch {
	case t.Sealed.StampedOwn:
		return t.T("twin.stamped-own", "Local", local, "UTC", utc)
	case !t.Sealed.StampedAt.IsZero():
		return t.T("twin.stamped", "Authority", by, "Local", local, "UTC", utc)
	case t.Awaited:
		return t.T("verify.stamp-waiting")
	}
	return t.T("twin.stamp-none")
}

// fullTwin is the twin for those who hold the file: it names everyone.
func fullTwin(f *Frame, c workflow.CertificateContent, s workflow.Sealed) Twin {
	return Twin{Frame: f, Content: c, Sealed: s, Text: withoutTitle(c.DeclarationText)}
}

var standalone = template.Must(template.New("standalone.html").Option("missingkey=error").
	ParseFS(pageFiles, "standalone.html", "blocks_certificate.html"))

// CertificatePage writes what a certificate says as one French page that needs
// no other file. The same content gives the same bytes.
func CertificatePage(c workflow.CertificateContent, s workflow.Sealed) ([]byte, error) {
	var out bytes.Buffer
	if err := standalone.Execute(&out, fullTwin(&Frame{Lang: workflow.French}, c, s)); err != nil {
		return nil, fmt.Errorf("templates: page of a certificate: %w", err)
	}
	return out.Bytes(), nil
}
