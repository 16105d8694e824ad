package templates

import (
	"strings"
	"time"

	"jachete/workflow"
)

// long is what a form accepts at its longest, with everything a page could
// trip over.
const long = `<b>"Très&long"</b> L’Œuvre {{.Lang}} javascript:alert(1) ᑯᐯᒃ Nguyễn ` +
	"Saint-Louis-du-Ha! Ha! " + "motsansfinmotsansfinmotsansfinmotsansfinmotsansfinmotsansfinmotsansfinmotsansfin"

var sampleTime = time.Date(2026, 11, 22, 19, 3, 22, 0, time.UTC)

var sampleHash = strings.Repeat("0123456789abcdef", 4)

var samplePole = workflow.Pole{Slug: "pole-exemple", Name: "Pôle d’économie sociale de Rivière-Exemple", Short: "Rivière-Exemple",
	Contact: workflow.PoleContact{PostalAddress: "12, rue de la Démo, Rivière-Exemple (Québec)  J0J 0J0", Phone: "450 555-0112", Email: "pole@example.org"}}

func siteSamples() []Page {
	return []Page{
		&ErrorPage{Kind: workflow.NotFound, Key: "request.not-found", Status: 404},
		&ErrorPage{Kind: workflow.NotFound, Key: "request.not-found", Status: 404, Lost: &Lost{}},
		&ErrorPage{Kind: workflow.NotFound, Key: "register.not-found", Status: 404, Lost: &Lost{Words: "ville de x", Alike: sampleCommitments("Ville de X")}},
		&ErrorPage{Kind: workflow.NotFound, Key: "register.not-found", Status: 404, Lost: &Lost{Words: long, Alike: sampleCommitments(long)}},
		&ErrorPage{Kind: workflow.Internal, Key: "error.internal", Status: 500, Incident: "ABCD2345"},
		&ErrorPage{Kind: workflow.Limited, Key: "limit.number", Status: 429, Wait: 60},
		&ErrorPage{Kind: workflow.Limited, Key: "no.such-key", Status: 429, Wait: 3600},
		&ErrorPage{Kind: workflow.Conflict, Key: "step.order", Status: 409, Resume: "/signature/resolution"},
		&ErrorPage{Kind: workflow.Conflict, Key: "step.review", Status: 409, Review: true},
	}
}

func demoSamples() []Page {
	line := LetterLine{ID: "20261122T190322.000-AAAA", From: "pole@example.org", To: "camille@example.org", Subject: long, Date: sampleTime}
	return []Page{
		&Mailbox{}, &Mailbox{Letters: []LetterLine{line, {Date: sampleTime, Subject: "x"}}},
		&Letter{LetterLine: line}, &Letter{LetterLine: line, Text: []TextPart{{Text: long}, {Text: "http://127.0.0.1:8080/i/a.b.c", Link: true}},
			Files: []LetterFile{{Name: long, Kilobytes: 30}, {Name: "B.pdf", Kilobytes: 1, Number: 1}}},
	}
}
