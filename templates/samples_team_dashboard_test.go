package templates

import (
	"time"

	"jachete/workflow"
)

// dashboardSamples are the dashboard: of a new pôle, with nothing to do, of one
// pôle and of several at its longest.
func dashboardSamples(team TeamFrame, views []workflow.InvitationView, filters TeamFilters) []Page {
	alone := team
	alone.Several = false
	new := workflow.Dashboard{Pole: samplePole, Coverage: workflow.Coverage{Tally: workflow.Tally{Total: 5}, Cities: true, Agglomeration: true,
		Regions: []workflow.RegionCoverage{{Name: "Montérégie", Parts: []workflow.PartCoverage{{Tally: workflow.Tally{Total: 1}, Name: long, Municipality: true}}}}}}
	calm := workflow.Dashboard{Pole: samplePole, Total: 1, Latest: views[:1]}
	full := workflow.Dashboard{Poles: []workflow.Pole{samplePole}, Pole: samplePole, Total: 12345, Latest: views, Coverage: sampleCoverage(),
		Progress: sampleWeeks(26)}
	all := workflow.Dashboard{Total: 12345, Latest: views, Each: []workflow.PoleSummary{{Pole: samplePole,
		Counts: map[workflow.State]int{workflow.StateSigned: 1234}, Total: 12345, Coverage: workflow.Tally{Signed: 1000, Total: 1127}}}}
	figures := sampleFigures()
	return []Page{
		&TeamDashboard{TeamFrame: TeamFrame{}}, &TeamDashboard{TeamFrame: alone, Dashboard: new}, &TeamDashboard{TeamFrame: alone, Dashboard: calm, Figures: figures},
		&TeamDashboard{TeamFrame: team, Dashboard: full, Chosen: "longueuil", Figures: figures, Needs: sampleNeeds(views), NoAddress: []workflow.Pole{samplePole},
			Filters: filters, List: "/equipe/invitations?pole=longueuil"},
		&TeamDashboard{TeamFrame: TeamFrame{Here: "dashboard", Several: true}, Dashboard: all, Figures: figures, Needs: sampleNeeds(views), Filters: filters},
	}
}

func sampleFigures() (list []Figure) {
	for i, state := range workflow.States {
		list = append(list, Figure{state, i * 1000, "/equipe/invitations?etat=" + string(state)})
	}
	return list
}

func sampleNeeds(views []workflow.InvitationView) (list []AttentionList) {
	for i, reason := range workflow.Attentions {
		shown := views[i : i+2]
		shown[0].MeetingOn, shown[0].RemindedAt = "2026-12-07", sampleTime
		list = append(list, AttentionList{workflow.AttentionList{Reason: reason, InvitationList: workflow.InvitationList{Invitations: shown, Total: 2 + 500*(i%2)}},
			"/equipe/invitations?etat=undelivered"})
	}
	return list
}

func sampleCoverage() workflow.Coverage {
	part := func(name string, signed, invited, total int) workflow.PartCoverage {
		return workflow.PartCoverage{Name: name, Tally: workflow.Tally{Signed: signed, Invited: invited, Total: total}, Municipality: total == 1}
	}
	return workflow.Coverage{Tally: workflow.Tally{Signed: 10, Invited: 20, Total: 1127}, Regions: []workflow.RegionCoverage{
		{Name: "Estrie", Parts: []workflow.PartCoverage{part(long, 3, 4, 12), part("Le Granit", 20, 20, 20), part("Sherbrooke", 1, 1, 1), part("Autre", 0, 1, 1)}},
		{Name: "Montérégie", Parts: []workflow.PartCoverage{part("Acton", 0, 0, 8)}}}}
}

// sampleWeeks grows faster and faster.
func sampleWeeks(n int) (weeks []workflow.Week) {
	for k := range n {
		weeks = append(weeks, workflow.Week{Monday: workflow.CivilDate(sampleTime.Add(time.Duration(k-n) * 7 * 24 * time.Hour)),
			Invitations: k * k, Signatures: k * k / 3})
	}
	return weeks
}
