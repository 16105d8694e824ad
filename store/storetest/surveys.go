package storetest

import (
	"testing"
	"time"

	"jachete/workflow"
)

// town adds a municipality with an invitation of a pôle, made at that time.
func (w *world) town(id, pole, code string, at time.Time, change func(*workflow.Invitation)) {
	w.t.Helper()
	w.must(func(tx workflow.Tx) error {
		o := Organisation("town-"+id, "Ville "+id)
		o.Kind, o.MunicipalityCode = workflow.KindMunicipality, code
		if err := tx.AddOrganisation(w.ctx, o); err != nil {
			return err
		}
		i := Invitation(id)
		i.OrganisationID, i.PoleSlug, i.CreatedAt = o.ID, pole, at
		change(&i)
		return tx.AddInvitation(w.ctx, i)
	})
}

func in(state workflow.State) func(*workflow.Invitation) {
	return func(i *workflow.Invitation) { i.State = state }
}

// towns are two of one pôle and two of another, and a cooperative beside them.
func (w *world) towns() {
	w.must(func(tx workflow.Tx) error { return tx.AddPole(w.ctx, Pole("est")) })
	w.town("a", "rive", "58227", noon, in(workflow.StateSigned))
	w.town("b", "rive", "58033", noon.Add(time.Hour), in(workflow.StateRevoked))
	w.town("c", "est", "42060", noon.Add(2*time.Hour), func(i *workflow.Invitation) { i.ExpiresAt = noon.Add(3 * time.Hour) })
	w.town("d", "est", "58227", noon.Add(3*time.Hour), in(workflow.StateSent))
	w.invite("coop", workflow.StateSent)
}

func surveyCounts(t *testing.T, w *world) {
	w.towns()
	at := noon.Add(3 * time.Hour)
	moments := []time.Time{noon.Add(-72 * time.Hour), noon, noon.Add(time.Hour), at.Add(time.Millisecond)}
	ask := func(q workflow.InvitationQuestions) workflow.InvitationSurvey {
		q.At, q.Moments = at, moments
		s := read[workflow.InvitationSurvey](t)(w.SurveyInvitations(w.ctx, q))
		s.Lists = nil
		return s
	}
	rive := map[workflow.State]int{workflow.StateSigned: 1, workflow.StateRevoked: 1, workflow.StateSent: 1}
	est := map[workflow.State]int{workflow.StateExpired: 1, workflow.StateSent: 1}
	wantEqual(t, ask(workflow.InvitationQuestions{}), workflow.InvitationSurvey{Before: []int{0, 1, 2, 5},
		Counts: map[string]map[workflow.State]int{"rive": rive, "est": est}, Municipalities: []string{"42060", "58227"}})
	onlyRive := workflow.InvitationSurvey{Before: []int{0, 1, 2, 3}, Counts: map[string]map[workflow.State]int{"rive": rive}, Municipalities: []string{"58227"}}
	wantEqual(t, ask(workflow.InvitationQuestions{Pole: "rive"}), onlyRive)
	wantEqual(t, ask(workflow.InvitationQuestions{Poles: []string{"rive"}}), onlyRive)
	nothing := workflow.InvitationSurvey{Before: []int{0, 0, 0, 0}, Counts: map[string]map[workflow.State]int{}}
	wantEqual(t, ask(workflow.InvitationQuestions{Poles: []string{"rive"}, Pole: "est"}), nothing)
	wantEqual(t, ask(workflow.InvitationQuestions{Poles: []string{}}), nothing)
}

// surveyLists: each list is the page that Invitations would give, of the pôles
// of the question and of no other.
func surveyLists(t *testing.T, w *world) {
	w.towns()
	q := workflow.InvitationQuestions{Poles: []string{"est"}, At: noon.Add(3 * time.Hour), Lists: []workflow.InvitationFilter{
		{Limit: 1}, {State: workflow.StateSent}, {State: workflow.StateSigned}, {Poles: []string{"rive"}, Sort: workflow.SortName}}}
	s := read[workflow.InvitationSurvey](t)(w.SurveyInvitations(w.ctx, q))
	want := [][]string{{"d"}, {"d"}, nil, {"c", "d"}}
	for i, list := range s.Lists {
		wantEqual(t, idsOf(list.Invitations), want[i])
		views, total, err := w.Invitations(w.ctx, q.Narrow(q.Lists[i]))
		if err != nil {
			t.Fatal(err)
		}
		wantEqual(t, list, workflow.InvitationList{Invitations: views, Total: total})
	}
}

func idsOf(views []workflow.InvitationView) (ids []string) {
	for _, v := range views {
		ids = append(ids, v.ID)
	}
	return ids
}

