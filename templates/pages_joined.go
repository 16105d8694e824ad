package templates

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html/template"

	"jachete/workflow"
)

// ExtractField is the part of the resolution page that asks for the extract of
// the minutes.
type ExtractField struct {
	workflow.Extract      // the one the form has; zero for none
	Saved            bool // it is joined, not only kept from a refused form
	Drop             bool // go on without it
}

// Most is how many bytes the file may have.
func (ExtractField) Most() int { return workflow.MaxExtract }

// Kilobytes is the size of the extract, at least one.
func (x ExtractField) Kilobytes() int { return max(1, (x.Size+1023)/1024) }

// Kept is a picture of our own making that a refused form keeps, since browsers
// never do.
type Kept []byte

// Text is the picture for a field of the form, in base 64.
func (k Kept) Text() string { return base64.StdEncoding.EncodeToString(k) }

// URL is the picture for the page itself. It is a PNG that the service wrote.
func (k Kept) URL() template.URL { return template.URL("data:image/png;base64," + k.Text()) }

// JoinedFields are what the page of the act offers to join to it.
type JoinedFields struct {
	Drawing      Kept
	PublishQuote bool
	Quote        string
	PublishLogo  bool
	Logo         Kept
}

// MostPicture is how many bytes a picture that is sent may have.
func (JoinedFields) MostPicture() int { return workflow.MaxPicture }

// MostQuote is how many characters a quote may have.
func (JoinedFields) MostQuote() int { return workflow.MaxQuote }

// Resolution words the resolution of the summary.
func (p *SignSummary) Resolution() string {
	r := p.Signing.Invitation.Details.Resolution
	if r.IsZero() {
		return p.T("sign.authority-none")
	}
	return p.T("sign.authority-resolution", "Number", r.Number, "Date", p.CivilDay(r.Date), "Body", withSitting(r))
}

// withSitting is who decided, and in which meeting if that is known.
func withSitting(r workflow.Resolution) string {
	if r.Sitting == "" {
		return r.Body
	}
	return fmt.Sprintf("%s, %s", r.Body, r.Sitting)
}

// Drawing is the drawn signature, for holders of the certificate only: a page of
// a number never has one.
func (t Twin) Drawing() Kept { return t.Content.Drawing }

// Drawn is the drawn signature of somebody who signed beside, likewise.
func (t Twin) Drawn(who workflow.CertificateSignatory) Kept { return who.Drawing }

// DrawingSHA256 is its hash, as the evidence and the certificate have it.
func (t Twin) DrawingSHA256() string {
	sum := sha256.Sum256(t.Content.Drawing)
	return hex.EncodeToString(sum[:])
}

// OrganisationLogo is the address of an organisation's picture, or empty. It
// changes with the picture, so that browsers may keep it.
func (p *Organisation) OrganisationLogo() string {
	for _, c := range p.Commitments {
		if address := LogoAddress(c); address != "" {
			return address
		}
	}
	return ""
}

// LogoAddress is where the picture published with a commitment is, or empty.
func LogoAddress(c workflow.Commitment) string {
	logo := c.ShownLogo()
	if len(logo) < 16 {
		return ""
	}
	return "/signataires/" + c.Slug + "/logo.png?v=" + logo[:16]
}
