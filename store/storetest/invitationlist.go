package storetest

import (
	"fmt"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/journal"
)

// listSamples adds invitations a to d, each another in what lists tell apart.
func (w *world) listSamples() {
	names := map[string]string{"a": "Ville de Zed-Exemple", "b": "Église de l’Essai", "c": "Eglise de l’Essai", "d": "Coopérative Saint-Gabarit"}
	w.must(func(tx workflow.Tx) error {
		for k, id := range []string{"a", "b", "c", "d"} {
			if err := tx.AddOrganisation(w.ctx, Organisation("org-"+id, names[id])); err != nil {
				return err
			}
			i := Invitation(id)
			i.OrganisationID, i.Campaign = "org-"+id, []string{"", "automne"}[k%2]
			i.CreatedAt = noon.Add(time.Duration(k) * time.Hour)
			i.ExpiresAt = noon.Add(time.Duration(10-k) * 24 * time.Hour)
			i.State = []workflow.State{workflow.StateSent, workflow.StateReady, workflow.StateSigned, workflow.StateUndelivered}[k]
			i.Contact.Name, i.Contact.Email = "Dominique", "x"+id+".exemple@ville-"+id+"x.example.org"
			if err := tx.AddInvitation(w.ctx, i); err != nil {
				return err
			}
		}
		return nil
	})
}

func invitationFilters(t *testing.T, w *world) {
	w.listSamples()
	day := 24 * time.Hour
	for name, c := range map[string]struct {
		filter workflow.InvitationFilter
		ids    []string
	}{
		"campaign":                 {workflow.InvitationFilter{Campaign: "automne"}, []string{"d", "b"}},
		"campaign of another pôle": {workflow.InvitationFilter{Campaign: "automne", Pole: "autre"}, nil},
		"from":                     {workflow.InvitationFilter{CreatedFrom: noon.Add(2 * time.Hour)}, []string{"d", "c"}},
		"before":                   {workflow.InvitationFilter{CreatedBefore: noon.Add(2 * time.Hour)}, []string{"b", "a"}},
		"ending":                   {workflow.InvitationFilter{EndingBefore: noon.Add(9*day + time.Millisecond)}, []string{"d", "b"}}, // c is signed
		"ending and past":          {workflow.InvitationFilter{EndingBefore: noon.Add(10 * day), At: noon.Add(8 * day)}, []string{"b"}},
		"sent at a time":           {workflow.InvitationFilter{State: workflow.StateSent, At: noon.Add(9 * day)}, []string{"a"}},
		"sent past its term":       {workflow.InvitationFilter{State: workflow.StateSent, At: noon.Add(10 * day)}, nil},
		"expired by then":          {workflow.InvitationFilter{State: workflow.StateExpired, At: noon.Add(10 * day)}, []string{"d", "b", "a"}},
		"states":                   {workflow.InvitationFilter{States: []workflow.State{workflow.StateSent, workflow.StateSigned}}, []string{"c", "a"}},
		"no states":                {workflow.InvitationFilter{States: []workflow.State{}}, nil},
		"state of nobody":          {workflow.InvitationFilter{State: "sleeping"}, nil},
		"part of an address":       {workflow.InvitationFilter{Query: "xb.exemple@ville"}, []string{"b"}},
		"accents and apostrophes":  {workflow.InvitationFilter{Query: "l'ÉGLISE"}, []string{"c", "b"}},
		"St for Saint":             {workflow.InvitationFilter{Query: "St-Gabarit"}, []string{"d"}},
		"organisation and person":  {workflow.InvitationFilter{Query: "eglise dominique x"}, []string{"c", "b"}},
		"all at once": {workflow.InvitationFilter{Query: "dominique", Campaign: "automne", State: workflow.StateReady,
			CreatedFrom: noon, Poles: []string{"rive"}}, []string{"b"}},
	} {
		t.Run(name, func(t *testing.T) {
			ids, total := w.listed(c.filter)
			wantEqual(t, ids, c.ids)
			wantEqual(t, total, len(c.ids))
		})
	}
}

func invitationOrders(t *testing.T, w *world) {
	w.listSamples()
	w.must(func(tx workflow.Tx) error {
		tx.Record(journal.Event{Type: "test", At: noon.Add(5 * time.Hour), Record: "b"})
		return nil
	})
	for sort, want := range map[workflow.InvitationSort][2][]string{
		workflow.SortNewest:   {{"d", "c", "b", "a"}, {"a", "b", "c", "d"}},
		workflow.SortName:     {{"d", "c", "b", "a"}, {"a", "b", "c", "d"}}, // without the accent first
		workflow.SortDeadline: {{"d", "b", "a", "c"}, {"a", "b", "d", "c"}}, // c is signed
		workflow.SortActivity: {{"b", "d", "c", "a"}, {"a", "c", "d", "b"}},
	} {
		for reverse, ids := range want {
			got, _ := w.listed(workflow.InvitationFilter{Sort: sort, Reverse: reverse == 1})
			if t.Run(fmt.Sprint(sort, reverse), func(t *testing.T) { wantEqual(t, got, ids) }); t.Failed() {
				return
			}
		}
	}
	got, total := w.listed(workflow.InvitationFilter{Sort: workflow.SortDeadline, Limit: 2, Offset: 2})
	wantEqual(t, got, []string{"a", "c"})
	wantEqual(t, total, 4)
}

