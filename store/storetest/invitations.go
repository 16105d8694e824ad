package storetest

import (
	"fmt"
	"testing"
	"time"

	"jachete/workflow"
)

func invitations(t *testing.T, w *world) {
	i := w.invite("inv", workflow.StateReady)
	wantEqual(t, read[workflow.Invitation](t)(w.Invitation(w.ctx, "inv")), i)
	v := read[workflow.InvitationView](t)(w.InvitationView(w.ctx, "inv"))
	wantEqual(t, v, workflow.InvitationView{Invitation: i, Pole: Pole("rive"), ActiveAt: i.CreatedAt,
		Organisation: Organisation("org", "Ville de Rivière-Exemple")})

	last := Delivery("d2", "inv")
	last.CreatedAt = noon.Add(time.Minute)
	w.must(func(tx workflow.Tx) error {
		if err := tx.AddDelivery(w.ctx, last); err != nil {
			return err
		}
		if err := tx.AddDelivery(w.ctx, Delivery("d9", "inv")); err != nil {
			return err
		}
		if err := tx.AddSignature(w.ctx, Signature("s", "inv")); err != nil {
			return err
		}
		return tx.AddCertificate(w.ctx, Certificate("ESJ-1", "s"))
	})
	v = read[workflow.InvitationView](t)(w.InvitationView(w.ctx, "inv"))
	wantEqual(t, v.LastDelivery, last)
	wantEqual(t, v.Number, "ESJ-1")
}

// everyState holds the lists of the schema to those of the domain.
func everyState(t *testing.T, w *world) {
	for _, s := range workflow.States {
		w.invite("inv-"+string(s), s)
	}
	bad := Invitation("bad")
	bad.State = "perdue"
	if err := w.Update(w.ctx, func(tx workflow.Tx) error { return tx.AddInvitation(w.ctx, bad) }); err == nil {
		t.Error("an unknown state was stored")
	}
	_, total, err := w.Invitations(w.ctx, workflow.InvitationFilter{})
	wantEqual(t, []any{total, err}, []any{len(workflow.States), nil})
}

func moveIsConditional(t *testing.T, w *world) {
	was := w.invite("inv", workflow.StateReady)
	move := func(was workflow.Invitation, to workflow.State) func(workflow.Tx) error {
		return func(tx workflow.Tx) error {
			i := was
			i.State, i.Message, i.ConsultedAt = to, "autre", noon
			return tx.MoveInvitation(w.ctx, was, i)
		}
	}
	w.must(move(was, workflow.StateConsulted))
	now := read[workflow.Invitation](t)(w.Invitation(w.ctx, "inv"))
	want := was
	want.State, want.Message, want.ConsultedAt, want.Version = workflow.StateConsulted, "autre", noon, 2
	wantEqual(t, now, want)

	w.refused(workflow.Conflict, workflow.KeyMoved, move(was, workflow.StateSigned)) // both have moved
	stale, other := now, now
	stale.Version = 1 // same state, older version
	w.refused(workflow.Conflict, workflow.KeyMoved, move(stale, workflow.StateSigned))
	other.State = workflow.StateReady // same version, other state
	w.refused(workflow.Conflict, workflow.KeyMoved, move(other, workflow.StateSigned))
	w.refused(workflow.Conflict, workflow.KeyMoved, move(Invitation("nulle"), workflow.StateSigned))
	wantEqual(t, read[workflow.Invitation](t)(w.Invitation(w.ctx, "inv")), want)
}

// triesOutliveMoves: a move made from an old reading must not give back tries.
func triesOutliveMoves(t *testing.T, w *world) {
	was := w.invite("inv", workflow.StateReady)
	w.must(func(tx workflow.Tx) error { _, err := tx.CountCodeTry(w.ctx, "inv", 10); return err })
	next := was
	next.Message = "autre"
	w.must(func(tx workflow.Tx) error { return tx.MoveInvitation(w.ctx, was, next) })
	now := read[workflow.Invitation](t)(w.Invitation(w.ctx, "inv"))
	wantEqual(t, now.CodeTries, 1)
	resent := now
	resent.Issue, resent.CodeTries = 2, 0
	w.must(func(tx workflow.Tx) error { return tx.MoveInvitation(w.ctx, now, resent) })
	wantEqual(t, read[workflow.Invitation](t)(w.Invitation(w.ctx, "inv")).CodeTries, 0)
}

