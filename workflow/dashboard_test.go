package workflow_test

import (
	"slices"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/territory"
	"jachete/workflow/workflowtest"
)

// dashboard looks at a pôle, or at all those of the actor.
func dashboard(t *testing.T, w *workflowtest.World, a workflow.Actor, pole string) workflow.Dashboard {
	t.Helper()
	d, err := w.Dashboard(t.Context(), a, pole)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// to invites a municipality of a pôle.
func to(pole, code string) workflow.InviteRequest {
	r := workflowtest.Request()
	r.Pole, r.Organisation, r.Place = pole, "Ville Essai-"+code, territory.Place{MunicipalityCode: code}
	r.Contact.Email = "ville-" + code + "@example.org"
	return r
}

// signsFor invites a municipality, which signs.
func signsFor(t *testing.T, w *workflowtest.World, r workflow.InviteRequest) {
	t.Helper()
	_, token := w.Invite(t, r)
	secret, form := w.Ready(t, token)
	if _, err := w.Sign(t.Context(), secret, form, workflowtest.Visit); err != nil {
		t.Fatal(err)
	}
}

func TestDashboardCountsWhatItsListsHold(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		agent := agentOf(t, w, "estrie")
		w.Invite(t, to("montreal", "66007"))
		signsFor(t, w, to("estrie", "42100"))
		ids := map[workflow.Attention]string{}
		for k, reason := range workflow.Attentions {
			inv, _ := w.Invite(t, to("estrie", []string{"30045", "30030", "41038", "44037"}[k]))
			ids[reason] = inv.ID
			change(t, w, inv.ID, func(i *workflow.Invitation) {
				switch reason {
				case workflow.AttentionUndelivered:
					i.State = workflow.StateUndelivered
				case workflow.AttentionMeeting:
					i.State, i.MeetingOn = workflow.StateAwaitingResolution, "2026-11-21"
				case workflow.AttentionEnding:
					i.ExpiresAt = w.Clock.Now().Add(workflow.EndingSoon - time.Second)
				case workflow.AttentionSilent:
					i.RemindedAt, i.RemindAt = w.Clock.Now().Add(-workflow.Silence-time.Second), time.Time{}
				}
			})
		}
		d := dashboard(t, w, agent, "estrie")
		if d.Total != 5 || d.Counts[workflow.StateSigned] != 1 || len(d.Latest) != 5 || d.Pole.Slug != "estrie" || len(d.Poles) != 1 {
			t.Errorf("%d, %v, %d, %s, %d", d.Total, d.Counts, len(d.Latest), d.Pole.Slug, len(d.Poles))
		}
		if len(d.Attention) != len(workflow.Attentions) {
			t.Fatalf("%d reasons", len(d.Attention))
		}
		for k, list := range d.Attention {
			if list.Reason != workflow.Attentions[k] || list.Total != 1 || list.Invitations[0].ID != ids[list.Reason] {
				t.Errorf("%s: %d", list.Reason, list.Total)
			}
			_, total, err := w.Invitations(t.Context(), agent, list.Reason.Narrow(workflow.InvitationFilter{}, w.Clock.Now()))
			if err != nil || total != list.Total {
				t.Errorf("%s: the list holds %d, %v", list.Reason, total, err)
			}
		}
		if byDefault := dashboard(t, w, agent, ""); byDefault.Pole.Slug != "estrie" || byDefault.Total != 5 {
			t.Errorf("the only pôle is not shown: %q", byDefault.Pole.Slug)
		}
	})
}

// What becomes due, and what no longer is, by the passing of time alone.
func TestAttentionFollowsTheClock(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		agent := agentOf(t, w, "estrie")
		inv, _ := w.Invite(t, to("estrie", "30045"))
		change(t, w, inv.ID, func(i *workflow.Invitation) {
			i.State, i.MeetingOn, i.RemindAt = workflow.StateAwaitingResolution, workflow.CivilDate(w.Clock.Now()), time.Time{}
			i.ExpiresAt = w.Clock.Now().Add(workflow.EndingSoon + 24*time.Hour)
		})
		reasons := func() (list []workflow.Attention) {
			for _, l := range dashboard(t, w, agent, "").Attention {
				list = append(list, l.Reason)
			}
			return list
		}
		if got := reasons(); got != nil {
			t.Errorf("on the day of the meeting: %v", got)
		}
		w.Clock.Move(13*time.Hour + 59*time.Minute) // 23:59 in Québec
		if got := reasons(); got != nil {
			t.Errorf("a minute before midnight: %v", got)
		}
		w.Clock.Move(time.Minute)
		if got := reasons(); !slices.Equal(got, []workflow.Attention{workflow.AttentionMeeting}) {
			t.Errorf("the day after: %v", got)
		}
		w.Clock.Move(12 * time.Hour)
		if got := reasons(); !slices.Equal(got, []workflow.Attention{workflow.AttentionMeeting, workflow.AttentionEnding}) {
			t.Errorf("within a week of the term: %v", got)
		}
		w.Clock.Move(workflow.EndingSoon)
		if d := dashboard(t, w, agent, ""); d.Attention != nil || d.Counts[workflow.StateExpired] != 1 {
			t.Errorf("after the term: %v, %v", d.Attention, d.Counts)
		}
	})
}

