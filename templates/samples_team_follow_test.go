package templates

import (
	"maps"
	"slices"
	"testing"
	"time"

	"jachete/workflow"
)

var (
	sampleOptions = []Option{{"a", long, true}, {"b", "B", false}}
	sampleForm    = InviteForm{Organisation: long, Municipality: long, Name: long, Message: long, Deadline: "60", Campaign: "a"}
	samplePast    = workflow.OrganisationPast{Commitments: []workflow.Commitment{{Slug: "a", SignedOn: "2019-11-16", Mode: workflow.ModePaper},
		{Slug: "a", SignedOn: "2019-11-16", Mode: workflow.ModeElectronic}}}
)

// inviteSamples are the three steps of an invitation.
func inviteSamples(team TeamFrame, refused Frame) []Page {
	past := samplePast
	past.Invitations = sampleViews(long)
	line := OrganisationLine{Address: invitePathSample, Label: long, Where: long, Known: long}
	form := only(refused, "organisation", "municipality", "message", "kind", "pole", "lang", "expires", "name", "function", "email", "civility", "campaign")
	preview := workflow.InvitePreview{Past: past, Organisation: workflow.Organisation{Kind: workflow.KindMRC, NEQ: "1199999907"}, Mail: workflow.MailContent{
		Organisation: long, Recipient: workflow.Contact{Name: long, Function: long}, Pole: samplePole, ExpiresAt: sampleTime}}
	mail := MailText{From: long, To: "a@example.org", ReplyTo: "b@example.org", Subject: long, Text: long + "\n" + long}
	return []Page{
		&TeamFindOrganisation{TeamFrame: team, Script: "/static/team.js", Unlisted: invitePathSample},
		&TeamFindOrganisation{TeamFrame: team, Script: "/static/team.js", Query: long, Unlisted: invitePathSample},
		&TeamFindOrganisation{TeamFrame: team, Script: "/static/team.js", Query: "v", Matches: []OrganisationLine{line, line}, More: true, Unlisted: invitePathSample},
		&TeamInvite{TeamFrame: team, Form: sampleForm, Kinds: sampleOptions, MRCs: sampleOptions, Regions: sampleOptions, Places: []string{long},
			Civilities: sampleOptions, Campaigns: sampleOptions, Past: team.Past(past), Known: long},
		&TeamInvite{TeamFrame: TeamFrame{Frame: form}, Form: sampleForm, Poles: sampleOptions, Kinds: sampleOptions, Civilities: sampleOptions,
			Campaigns: sampleOptions, Open: "/equipe/invitations/ABC", Past: team.Past(workflow.OrganisationPast{})},
		&TeamInvite{TeamFrame: TeamFrame{Frame: only(refused, "pole")}, Poles: slices.Repeat(sampleOptions, 5), Past: team.Past(workflow.OrganisationPast{}),
			Civilities: sampleOptions, NoAddress: slices.Repeat([]workflow.Pole{samplePole}, 4)},
		&TeamInvitePreview{TeamFrame: team, Script: "/static/team.js", Form: sampleForm, Preview: preview, Place: long, Campaign: long, Mail: mail,
			NEQDoubtful: true, NoAddress: []workflow.Pole{samplePole}},
		&TeamInvitePreview{TeamFrame: team, Script: "/static/team.js", Preview: workflow.InvitePreview{Organisation: workflow.Organisation{Kind: workflow.KindOther}}},
	}
}

const invitePathSample = "/equipe/invitations/nouvelle?choix=m43027"

// listSamples are the list: never anything yet, nothing found, refused, and at
// its longest.
func listSamples(team TeamFrame, views []workflow.InvitationView, filters TeamFilters) []Page {
	list := ListFilters{Campaigns: sampleOptions, Sorts: sampleOptions, Hidden: []HiddenField{{"fin", "7"}, {"seance", "passee"}}, From: "2026-11-01", To: long, Size: "50",
		Sizes: []Option{{"/equipe/invitations", "25", true}, {"/equipe/invitations?taille=50", "50", false}}, Wider: []Option{{"/equipe/invitations?q=a", long, false}},
		Views:   []View{{Address: "/equipe/invitations", Label: long, Count: 12345, Here: true}, {Address: "/equipe/invitations?etat=sent", Label: "B"}},
		Columns: map[string]Column{"nom": {Address: "/equipe/invitations?tri=nom", Sorted: "ascending"}, "activite": {Address: "/equipe/invitations", Sorted: "descending"}}}
	for i := range views {
		views[i].ActiveAt = sampleTime
	}
	refused := team
	refused.Problems = []Problem{{"du", long}, {"au", long}}
	return []Page{
		&TeamInvitations{TeamFrame: team}, &TeamInvitations{TeamFrame: team, Filters: filters, List: list},
		&TeamInvitations{TeamFrame: refused, List: list},
		&TeamInvitations{TeamFrame: team, Found: views, Total: 60, Page: 2, Pages: 3, Previous: "/equipe/invitations", Next: "/equipe/invitations?page=3",
			Filters: TeamFilters{Query: long, Chips: append(slices.Clone(filters.Chips), filters.Chips...)}, List: list},
	}
}