// invitationListInTransaction: a transaction lists what it has written itself,
// and nobody else does before it ends.
func invitationListInTransaction(t *testing.T, w *world) {
	w.listSamples()
	fail := fmt.Errorf("undone")
	err := w.Update(w.ctx, func(tx workflow.Tx) error {
		was := read[workflow.Invitation](t)(tx.Invitation(w.ctx, "a"))
		now := was
		now.State = workflow.StateRevoked
		if err := tx.MoveInvitation(w.ctx, was, now); err != nil {
			return err
		}
		views, total, err := tx.Invitations(w.ctx, workflow.InvitationFilter{State: workflow.StateRevoked})
		if err != nil || total != 1 || views[0].ID != "a" {
			t.Errorf("%d, %v", total, err)
		}
		_, total, err = tx.Invitations(w.ctx, workflow.InvitationFilter{Pole: "rive", Organisation: "org-b"})
		if err != nil || total != 1 {
			t.Errorf("%d of one organisation, %v", total, err)
		}
		return fail
	})
	if err != fail {
		t.Fatal(err)
	}
	_, total := w.listed(workflow.InvitationFilter{State: workflow.StateRevoked})
	wantEqual(t, total, 0)
}

// invitationListFollows: each change is in the next list, whatever it changed.
func invitationListFollows(t *testing.T, w *world) {
	w.listSamples()
	w.listed(workflow.InvitationFilter{}) // what is kept in memory from here on has to follow
	was := read[workflow.Invitation](t)(w.Invitation(w.ctx, "a"))
	now := was
	now.State, now.ExpiresAt, now.Campaign = workflow.StateQueued, noon.Add(time.Hour), "hiver"
	now.Contact.Email = "nouvelle@example.org"
	w.must(func(tx workflow.Tx) error { return tx.MoveInvitation(w.ctx, was, now) })
	for query, want := range map[string][]string{"nouvelle": {"a"}, "zed": {"a"}, "ax": nil, "dominique": {"d", "c", "b", "a"}} {
		ids, _ := w.listed(workflow.InvitationFilter{Query: query})
		wantEqual(t, ids, want)
	}
	for _, f := range []workflow.InvitationFilter{{State: workflow.StateQueued}, {Campaign: "hiver"}, {EndingBefore: noon.Add(2 * time.Hour)}} {
		ids, total := w.listed(f)
		wantEqual(t, ids, []string{"a"})
		wantEqual(t, total, 1)
	}
	ids, total := w.listed(workflow.InvitationFilter{Sort: workflow.SortDeadline})
	wantEqual(t, ids, []string{"a", "d", "b", "c"})
	wantEqual(t, total, 4)
	wantEqual(t, read[map[workflow.State]int](t)(w.CountInvitations(w.ctx, workflow.InvitationFilter{}, noon)),
		map[workflow.State]int{workflow.StateQueued: 1, workflow.StateReady: 1, workflow.StateSigned: 1, workflow.StateUndelivered: 1})
}

// invitationListAtOnce: many rows that change at once are listed as if they had
// changed one by one.
func invitationListAtOnce(t *testing.T, w *world) {
	const many = 150
	w.inviteMany(many)
	_, total := w.listed(workflow.InvitationFilter{})
	wantEqual(t, total, many)
	w.must(func(tx workflow.Tx) error {
		for k := range many {
			was := read[workflow.Invitation](t)(tx.Invitation(w.ctx, fmt.Sprintf("inv-%d", k)))
			now := was
			now.State, now.ExpiresAt = workflow.StateSent, noon.Add(time.Duration(many-k)*time.Hour)
			now.Contact.Name = fmt.Sprintf("Numéro x%dx", k)
			if err := tx.MoveInvitation(w.ctx, was, now); err != nil {
				return err
			}
		}
		return nil
	})
	ids, total := w.listed(workflow.InvitationFilter{Sort: workflow.SortDeadline, State: workflow.StateSent, Limit: 2})
	wantEqual(t, ids, []string{"inv-149", "inv-148"})
	wantEqual(t, total, many) // a third were signed before
	ids, _ = w.listed(workflow.InvitationFilter{Limit: 2})
	wantEqual(t, ids, []string{"inv-149", "inv-148"})
	ids, _ = w.listed(workflow.InvitationFilter{Query: "x77x"})
	wantEqual(t, ids, []string{"inv-77"})
	for reverse, want := range map[bool][]string{false: {"inv-149", "inv-148"}, true: {"inv-148", "inv-149"}} { // few among many
		ids, _ = w.listed(workflow.InvitationFilter{EndingBefore: noon.Add(150 * time.Minute), Sort: workflow.SortDeadline, Reverse: reverse})
		wantEqual(t, ids, want)
	}
	_, total = w.listed(workflow.InvitationFilter{Query: "camille"})
	wantEqual(t, total, 0)
}

// invitationActivity: the journal says when something last happened.
func invitationActivity(t *testing.T, w *world) {
	w.listSamples()
	active := func() time.Time { return read[workflow.InvitationView](t)(w.InvitationView(w.ctx, "a")).ActiveAt }
	record := func(at time.Time, records ...string) {
		w.must(func(tx workflow.Tx) error {
			for _, r := range records {
				tx.Record(journal.Event{Type: "test", At: at, Record: r})
			}
			return nil
		})
	}
	wantEqual(t, active(), noon)
	record(noon.Add(2*time.Hour), "b", "staff:x", "a")
	wantEqual(t, active(), noon.Add(2*time.Hour))
	record(noon.Add(time.Hour), "a") // another instance's clock
	wantEqual(t, active(), noon.Add(2*time.Hour))
	version := read[workflow.Invitation](t)(w.Invitation(w.ctx, "a")).Version
	wantEqual(t, version, 1) // no form under way is refused for it
}