// Staff of a pôle learn nothing of another: neither its numbers, nor whether it
// is there, nor what it holds under embargo.
func TestDashboardStaysWithinItsPole(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		agent := agentOf(t, w, "estrie")
		w.Invite(t, to("montreal", "66007"))
		_, other := w.Dashboard(t.Context(), agent, "montreal")
		_, unknown := w.Dashboard(t.Context(), agent, "nulle-part")
		wantKey(t, other, workflow.NotFound, "record.not-found")
		wantKey(t, unknown, workflow.NotFound, "record.not-found")
		_, admins := w.Dashboard(t.Context(), workflow.Operator(), "nulle-part")
		wantKey(t, admins, workflow.NotFound, "record.not-found")
		if d := dashboard(t, w, agent, ""); d.Total != 0 || d.Latest != nil || d.Progress != nil || d.Coverage.Invited != 0 {
			t.Errorf("%+v", d)
		}
		if _, err := w.Dashboard(t.Context(), workflow.Actor{}, ""); !workflow.IsKind(err, workflow.Unauthenticated) {
			t.Error(err)
		}
	})
}

func TestCoverageKeepsTheEmbargoOfOthers(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		c := campaign(t, w, func(r *workflow.CampaignRequest) { r.Embargo = workflow.LocalTimeOf(w.Clock.Now().Add(24 * time.Hour)) })
		r := to("estrie", "43027") // Sherbrooke
		r.Campaign = c.Slug
		signsFor(t, w, r)
		err := w.AddPole(t.Context(), workflow.Operator(), workflow.Pole{Slug: "voisin", Name: "Pôle voisin", Territory: territory.Set{Regions: []string{"05"}}})
		if err != nil {
			t.Fatal(err)
		}
		both := workflow.StaffActor(hire(t, w, "deux@example.org", workflow.RoleReader, "estrie", "voisin"))
		signed := func(pole string) int { return dashboard(t, w, both, pole).Coverage.Signed }
		each := func() (n [2]int) {
			for k, line := range dashboard(t, w, both, "").Each {
				n[k] = line.Coverage.Signed
			}
			return n
		}
		if signed("estrie") != 1 || signed("voisin") != 0 || each() != [2]int{1, 0} {
			t.Errorf("under embargo: %d, %d, %v", signed("estrie"), signed("voisin"), each())
		}
		w.Clock.Move(24 * time.Hour)
		if signed("estrie") != 1 || signed("voisin") != 1 || each() != [2]int{1, 1} {
			t.Errorf("public: %d, %d, %v", signed("estrie"), signed("voisin"), each())
		}
	})
}

func TestSeveralPolesAreToldTogetherAndEach(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		both := workflow.StaffActor(hire(t, w, "deux@example.org", workflow.RoleAgent, "estrie", "montreal"))
		w.Invite(t, to("estrie", "42100"))
		w.Invite(t, to("montreal", "66007"))
		signsFor(t, w, to("montreal", "66023"))
		w.Invite(t, to("longueuil", "58227"))
		d := dashboard(t, w, both, "")
		if d.Pole.Slug != "" || d.Total != 3 || len(d.Each) != 2 || d.Coverage.Total != 0 {
			t.Fatalf("%+v", d)
		}
		for _, line := range d.Each {
			want := map[string]workflow.PoleSummary{"estrie": {Total: 1, Coverage: workflow.Tally{Total: 117}}, "montreal": {Total: 2, Coverage: workflow.Tally{Signed: 1, Total: 16}}}[line.Pole.Slug]
			if line.Total != want.Total || line.Coverage != want.Coverage {
				t.Errorf("%s: %+v", line.Pole.Slug, line)
			}
		}
		if one := dashboard(t, w, both, "montreal"); one.Total != 2 || one.Coverage.Signed != 1 || one.Coverage.Invited != 2 || one.Coverage.Total != 16 {
			t.Errorf("%+v", one.Coverage)
		}
	})
}

func TestProgressOfAPole(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		agent := agentOf(t, w, "estrie")
		w.Invite(t, to("estrie", "42100"))
		w.Clock.Move(14 * 24 * time.Hour)
		signsFor(t, w, to("estrie", "41038"))
		w.Invite(t, to("montreal", "66007"))
		want := []workflow.Week{{Monday: "2026-11-16", Invitations: 1}, {Monday: "2026-11-23", Invitations: 1}, {Monday: "2026-11-30", Invitations: 2, Signatures: 1}}
		if got := dashboard(t, w, agent, "").Progress; !slices.Equal(got, want) {
			t.Errorf("%+v", got)
		}
	})
}
