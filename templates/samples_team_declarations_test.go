package templates

import (
	"slices"
	"strings"

	"jachete/workflow"
)

func declarationSamples(team TeamFrame) []Page {
	published := []workflow.Declaration{{Version: "1.1-pole-exemple", PoleSlug: "pole-exemple", PublishedAt: sampleTime, TextFR: "# a\n\nb c", TextEN: long},
		{Version: "1.0", PublishedAt: sampleTime}}
	draft := workflow.DeclarationDraft{ID: "D", Number: "1.2", PoleSlug: "ailleurs", TitleFR: long, TitleEN: long,
		BodyFR: strings.Repeat(long+"\n\n- **gras**\n", 20), BodyEN: long, Revision: 3, ChangedAt: sampleTime}
	planned := draft
	planned.PublishAt = sampleTime
	poles, options := map[string]string{"pole-exemple": long}, []Option{{"*", long, false}, {"b", "B", true}}
	team.Here = "declarations"
	return append([]Page{
		&TeamDeclarations{TeamFrame: TeamFrame{}, Shelf: workflow.DeclarationShelf{Published: published[1:]}},
		&TeamDeclarations{TeamFrame: team, Shelf: workflow.DeclarationShelf{Published: published[1:]}, Scope: options[:1], Done: "dropped"},
		&TeamDeclarations{TeamFrame: team, Shelf: workflow.DeclarationShelf{Published: published, Drafts: []workflow.DeclarationDraft{draft, planned}},
			Poles: poles, Scope: options, Older: []workflow.Pole{samplePole}, Done: "published"},
		&TeamDeclarations{TeamFrame: TeamFrame{Frame: wrong("pole")}, Shelf: workflow.DeclarationShelf{Published: published}, Scope: options},
		&TeamDraft{TeamFrame: team, Draft: workflow.DeclarationDraft{ID: "D"}},
		&TeamDraft{TeamFrame: team, Draft: draft, Whose: long, Before: "1.0", Saved: true},
		&TeamDraft{TeamFrame: team, Draft: planned, Whose: long, Before: "1.0", Saved: true},
		&TeamDraft{TeamFrame: TeamFrame{Frame: wrong("version", "titlefr", "textfr", "titleen", "texten")}, Draft: draft},
		&TeamPreview{TeamFrame: team, Draft: workflow.DeclarationDraft{ID: "D"}}, &TeamPreview{TeamFrame: team, Draft: draft},
		&TeamPublish{TeamFrame: team, Draft: draft, Whose: long, Before: "1.0"},
		&TeamPublish{TeamFrame: TeamFrame{Frame: wrong("publish")}, Draft: draft, On: long},
		&TeamComparison{TeamFrame: team},
		&TeamComparison{TeamFrame: team, Choices: options, Others: options, FromName: long, ToName: "1.1", From: published[0], To: published[0]},
		&TeamComparison{TeamFrame: team, Choices: options, Others: options, FromName: "1.0", ToName: "1.1", From: published[0], To: planned.Declaration()},
	}, renewalSamples(team)...)
}

func renewalSamples(team TeamFrame) []Page {
	c := workflow.Commitment{ID: "C", Slug: "ville", SignedOn: "2019-11-15", Version: "1.0", Organisation: workflow.Snapshot{Name: long}}
	inv := workflow.Invitation{ID: "I", Contact: workflow.Contact{Name: long, Email: "camille@example.org"}}
	lines := []workflow.Renewal{{Commitment: c, Invitation: inv}, {Commitment: c, Barrier: workflow.BarrierNoContact},
		{Commitment: c, Invitation: inv, Barrier: workflow.BarrierOpen}, {Commitment: c, Invitation: inv, Barrier: workflow.BarrierUnsubscribed}}
	found := workflow.RenewalPage{Pole: samplePole, Text: workflow.Declaration{Version: "1.1"}}
	full := found
	full.Lines, full.Invites = slices.Repeat(lines, 3), 300
	return []Page{
		&TeamRenewals{TeamFrame: team, Poles: []Option{{"a", long, false}}}, &TeamRenewals{TeamFrame: team, Found: found, Invited: true},
		&TeamRenewals{TeamFrame: team, Found: full, MostOnce: 200},
	}
}