// needsAHand: the filters behind what staff have to do today.
func needsAHand(t *testing.T, w *world) {
	met := func(day string, state workflow.State) func(*workflow.Invitation) {
		return func(i *workflow.Invitation) { i.State, i.MeetingOn = state, day }
	}
	w.town("yesterday", "rive", "1", noon, met("2026-11-21", workflow.StateAwaitingResolution))
	w.town("today", "rive", "2", noon, met("2026-11-22", workflow.StateAwaitingResolution))
	w.town("adopted", "rive", "3", noon, met("2026-11-21", workflow.StateReady))
	w.town("never", "rive", "4", noon, met("", workflow.StateAwaitingResolution))
	w.town("over", "rive", "5", noon, func(i *workflow.Invitation) {
		met("2026-11-21", workflow.StateAwaitingResolution)(i)
		i.ExpiresAt = noon
	})
	ids, total := w.listed(workflow.InvitationFilter{MetBefore: "2026-11-22", At: noon})
	wantEqual(t, ids, []string{"yesterday"})
	wantEqual(t, total, 1)
	silent := func(i *workflow.Invitation) { i.State, i.RemindAt = workflow.StateSent, time.Time{} }
	w.town("silent", "rive", "6", noon, silent)
	ids, _ = w.listed(workflow.InvitationFilter{RemindedBefore: noon, Unplanned: true})
	wantEqual(t, ids, []string{"silent"})
}

// remindersInList: reminders moved for many at once are in the next list, and
// an invitation that changes pôle too.
func remindersInList(t *testing.T, w *world) {
	w.towns()
	unplanned := workflow.InvitationFilter{Unplanned: true, Sort: workflow.SortName}
	_, total := w.listed(unplanned)
	wantEqual(t, total, 0)
	w.must(func(tx workflow.Tx) error {
		return tx.MoveReminders(w.ctx, workflow.ReminderScope{Pole: "est"}, time.Time{})
	})
	ids, _ := w.listed(unplanned)
	wantEqual(t, ids, []string{"c", "d"})
	was := read[workflow.Invitation](t)(w.Invitation(w.ctx, "d"))
	now := was
	now.PoleSlug = "rive"
	w.must(func(tx workflow.Tx) error { return tx.MoveInvitation(w.ctx, was, now) })
	for pole, want := range map[string][]string{"est": {"c"}, "rive": {"d"}} {
		unplanned.Pole = pole
		ids, _ = w.listed(unplanned)
		wantEqual(t, ids, want)
	}
}

func liveMunicipalities(t *testing.T, w *world) {
	w.must(func(tx workflow.Tx) error { return tx.AddPole(w.ctx, Pole("est")) })
	of := func(id, code string, change func(*workflow.Commitment)) {
		c := Commitment(id, "Ville "+id)
		c.Organisation.MunicipalityCode = code
		change(&c)
		w.publish(c)
	}
	of("a", "1", func(*workflow.Commitment) {})
	of("b", "2", func(c *workflow.Commitment) { c.Status = workflow.CommitmentRenewed })
	of("c", "3", func(c *workflow.Commitment) { c.PoleSlug, c.PublishedAt = "est", noon.Add(time.Millisecond) })
	of("d", "4", func(c *workflow.Commitment) { c.Status = workflow.CommitmentWithdrawn })
	of("e", "5", func(c *workflow.Commitment) { c.Status = workflow.CommitmentSuperseded })
	of("h", "7", func(c *workflow.Commitment) { c.Status = workflow.CommitmentSuperseded })
	of("i", "7", func(c *workflow.Commitment) { c.Replaces, c.PublishedAt = "h", noon.Add(time.Millisecond) })
	of("f", "6", func(c *workflow.Commitment) { c.Organisation.Kind = workflow.KindCooperative })
	of("g", "", func(*workflow.Commitment) {})
	ask := func(r workflow.Reader, now time.Time) []workflow.LiveMunicipality {
		return read[[]workflow.LiveMunicipality](t)(r.LiveMunicipalities(w.ctx, now))
	}
	want := []workflow.LiveMunicipality{{Code: "1", Pole: "rive", Public: true}, {Code: "2", Pole: "rive", Public: true}, {Code: "3", Pole: "est"},
		{Code: "7", Pole: "rive", Public: true}, {Code: "7", Pole: "rive"}}
	wantEqual(t, ask(w, noon), want)
	w.must(func(tx workflow.Tx) error {
		wantEqual(t, ask(tx, noon), want)
		return nil
	})
	want = append(want[:3], workflow.LiveMunicipality{Code: "7", Pole: "rive", Public: true}) // the one that replaces
	want[2].Public = true
	wantEqual(t, ask(w, noon.Add(time.Millisecond)), want)
}

func signedBefore(t *testing.T, w *world) {
	w.must(func(tx workflow.Tx) error { return tx.AddPole(w.ctx, Pole("est")) })
	for id, day := range map[string]string{"a": "2019-06-21", "b": "2026-11-16", "c": "2026-11-22", "d": "2026-11-23", "e": ""} {
		c := Commitment(id, "Ville "+id)
		c.SignedOn = day
		w.publish(c)
	}
	other := Commitment("f", "Ville f")
	other.PoleSlug = "est"
	w.publish(other)
	days := []string{"2026-11-16", "2026-11-23", "2026-11-30"}
	for pole, want := range map[string][]int{"rive": {2, 4, 5}, "est": {0, 1, 1}, "nord": {0, 0, 0}} {
		wantEqual(t, read[[]int](t)(w.SignedBefore(w.ctx, pole, days)), want)
	}
}
