package templates

import (
	"strings"
	"testing"
	"time"

	"jachete/workflow"
)

// sampleCampaign is a campaign three days before its ceremony.
func sampleCampaign(text string) workflow.CampaignView {
	return workflow.CampaignView{Pole: samplePole,
		Campaign: workflow.Campaign{PoleSlug: "pole-exemple", Slug: "les-villes", Name: text, Place: text, CreatedAt: sampleTime.Add(-9 * 24 * time.Hour),
			CeremonyAt: sampleTime.Add(72 * time.Hour), EmbargoUntil: sampleTime.Add(72 * time.Hour)},
		Progress: workflow.Progress{Invited: 1234, Unopened: 1000, Undelivered: 1, Consulted: 30, Waiting: 10, Ready: 5, Signed: 150, Declined: 8, Expired: 30}}
}

func campaignSamples(team TeamFrame, views []workflow.InvitationView) []Page {
	team.Here = "campaigns"
	empty := workflow.CampaignView{Campaign: workflow.Campaign{PoleSlug: "p", Slug: "c", Name: "Automne", CreatedAt: sampleTime, Closed: true}}
	full := sampleCampaign(long)
	after := workflow.CampaignPage{CampaignView: full, Late: views, LateTotal: 40, Invitations: views, Total: 60,
		Days: []workflow.SignedDay{{Day: "2026-11-22", Count: 1}, {Day: "2026-11-25", Count: 149}}}
	options := []Option{{"a", long, true}, {"b", "B", false}}
	form := CampaignForm{Name: long, Place: long, Day: long, Hour: long, EmbargoDay: long, EmbargoHour: long, Closed: true,
		Reminders: workflow.ReminderForm{Choice: workflow.RemindByPlan, After: long, Before: long, Hour: "14"}}
	refused := Frame{Problems: []Problem{{"pole", long}, {"name", long}, {"place", long}, {"day", long}, {"hour", long}, {"embargoday", long}, {"embargohour", long}, {"plan", long}, {"after", long}, {"before", long}, {"remindhour", long}}}
	guest := workflow.Guest{InvitationView: views[5], Until: sampleTime}
	screen := TeamCeremony{TeamFrame: team, Found: full, Names: []string{long, "Coopérative Gabarit"}}
	screen.Refresh = 10
	return []Page{
		&TeamCampaigns{TeamFrame: team}, &TeamCampaigns{}, &TeamCampaigns{TeamFrame: team, Found: []workflow.CampaignView{full, empty}},
		&TeamCampaign{TeamFrame: team, Found: workflow.CampaignPage{CampaignView: empty}, Now: sampleTime, Done: "created"},
		&TeamCampaign{TeamFrame: team, Found: workflow.CampaignPage{CampaignView: full, Invitations: views, Total: 13}, Now: sampleTime, Page: 1, Pages: 1, Done: "changed"},
		&TeamCampaign{Found: after, Now: sampleTime.Add(73 * time.Hour), Page: 2, Pages: 3, Previous: "/equipe", Next: "/equipe?page=3"},
		&TeamCampaignForm{TeamFrame: team}, &TeamCampaignForm{TeamFrame: TeamFrame{Frame: refused}, Form: form, Poles: options},
		&TeamCampaignForm{TeamFrame: TeamFrame{Frame: only(refused, "name", "embargoday")}, Form: form, Change: &full.Campaign},
		&screen, &TeamCeremony{TeamFrame: team, Found: empty, Paused: true},
		&TeamGuests{TeamFrame: team, Found: full.Campaign, Guests: views}, &TeamGuests{TeamFrame: team, Found: empty.Campaign},
		&TeamGuest{TeamFrame: team, Found: full.Campaign, Guest: guest, QR: "M4 4h1v1h-1z", QRSize: 9},
	}
}

// roomSamples are the pages of a ceremony and of an embargo for everybody.
func roomSamples() []Page {
	p := sampleSigning(long)
	link := workflow.LinkPage{Invitation: p.Invitation, Organisation: p.Organisation, Pole: samplePole}
	held := p
	held.Embargo, held.Session.Ceremony = sampleTime, true
	return []Page{
		&RoomInvited{Link: link}, &RoomInvited{Link: link, Staff: true}, &RoomNext{}, &Confidential{Number: "ESJ-2026-7KQ4-M2XD", Until: sampleTime},
		&SignThanks{Step: Step{Signing: held}}, &DeadLink{Reason: "ceremony", Pole: samplePole},
		&FileVerdict{Found: workflow.FileVerification{Verdict: workflow.VerdictGenuine, Number: "ESJ-2026-7KQ4-M2XD", SHA256: sampleHash, Embargo: sampleTime}},
		&FileVerdict{Found: workflow.FileVerification{Verdict: workflow.VerdictAltered, Number: "ESJ-2026-7KQ4-M2XD", SHA256: sampleHash, Embargo: sampleTime}},
	}
}

// The screen asks again by itself, and only while nobody paused it.
func TestOnlyTheScreenLoadsItselfAgain(t *testing.T) {
	for _, sample := range samples() {
		sample.Outline().Lang = workflow.French
		out, err := Render(sample)
		if err != nil {
			t.Fatal(err)
		}
		screen, ok := sample.(*TeamCeremony)
		if want := ok && !screen.Paused; strings.Contains(string(out), `http-equiv="refresh"`) != want {
			t.Errorf("%s: loads itself again: %v", sample.File(), !want)
		}
	}
}

// A milestone that is past stands before the present one.
func TestMilestonesAreInOrder(t *testing.T) {
	p := &TeamCampaign{Found: workflow.CampaignPage{CampaignView: sampleCampaign("Automne")}, Now: sampleTime}
	p.Lang = workflow.French
	for now, want := range map[time.Time]string{
		sampleTime:                      "Campagne créée, Maintenant, Cérémonie Dans 3\u00a0jours, Fin de l’embargo\u00a0: tout paraît",
		sampleTime.Add(72 * time.Hour):  "Campagne créée, Maintenant, Cérémonie Aujourd’hui, Fin de l’embargo\u00a0: tout paraît",
		sampleTime.Add(100 * time.Hour): "Campagne créée, Cérémonie, Fin de l’embargo\u00a0: tout paraît, Maintenant",
	} {
		p.Now = now
		var words []string
		for _, m := range p.Milestones() {
			words = append(words, strings.TrimSpace(m.Words+" "+m.Note))
		}
		if got := strings.Join(words, ", "); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