// inviteMany adds invitations inv-0 … of two pôles, one minute apart.
func (w *world) inviteMany(n int) {
	w.must(func(tx workflow.Tx) error {
		if err := tx.AddPole(w.ctx, Pole("autre")); err != nil {
			return err
		}
		for k := range n {
			i := Invitation(fmt.Sprintf("inv-%d", k))
			i.CreatedAt = noon.Add(time.Duration(k) * time.Minute)
			i.PoleSlug = []string{"rive", "autre"}[k%2]
			i.State = []workflow.State{workflow.StateSent, workflow.StateSent, workflow.StateSigned}[k%3]
			if err := tx.AddInvitation(w.ctx, i); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *world) listed(f workflow.InvitationFilter) (ids []string, total int) {
	w.t.Helper()
	views, total, err := w.Invitations(w.ctx, f)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, v := range views {
		ids = append(ids, v.ID)
	}
	return ids, total
}

func invitationList(t *testing.T, w *world) {
	w.inviteMany(6)
	for name, c := range map[string]struct {
		filter workflow.InvitationFilter
		ids    []string
		total  int
	}{
		"newest first":      {workflow.InvitationFilter{}, []string{"inv-5", "inv-4", "inv-3", "inv-2", "inv-1", "inv-0"}, 6},
		"page":              {workflow.InvitationFilter{Limit: 2, Offset: 1}, []string{"inv-4", "inv-3"}, 6},
		"past the end":      {workflow.InvitationFilter{Limit: 2, Offset: 9}, nil, 6},
		"pôle":              {workflow.InvitationFilter{Pole: "autre"}, []string{"inv-5", "inv-3", "inv-1"}, 3},
		"scope":             {workflow.InvitationFilter{Poles: []string{"rive", "nulle"}}, []string{"inv-4", "inv-2", "inv-0"}, 3},
		"pôle out of scope": {workflow.InvitationFilter{Poles: []string{"rive"}, Pole: "autre"}, nil, 0},
		"empty scope":       {workflow.InvitationFilter{Poles: []string{}}, nil, 0},
		"state":             {workflow.InvitationFilter{State: workflow.StateSigned}, []string{"inv-5", "inv-2"}, 2},
		"organisation":      {workflow.InvitationFilter{Organisation: "org", Limit: 1}, []string{"inv-5"}, 6},
		"no organisation":   {workflow.InvitationFilter{Organisation: "nulle"}, nil, 0},
		"no text":           {workflow.InvitationFilter{State: "\x00\xff"}, nil, 0},
	} {
		ids, total := w.listed(c.filter)
		if t.Run(name, func(t *testing.T) {
			wantEqual(t, ids, c.ids)
			wantEqual(t, total, c.total)
		}); t.Failed() {
			return
		}
	}
}

func invitationSearch(t *testing.T, w *world) {
	w.inviteMany(2)
	for query, total := range map[string]int{
		"riviere": 2, "EXEMPLE ville": 2, "camille rivière": 2, "c.exemple@example.org": 2, "": 2, "  ": 2,
		"absent": 0, "rivière absent": 0, "%": 0, "_": 0, "riv%": 2, `\`: 0, "'": 0,
	} {
		if _, got := w.listed(workflow.InvitationFilter{Query: query}); got != total {
			t.Errorf("%q finds %d, want %d", query, got, total)
		}
	}
}

func invitationCounts(t *testing.T, w *world) {
	w.inviteMany(6)
	count := func(f workflow.InvitationFilter, now time.Time) map[workflow.State]int {
		return read[map[workflow.State]int](t)(w.CountInvitations(w.ctx, f, now))
	}
	wantEqual(t, count(workflow.InvitationFilter{}, noon), map[workflow.State]int{workflow.StateSent: 4, workflow.StateSigned: 2})
	wantEqual(t, count(workflow.InvitationFilter{Poles: []string{"rive"}}, noon), map[workflow.State]int{workflow.StateSent: 2, workflow.StateSigned: 1})
	wantEqual(t, count(workflow.InvitationFilter{}, Invitation("").ExpiresAt),
		map[workflow.State]int{workflow.StateExpired: 4, workflow.StateSigned: 2})
}

func expiredInvitations(t *testing.T, w *world) {
	for k, s := range workflow.States {
		i := Invitation(fmt.Sprintf("inv-%s", s))
		i.State, i.ExpiresAt = s, noon.Add(time.Duration(k)*time.Second)
		w.must(func(tx workflow.Tx) error { return tx.AddInvitation(w.ctx, i) })
	}
	want := []string{"inv-prepared", "inv-queued", "inv-sent", "inv-undelivered", "inv-consulted", "inv-awaiting-resolution", "inv-ready"}
	late := noon.Add(time.Hour)
	wantEqual(t, read[[]string](t)(w.ExpiredInvitations(w.ctx, late, 100)), want)
	wantEqual(t, read[[]string](t)(w.ExpiredInvitations(w.ctx, late, 2)), want[:2])
	wantEqual(t, read[[]string](t)(w.ExpiredInvitations(w.ctx, noon.Add(time.Second), 100)), want[:2])
	wantEqual(t, read[[]string](t)(w.ExpiredInvitations(w.ctx, noon.Add(-time.Millisecond), 100)), []string(nil))
}