// invitationSamples is a page for every state, with every event there is.
func invitationSamples(team TeamFrame, views []workflow.InvitationView, refused Frame) (pages []Page) {
	dones := []string{"", "created", "resent", "revoked", "corrected", "extended", "annotated", "assigned", "countersign", "asked-again"}
	for i, v := range views {
		p := &TeamInvitation{TeamFrame: team, Place: long, NEQDoubtful: true, Campaign: long, Note: long, Deadline: "2026-12-24",
			Done: dones[i%len(dones)], Found: workflow.InvitationPage{InvitationView: v}, Civilities: sampleOptions, Campaigns: sampleOptions,
			Contact: v.Contact, May: map[workflow.Action]bool{}}
		p.Found.Pole.Director = workflow.Cosignatory{Signatory: workflow.Signatory{Name: long, Function: long}}
		if i%3 == 0 {
			p.Found.Details.Countersigner = p.Found.Pole.Director
			p.Found.Seats = []workflow.SeatRecord{{Seat: workflow.SeatPole, AskedAt: sampleTime}}
		}
		p.Found.FollowUps = []workflow.FollowUp{{Recipient: v.Contact, AskedAt: sampleTime},
			{ConfirmedAt: sampleTime, Contact: workflow.Contact{Name: long, Function: long}}}
		p.Found.Number, p.Found.Contact.Civility = "ESJ-2026-7KQ4-M2XD", workflow.Civilities[i%3]
		if i%2 == 0 {
			p.Found.Details.Resolution.ExtractSHA256 = sampleHash
			p.Found.Note = long + "\n" + long
		}
		p.Reminders = sampleReminders[i%len(sampleReminders)]
		p.Mails = []TeamMail{{v.LastDelivery, "/equipe/invitations/ABC/courriels/D"}}
		p.Writer = i%2 == 0
		for _, action := range workflow.Actions(v.State, workflow.RoleAgent) {
			p.May[action] = p.Writer
		}
		for _, kind := range recorded {
			p.Events = append(p.Events, TeamEvent{At: sampleTime.Add(time.Hour), Type: kind, Actor: "you", Mail: "invitation", Answer: long,
				Detail: long, Copy: "/equipe/invitations/ABC/courriels/D"})
		}
		pages = append(pages, p)
	}
	again := *pages[2].(*TeamInvitation)
	again.Edit, again.Problems, again.May = workflow.ActionCorrect, only(refused, "name", "function", "email", "civility").Problems, maps.Clone(again.May)
	copied := TeamMailCopy{TeamFrame: team, Subject: long, Text: long, Found: workflow.MailCopy{InvitationView: views[0], Mail: views[0].LastDelivery}}
	empty := TeamMailCopy{TeamFrame: team, Found: workflow.MailCopy{InvitationView: views[0], Mail: workflow.Delivery{Kind: workflow.DeliveryInvitation, State: workflow.DeliveryWaiting}}}
	return append(pages, &again, &copied, &empty)
}

// recorded are the events that the samples show.
var recorded = []string{"invitation.created", "delivery.sent", "link.opened", "signed", "invitation.correct"}

// A later step carries every answer of the form along, or it would be lost.
func TestHiddenFieldsAreTheWholeForm(t *testing.T) {
	form := InviteForm{"pole", "organisation", "kind", "municipality", "mrc", "region", "neq", "name", "function", "email", "civility", "lang", "source",
		"message", "expires", "campaign", "demande"} // a field more does not compile
	var names []string
	for _, f := range form.Hidden() {
		names = append(names, f.Name)
		if f.Value != f.Name {
			t.Errorf("%s carries the answer of %s", f.Name, f.Value)
		}
	}
	if slices.Sort(names); len(slices.Compact(names)) != 17 {
		t.Errorf("%v", names)
	}
}
