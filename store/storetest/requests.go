package storetest

import (
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/journal"
	"jachete/workflow/territory"
)

// Request is an open request to the pôle "rive", with every field of one set.
func Request(id string, asked time.Time) workflow.InvitationRequest {
	return workflow.InvitationRequest{ID: id, PoleSlug: "rive", Organisation: "Coopérative Gabarit", Kind: workflow.KindCooperative,
		Place:    territory.Place{RegionCode: "16", MRCCode: "580", MunicipalityCode: "58227"},
		Likeness: "likeness-" + id, Contact: workflow.Contact{Name: "Camille Exemple", Function: "Achats", Email: "c.exemple@example.org"},
		Message: "Bonjour,\nà bientôt.", Language: workflow.English, AskedAt: asked}
}

// closed gives a request its end.
func closed(r workflow.InvitationRequest, outcome workflow.RequestOutcome, at time.Time) workflow.InvitationRequest {
	r.Outcome, r.ClosedAt, r.ClosedBy, r.InvitationID = outcome, at, "staff", "inv"
	return r
}

func (w *world) request(list ...workflow.InvitationRequest) {
	w.t.Helper()
	w.must(func(tx workflow.Tx) error {
		for _, r := range list {
			if err := tx.AddInvitationRequest(w.ctx, r); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *world) closeRequest(r workflow.InvitationRequest) {
	w.t.Helper()
	w.must(func(tx workflow.Tx) error { return tx.CloseInvitationRequest(w.ctx, r) })
}

// requests are answered once; the same organisation asks from the same mailbox
// once at a time.
func requests(t *testing.T, w *world) {
	r := Request("a", noon)
	w.request(r)
	wantEqual(t, read[workflow.InvitationRequest](t)(w.InvitationRequest(w.ctx, "a")), r)
	wantEqual(t, read[workflow.InvitationRequest](t)(w.OpenInvitationRequest(w.ctx, r.Contact.Email, r.Likeness)), r)
	for _, none := range [][2]string{{"autre@example.org", r.Likeness}, {r.Contact.Email, "autre"}, {"", ""}} {
		_, err := w.OpenInvitationRequest(w.ctx, none[0], none[1])
		wantError(t, err, workflow.NotFound, "record.not-found")
	}
	again := Request("b", noon)
	again.Likeness = r.Likeness
	w.refused(workflow.Conflict, workflow.KeyRequestExists, func(tx workflow.Tx) error { return tx.AddInvitationRequest(w.ctx, again) })
	done := closed(r, workflow.RequestInvited, noon.Add(time.Hour))
	w.closeRequest(done)
	wantEqual(t, read[workflow.InvitationRequest](t)(w.InvitationRequest(w.ctx, "a")), done)
	w.refused(workflow.Conflict, workflow.KeyRequestClosed, func(tx workflow.Tx) error { return tx.CloseInvitationRequest(w.ctx, done) })
	w.refused(workflow.Conflict, workflow.KeyRequestClosed, func(tx workflow.Tx) error {
		return tx.CloseInvitationRequest(w.ctx, closed(again, workflow.RequestOther, noon))
	})
	w.request(again) // the first one is answered
}

func requestLists(t *testing.T, w *world) {
	w.must(func(tx workflow.Tx) error { return tx.AddPole(w.ctx, Pole("autre")) })
	other := Request("f", noon)
	other.PoleSlug = "autre"
	w.request(Request("a", noon), Request("b", noon.Add(-time.Hour)), Request("c", noon.Add(-3*time.Hour)), Request("d", noon.Add(-2*time.Hour)), other)
	w.closeRequest(closed(Request("c", noon), workflow.RequestOther, noon.Add(time.Hour)))
	w.closeRequest(closed(Request("d", noon), workflow.RequestOther, noon.Add(2*time.Hour)))
	for name, c := range map[string]struct {
		f     workflow.InvitationRequestFilter
		want  []string
		total int
	}{
		"all":      {workflow.InvitationRequestFilter{}, []string{"b", "a", "f", "d", "c"}, 5},
		"of one":   {workflow.InvitationRequestFilter{Poles: []string{"rive"}}, []string{"b", "a", "d", "c"}, 4},
		"of none":  {workflow.InvitationRequestFilter{Poles: []string{}}, nil, 0},
		"open":     {workflow.InvitationRequestFilter{Poles: []string{"rive"}, Open: true}, []string{"b", "a"}, 2},
		"old":      {workflow.InvitationRequestFilter{Open: true, AskedBefore: noon}, []string{"b"}, 1},
		"one page": {workflow.InvitationRequestFilter{Limit: 2, Offset: 1}, []string{"a", "f"}, 5},
		"past it":  {workflow.InvitationRequestFilter{Limit: 2, Offset: 6}, nil, 5},
	} {
		list, total, err := w.InvitationRequests(w.ctx, c.f)
		var ids []string
		for _, r := range list {
			ids = append(ids, r.ID)
		}
		if err != nil || total != c.total {
			t.Errorf("%s: %d in all, %v", name, total, err)
		}
		wantEqual(t, ids, c.want)
	}
}

// requestsForgotten: who asked is known for some time after the end, and not at
// all once they took it back or nobody answered; the journal forgets too, and
// stays whole.
func requestsForgotten(t *testing.T, w *world) {
	stays := map[string]bool{"open": true, "late": true, "over": false, "withdrawn": false, "lapsed": false}
	now := noon.Add(workflow.RequestMemory)
	for id := range stays {
		w.request(Request(id, noon.Add(-300*24*time.Hour)))
		w.must(func(tx workflow.Tx) error {
			tx.Record(journal.Event{Type: "request.asked", At: noon, Record: "request:" + id, Personal: map[string]string{"email": "c.exemple@example.org"}})
			return nil
		})
	}
	for id, end := range map[string]workflow.InvitationRequest{
		"late": closed(Request("late", noon), workflow.RequestInvited, noon.Add(time.Second)), "over": closed(Request("over", noon), workflow.RequestInvited, noon),
		"withdrawn": closed(Request("withdrawn", noon), workflow.RequestWithdrawn, now), "lapsed": closed(Request("lapsed", noon), workflow.RequestLapsed, now),
	} {
		end.ID = id
		w.closeRequest(end)
	}
	w.must(func(tx workflow.Tx) error { return tx.Purge(w.ctx, now) })
	for id, known := range stays {
		r := read[workflow.InvitationRequest](t)(w.InvitationRequest(w.ctx, id))
		if r.Forgotten() == known || (r.Message == "") == known || (r.Contact == workflow.Contact{}) == known || r.Organisation == "" {
			t.Errorf("%s: %+v", id, r)
		}
		entries := read[[]journal.Entry](t)(w.JournalOf(w.ctx, "request:"+id))
		if len(entries) != 1 || (len(entries[0].Openings) == 1) != known {
			t.Errorf("%s: the journal has %+v", id, entries)
		}
	}
}
