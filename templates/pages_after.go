package templates

import (
	"fmt"
	"time"

	"jachete/workflow"
)

// Showcase is where the pages after signing find what they offer to be shown
// elsewhere.
type Showcase struct {
	Site   string // address of the site, without a slash at its end
	Script string // address of the script that helps to copy, or empty
}

// Known is a commitment as an organisation makes it known, for the block
// "make-known".
type Known struct {
	*Frame
	Showcase
	Number       string
	Organisation string
	Pole         string
	SignedAt     time.Time
	Embargo      time.Time // until when nothing is offered; zero when all is
	Ended        bool      // nothing to announce any more
}

// MakeKnown is for who has just signed.
func (p *SignThanks) MakeKnown() Known {
	return Known{&p.Frame, p.Showcase, p.Signing.Number, p.Signing.Signature.Organisation.Name, p.Signing.Pole.Name, p.Signing.Signature.SignedAt,
		p.Signing.Embargo, false}
}

// Alt says in words what the badge shows.
func (k Known) Alt() string { return k.T("known.alt", "Organisation", k.Organisation) }

// verify is the public address of the number.
func (k Known) verify() string { return k.Site + "/v/" + k.Number }

// CopyField is a text to be copied whole, for the block "copy-field".
type CopyField struct {
	*Frame
	Name, Label, Text string
	In                workflow.Language
	Rows              int
}

// Tag is the language of the text, BCP 47.
func (c CopyField) Tag() string { return string(c.In) + "-CA" }

// Snippet is the HTML that shows the badge on another site. The name of the
// organisation is left to the picture's own description.
func (k Known) Snippet() CopyField {
	html := fmt.Sprintf(`<a href="%s"><img src="%s/badge/%s.svg" width="360" height="120" alt="%s"></a>`, k.verify(), k.Site, k.Number,
		Sentence(workflow.French, "known.snippet-alt", nil))
	return CopyField{k.Frame, "badge", k.T("known.snippet"), html, workflow.French, 5}
}

// Press is the paragraph for the press: the French one, and for readers in
// English their own too.
func (k Known) Press() []CopyField {
	fields := []CopyField{k.press(workflow.French)}
	if k.Lang == workflow.English {
		fields = append(fields, k.press(workflow.English))
	}
	return fields
}

func (k Known) press(lang workflow.Language) CopyField {
	text := Sentence(lang, "known.press-paragraph", map[string]string{"Organisation": k.Organisation, "Day": workflow.DateInWords(k.SignedAt, lang),
		"Pole": k.Pole, "Address": k.verify()})
	return CopyField{k.Frame, "presse-" + string(lang), Sentence(k.Lang, "known.press-label-"+string(lang), nil), text, lang, 8}
}

// Certificate is what the pages behind the link of a certificate mail share.
type Certificate struct {
	Frame
	Found workflow.PersonalPage
	At    string // address of the page, its start
	For   string // which page asks for the code
}

// Mailbox is the address that signed, masked.
func (p *Certificate) Mailbox() string { return workflow.MaskEmail(p.Found.Signature.Evidence.Email) }

// Stands tells that the commitment can be withdrawn.
func (p *Certificate) Stands() bool {
	return p.Found.Commitment.Status == workflow.CommitmentActive || p.Found.Commitment.Status == workflow.CommitmentRenewed
}

// CertificatePersonal is the page of the person who signed.
type CertificatePersonal struct {
	Certificate
	Showcase
	Done string // what has just been done: "confirmed", "publication", "correction", "withdrawn"
}

// File implements [Page].
func (*CertificatePersonal) File() string { return "certificate_personal" }

// MakeKnown is what the organisation may show.
func (p *CertificatePersonal) MakeKnown() Known {
	f := p.Found
	return Known{&p.Frame, p.Showcase, f.Certificate.Number, f.Signature.Organisation.Name, f.Pole.Name, f.Signature.SignedAt, f.Embargo, !p.Stands() && f.Embargo.IsZero()}
}

// Twin is all that the file says.
func (p *CertificatePersonal) Twin() Twin {
	return fullTwin(&p.Frame, p.Found.Certificate.Content, p.Found.Certificate.Sealed)
}

// Kilobytes is the size of the file, rounded up.
func (p *CertificatePersonal) Kilobytes() int { return (len(p.Found.Certificate.PDF) + 1023) / 1024 }

// ISO is an instant for programs.
func (p *CertificatePersonal) ISO(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// By says in what capacity somebody looked: never who.
func (p *CertificatePersonal) By(l workflow.Look) string {
	switch {
	case l.By == workflow.ActorOperator:
		return p.T("looks.operator")
	case l.Role == workflow.RoleAdmin:
		return p.T("looks.admin")
	}
	return p.T("looks.team", "Pole", p.Found.Pole.Name)
}

// CertificateCode asks for the mailed code.
type CertificateCode struct {
	Certificate
	Asked bool   // a code may be on its way: ask for it
	Sent  bool   // the relay has just taken one
	Code  string // as typed
}

// File implements [Page].
func (*CertificateCode) File() string { return "certificate_code" }

// Back is the address of the page that asked.
func (p *CertificateCode) Back() string {
	if p.For == "" || p.For == "donnees" {
		return p.At
	}
	return p.At + "/" + p.For
}

// CertificatePublication changes what the register shows of the person.
type CertificatePublication struct {
	Certificate
	Choices workflow.Publish
}

// File implements [Page].
func (*CertificatePublication) File() string { return "certificate_publication" }

// OfOrganisation tells that the person chooses for the organisation too.
func (p *CertificatePublication) OfOrganisation() bool { return p.Found.Seat == workflow.SeatFirst }

// MostQuote is the most a quote may hold, in characters.
func (*CertificatePublication) MostQuote() int { return workflow.MaxQuote }

// CertificateCorrection asks for something to be put right.
type CertificateCorrection struct {
	Certificate
	Form workflow.CorrectionForm
}

// File implements [Page].
func (*CertificateCorrection) File() string { return "certificate_correction" }

// Fields are what may be wrong.
func (p *CertificateCorrection) Fields() (list []Option) {
	for _, f := range workflow.CorrectionFields {
		list = append(list, Option{string(f), p.T("correction.field-" + string(f)), f == p.Form.Field})
	}
	return list
}

// CertificateWithdraw explains the withdrawal and does it.
type CertificateWithdraw struct{ Certificate }

// File implements [Page].
func (*CertificateWithdraw) File() string { return "certificate_withdraw" }

// Retrieve asks for an address to mail the certificates to.
type Retrieve struct {
	Frame
	Email string // as typed
	Asked bool   // somebody asked for an address, known or not
}

// File implements [Page].
func (*Retrieve) File() string { return "retrieve" }

// Corrects tells that something was wrong in what was signed, in the same
// text.
func (p *Invited) Corrects() bool {
	return p.Link.Renews.SignedOn != "" && p.Link.Renews.Version == p.Link.Invitation.DeclarationVersion
}
