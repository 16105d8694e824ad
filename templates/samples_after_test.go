package templates

import (
	"strings"
	"time"

	"jachete/workflow"
)

// afterFamilies are the families of keys of the pages after signing.
func afterFamilies() map[string][]string {
	var wrong []string
	for _, f := range workflow.CorrectionFields {
		wrong = append(wrong, string(f))
	}
	return map[string][]string{
		"manage.done-":       {"confirmed", "publication", "correction", "withdrawn"},
		"correction.field-":  wrong,
		"withdraw.is-":       {"withdrawn", "superseded"},
		"known.press-label-": {"fr", "en"},
	}
}

// samplePersonal is the page of one signatory, with plain values or the longest.
func samplePersonal(text string) workflow.PersonalPage {
	p := workflow.PersonalPage{MailedCertificate: workflow.MailedCertificate{Pole: samplePole,
		Certificate: workflow.Certificate{Number: "ESJ-2026-7KQ4-M2XD", Content: sampleContent(text),
			Sealed: workflow.Sealed{SHA256: sampleHash, PDF: []byte(strings.Repeat("x", 2000)), SealedAt: sampleTime}},
		Signature: workflow.Signature{SignedAt: sampleTime, Signatory: workflow.Signatory{Name: text, Function: text}}},
		Commitment: workflow.Commitment{Status: workflow.CommitmentActive, SignedOn: "2026-11-22"}}
	p.Signature.Organisation.Name, p.Signature.Evidence.Email = text, "camille@example.org"
	return p
}

// samplesOfStory are pages of the same certificate as things happen to it.
func samplesOfStory(text string) (list []workflow.PersonalPage) {
	plain := samplePersonal(text)
	known, ended, replaced, held := plain, plain, plain, plain
	known.ConfirmedUntil, known.Commitment.PublicName = sampleTime, text
	known.Looks = []workflow.Look{{At: sampleTime, What: "evidence.viewed", By: workflow.ActorStaff, Role: workflow.RoleAgent},
		{At: sampleTime, What: "certificate.downloaded", By: workflow.ActorStaff, Role: workflow.RoleAdmin}, {At: sampleTime, What: "evidence.made", By: workflow.ActorOperator}}
	known.Corrections = []workflow.Correction{{Field: "function", Wanted: text, AskedAt: sampleTime}}
	ended.Commitment.Status, ended.Commitment.StatusOn = workflow.CommitmentWithdrawn, "2027-03-01"
	replaced.Commitment.Status, replaced.ReplacedBy.Number = workflow.CommitmentSuperseded, "ESJ-2027-7KQ4-M2XD"
	held.Embargo = sampleTime.Add(24 * time.Hour)
	return []workflow.PersonalPage{plain, known, ended, replaced, held}
}

func afterSamples() []Page {
	pages := []Page{&Retrieve{}, &Retrieve{Asked: true}, &Retrieve{Email: long, Frame: wrong("email")}}
	show := Showcase{Site: "https://esja.example.org", Script: "/static/copy.js"}
	for _, text := range []string{"Ville de Rivière-Exemple", long} {
		for _, found := range samplesOfStory(text) {
			c := Certificate{Found: found, At: "/c/a.b.c", For: "retrait"}
			confirmed := samplePersonal(text)
			confirmed.ConfirmedUntil = sampleTime
			refused := func(fields ...string) Certificate {
				return Certificate{Frame: wrong(fields...), Found: confirmed, At: "/c/a.b.c"}
			}
			pages = append(pages, &CertificatePersonal{Certificate: c, Showcase: show}, &CertificatePersonal{Certificate: c, Done: "publication"},
				&CertificatePublication{Certificate: c}, &CertificatePublication{Certificate: c, Choices: workflow.Publish{Signatory: true}},
				&CertificateCorrection{Certificate: c}, &CertificateCorrection{Certificate: refused("wrong", "wanted"), Form: workflow.CorrectionForm{Field: "other", Wanted: text}},
				&CertificateWithdraw{c}, &CertificateWithdraw{refused("confirm")},
				&CertificateCode{Certificate: c}, &CertificateCode{Certificate: c, Asked: true, Sent: true}, &CertificateCode{Certificate: refused("code"), Asked: true, Code: text})
		}
	}
	return pages
}
