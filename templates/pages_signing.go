package templates

import (
	"html/template"
	"strings"

	"jachete/workflow"
)

// Invited is the page behind a mailed link, before anything is exchanged.
type Invited struct {
	Frame
	Link workflow.LinkPage
}

// File implements [Page].
func (*Invited) File() string { return "invited" }

// Mailbox is the invited address, masked: the link may have been forwarded.
func (p *Invited) Mailbox() string { return workflow.MaskEmail(p.Link.Mailbox()) }

// Beside tells that the link is for somebody who signs beside the contact.
func (p *Invited) Beside() bool {
	return p.Link.Seat == workflow.SeatSecond || p.Link.Seat == workflow.SeatPole
}

// DeadLink is the page behind a mailed link that no longer opens.
type DeadLink struct {
	Frame
	Reason string // "expired", "replaced", "revoked", "declined", "transferred", "signed"
	Pole   workflow.Pole
	// Successor is who it was transferred to, by name and function.
	Successor workflow.Contact
}

// File implements [Page].
func (*DeadLink) File() string { return "dead_link" }

// Heading says what became of the link.
func (p *DeadLink) Heading() string { return p.T("dead.title." + p.Reason) }

// Text says it in full, and what to do.
func (p *DeadLink) Text() string { return p.T("link." + p.Reason) }

// Step is what every step of the signing path shows.
type Step struct {
	Frame
	Number  int    // from 1 to 5
	Back    string // address of the page before, or empty
	Signing workflow.Signing
}

// Summary tells that the summary was reached before: saving returns there.
func (p *Step) Summary() bool { return p.Signing.Step == workflow.StepSign }

// Mailbox is the invited address, masked.
func (p *Step) Mailbox() string { return workflow.MaskEmail(p.Signing.Mailbox()) }

// Of is how many steps this person's way has.
func (p *Step) Of() int { return len(p.Signing.Path()) }

// Answers tells that this person gave the answers, and may change them.
func (p *Step) Answers() bool { return p.Signing.MayAnswer(workflow.StepOrganisation) }

// Countersigns tells that this person signs for the pôle.
func (p *Step) Countersigns() bool { return p.Signing.Seat == workflow.SeatPole }

// Title and Text set the French text, which is the one signed.
func (p *Step) Title() string { return p.Signing.Declaration.TitleFR }

// Text is the French text without its title.
func (p *Step) Text() template.HTML { return withoutTitle(p.Signing.Text) }

// Translation is the English text without its title.
func (p *Step) Translation() template.HTML { return withoutTitle(p.Signing.Translation) }

// withoutTitle sets a declaration whose title stands in a heading of the page.
func withoutTitle(markdown string) template.HTML {
	_, body, _ := strings.Cut(markdown, "\n")
	return HTML(body)
}

// SignRead is the first step: the text.
type SignRead struct{ Step }

// File implements [Page].
func (*SignRead) File() string { return "sign_read" }

// Renews tells that another text was signed before.
func (p *SignRead) Renews() bool { return p.Signing.Former.ID != "" }

// Changes tells what is new since then, in the French text.
func (p *SignRead) Changes() Comparison {
	return compare(&p.Frame, p.Signing.Former.TextFR, p.Signing.Declaration.TextFR, "fr-CA")
}

// SignOrganisation is the second step: who signs for whom.
type SignOrganisation struct {
	Step
	Form workflow.OrganisationForm
}

// File implements [Page].
func (*SignOrganisation) File() string { return "sign_organisation" }

// SignResolution is the third step: how the signature is authorised.
type SignResolution struct {
	Step
	Answer  string // "no", "yes", "later" or empty
	Form    workflow.ResolutionForm
	Meeting workflow.MeetingForm
	Extract ExtractField
	Script  string // its address
}

// File implements [Page].
func (*SignResolution) File() string { return "sign_resolution" }

// SignWaiting is the third step while a council has to decide.
type SignWaiting struct{ Step }

// File implements [Page].
func (*SignWaiting) File() string { return "sign_waiting" }

// SignVerification is the fourth step: the mailed code.
type SignVerification struct {
	Step
	Asked bool   // a code may be on its way: ask for it
	Sent  bool   // the relay has just taken one
	Code  string // as typed
}

// File implements [Page].
func (*SignVerification) File() string { return "sign_verification" }

// SignSummary is the last step: everything once more, and the act.
type SignSummary struct {
	Step
	Typed      string
	Consent    bool
	Publish    bool
	Newsletter bool
	JoinedFields
	Joined  ExtractField // the extract of the resolution
	Changed bool         // what was shown before is no longer what would be signed
	Script  string       // its address
}

// File implements [Page].
func (*SignSummary) File() string { return "sign_summary" }

// SignOthers says who has still to sign.
type SignOthers struct {
	Step
	Asked bool // somebody was mailed another link
}

// File implements [Page].
func (*SignOthers) File() string { return "sign_others" }

// SignThanks says what happened.
type SignThanks struct {
	Step
	Showcase
	Near workflow.SuppliersBeside // who sells near the organisation
}

// File implements [Page].
func (*SignThanks) File() string { return "sign_thanks" }

// MailedCertificate is the page behind the link of a certificate mail.
type MailedCertificate struct {
	Frame
	Certificate workflow.MailedCertificate
	Download    string // address of the file
}

// File implements [Page].
func (*MailedCertificate) File() string { return "mailed_certificate" }

// Twin is all that the file says: the link was mailed to who signed.
func (p *MailedCertificate) Twin() Twin {
	return fullTwin(&p.Frame, p.Certificate.Certificate.Content, p.Certificate.Certificate.Sealed)
}

// Kilobytes is the size of the file, rounded up.
func (p *MailedCertificate) Kilobytes() int {
	return (len(p.Certificate.Certificate.PDF) + 1023) / 1024
}

// Unsubscribe is the page behind the link at the foot of an invitation.
type Unsubscribe struct {
	Frame
	Pole workflow.Pole
	Done bool
}

// File implements [Page].
func (*Unsubscribe) File() string { return "unsubscribe" }
