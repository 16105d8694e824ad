package templates

import "jachete/workflow"

// shareSamples are the page that gives lines to paste: of Québec, of a pôle, and
// with each thing that may be said of a number.
func shareSamples() []Page {
	show := Showcase{Site: "https://esja.example.org", Script: "/static/copy.js"}
	pages := []Page{&Share{Showcase: show, Where: "quebec"}, &Share{Showcase: show, Where: "quebec", Number: long, Unknown: true, Feed: "https://esja.example.org/flux.atom"},
		&Share{Showcase: show, Where: "x", Look: "dark", Pole: workflow.Pole{Slug: "x", Name: long}, Poles: []workflow.Pole{samplePole, {Slug: "x", Name: long}}, Embargo: sampleTime}}
	for _, status := range []workflow.CommitmentStatus{workflow.CommitmentActive, workflow.CommitmentWithdrawn, workflow.CommitmentSuperseded} {
		pages = append(pages, &Share{Showcase: show, Where: "quebec", Number: "ESJ-2026-7KQ4-M2XD",
			Badge: &workflow.Badge{Number: "ESJ-2026-7KQ4-M2XD", Organisation: long, Since: 2026, Status: status}})
	}
	return pages
}
