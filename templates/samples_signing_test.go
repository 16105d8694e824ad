package templates

import (
	"strings"

	"jachete/workflow"
)

// sampleSigning is a path with plain answers, or with the longest ones.
func sampleSigning(text string) workflow.Signing {
	declarations, err := Declarations()
	must(err)
	p := workflow.Signing{
		Declaration: declarations[0], Text: declarations[0].TextFR, Translation: declarations[0].TextEN,
		Organisation: workflow.Organisation{Name: text, Slug: "ville-de-riviere-exemple"}, Pole: samplePole, Number: "ESJ-2026-7KQ4-M2XD",
		Seat:         workflow.SeatFirst,
		Consent:      "En cliquant sur «\u00a0Signer\u00a0», je confirme avoir lu la déclaration, avoir l’autorisation de la signer au nom de " + text + ", et vouloir que ce geste tienne lieu de signature.",
		ReviewSHA256: sampleHash,
	}
	p.Invitation.Contact = workflow.Contact{Name: text, Function: text, Email: "camille@example.org"}
	p.Invitation.Details = workflow.Details{Organisation: text, Signatory: workflow.Signatory{Name: text, Function: text},
		Resolution: workflow.Resolution{Number: "2019-118", Date: "2026-11-17", Body: text}}
	p.Invitation.ExpiresAt, p.Invitation.Message = sampleTime, text
	p.Session.ConfirmedAt, p.Signature.SignedAt = sampleTime, sampleTime
	p.Signature.Organisation.Name = text
	return p
}

// samplePicture stands for a picture of the service's making.
var samplePicture = Kept("\x89PNG\r\n\x1a\n")

func sampleExtract(name string) workflow.Extract {
	return workflow.Extract{Name: name, SHA256: sampleHash, Size: 12_345, UploadedAt: sampleTime}
}

// wrong is a form that was refused, on the fields named.
func wrong(fields ...string) Frame {
	f := Frame{Plain: true}
	for _, name := range fields {
		f.Problems = append(f.Problems, Problem{Field: name, Text: "Nom\u00a0: " + long})
	}
	return f
}

func signingSamples() []Page {
	var pages []Page
	for _, text := range []string{"Ville de Rivière-Exemple", long, ""} {
		p := sampleSigning(text)
		step := Step{Number: 2, Back: "/signature", Signing: p}
		refused := func(fields ...string) Step { return Step{Frame: wrong(fields...), Number: 2, Signing: p} }
		finishing := step
		finishing.Signing.Step = workflow.StepSign
		waiting := step
		waiting.Signing.Invitation.MeetingOn, waiting.Signing.Invitation.Details.Council = "2026-12-07", text
		beside, countersigning := p, p
		beside.Invitation.Details.Second = workflow.Cosignatory{Signatory: workflow.Signatory{Name: text, Function: text}, Email: "dominique@example.org"}
		beside.Invitation.Details.Countersigner = beside.Invitation.Details.Second
		beside.Seats = []workflow.SeatRecord{{Seat: workflow.SeatFirst, Act: workflow.Act{SignedAt: sampleTime}}, {Seat: workflow.SeatSecond, AskedAt: sampleTime}}
		beside.Step = workflow.StepOthers
		countersigning.Invitation, countersigning.Seat = beside.Invitation, workflow.SeatPole
		renewing := p
		renewing.Former = workflow.Declaration{ID: "esja", Version: "0.9", TextFR: "Un autre texte, **ancien**."}
		noPole := p
		noPole.Pole = workflow.Pole{}
		pages = append(pages,
			&Invited{Link: workflow.LinkPage{Invitation: p.Invitation, Organisation: p.Organisation, Pole: samplePole}},
			&Invited{Link: workflow.LinkPage{Organisation: p.Organisation, Pole: workflow.Pole{Name: "Pôle"}}},
			&SignRead{Step{Number: 1, Signing: p}}, &SignRead{Step{Number: 1, Signing: renewing}},
			&SignOrganisation{Step: step, Form: workflow.OrganisationForm{Organisation: text, Name: text, Function: text}},
			&SignOrganisation{Step: finishing}, &SignOrganisation{Step: refused("organisation", "name", "function")},
			&SignResolution{Step: step}, &SignResolution{Step: refused("needed")},
			&SignResolution{Step: refused("number", "date", "body"), Answer: "yes", Form: workflow.ResolutionForm{Number: text, Date: text, Body: text}},
			&SignResolution{Step: refused("meeting", "council"), Answer: "later", Meeting: workflow.MeetingForm{Date: text, Body: text}}, &SignWaiting{waiting},
			&SignOthers{Step: Step{Signing: beside}}, &SignOthers{Step: Step{Signing: countersigning}, Asked: true},
			&SignOrganisation{Step: Step{Number: 2, Signing: beside}, Form: workflow.OrganisationForm{Beside: true, Second: beside.Invitation.Details.Second}},
			&SignOrganisation{Step: refused("second-name", "second-function", "second-email"), Form: workflow.OrganisationForm{Beside: true}},
			&SignResolution{Step: Step{Number: 3, Signing: beside}}, &SignSummary{Step: Step{Number: 3, Signing: countersigning}},
			&Invited{Link: workflow.LinkPage{Invitation: beside.Invitation, Organisation: p.Organisation, Pole: samplePole, Seat: workflow.SeatSecond}},
			&Invited{Link: workflow.LinkPage{Invitation: beside.Invitation, Organisation: p.Organisation, Pole: samplePole, Seat: workflow.SeatPole}},
			&SignVerification{Step: step}, &SignVerification{Step: step, Asked: true, Sent: true},
			&SignVerification{Step: refused("code"), Asked: true, Code: text}, &SignVerification{Step: refused("")},
			&SignSummary{Step: finishing}, &SignSummary{Step: refused("typed", "consent"), Typed: text, Publish: true, Newsletter: true},
			&SignResolution{Step: refused("extract", "sitting"), Answer: "yes", Script: "/static/sign.js", Form: workflow.ResolutionForm{Sitting: text},
				Extract: ExtractField{Extract: sampleExtract(text), Drop: true}},
			&SignResolution{Step: step, Answer: "yes", Extract: ExtractField{Extract: sampleExtract(text), Saved: true}},
			&SignSummary{Step: finishing, Joined: ExtractField{Extract: sampleExtract(text)}, Changed: true, Script: "/static/sign.js"},
			&SignSummary{Step: refused("drawing", "quote", "logo"), JoinedFields: JoinedFields{Drawing: samplePicture, PublishQuote: true, Quote: text, PublishLogo: true, Logo: samplePicture}},
			&SignThanks{Step: Step{Signing: noPole}}, &SignThanks{Step: step, Near: sampleSuppliers(text), Showcase: Showcase{Site: "https://esja.example.org", Script: "/static/copy.js"}},
			&MailedCertificate{Certificate: workflow.MailedCertificate{Pole: samplePole, Signature: p.Signature,
				Certificate: workflow.Certificate{Number: p.Number, Content: sampleContent(text),
					Sealed: workflow.Sealed{SHA256: sampleHash, PDF: []byte(strings.Repeat("x", 2000)), SealedAt: sampleTime}}},
				Download: "/c/a.b.c/attestation.pdf"},
		)
	}
	for _, reason := range deadLinks {
		pages = append(pages, &DeadLink{Reason: reason, Pole: samplePole}, &DeadLink{Reason: reason})
	}
	return append(pages, &Unsubscribe{Pole: samplePole}, &Unsubscribe{Pole: samplePole, Done: true})
}
