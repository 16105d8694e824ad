package storetest

import (
	"slices"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/journal"
)

// ended adds an invitation that ended then.
func (w *world) ended(id string, state workflow.State, at time.Time, change ...func(*workflow.Invitation)) workflow.Invitation {
	w.t.Helper()
	i := Invitation(id)
	i.State, i.EndedAt, i.TransferredTo = state, at, ""
	for _, f := range change {
		f(&i)
	}
	w.must(func(tx workflow.Tx) error { return tx.AddInvitation(w.ctx, i) })
	return i
}

// forgettable are those that ended unsigned by then and have somebody; one that
// leads to an open one waits, however long the way.
func forgettable(t *testing.T, w *world) {
	to := func(id string) func(*workflow.Invitation) {
		return func(i *workflow.Invitation) { i.TransferredTo = id }
	}
	w.ended("b-on-time", workflow.StateDeclined, noon)
	w.ended("a-earlier", workflow.StateRevoked, noon.Add(-time.Hour))
	w.ended("c-late", workflow.StateExpired, noon.Add(time.Millisecond))
	w.ended("d-open", workflow.StateReady, time.Time{})
	w.ended("e-signed", workflow.StateSigned, time.Time{})
	w.ended("f-nobody", workflow.StateExpired, noon, func(i *workflow.Invitation) { i.Contact = workflow.Contact{} })
	w.ended("g-first", workflow.StateTransferred, noon, to("h-second"))
	w.ended("h-second", workflow.StateTransferred, noon, to("d-open"))
	w.ended("i-first", workflow.StateTransferred, noon, to("j-second"))
	w.ended("j-second", workflow.StateTransferred, noon, to("e-signed"))
	wantEqual(t, read[[]string](t)(w.ForgettableInvitations(w.ctx, noon, 10)), []string{"a-earlier", "b-on-time", "i-first", "j-second"})
	wantEqual(t, read[[]string](t)(w.ForgettableInvitations(w.ctx, noon, 1)), []string{"a-earlier"})
	w.must(func(tx workflow.Tx) error {
		was := read[workflow.Invitation](t)(tx.Invitation(w.ctx, "a-earlier"))
		again := was
		again.State, again.EndedAt = workflow.StateQueued, time.Time{}
		return tx.MoveInvitation(w.ctx, was, again)
	})
	wantEqual(t, read[[]string](t)(w.ForgettableInvitations(w.ctx, noon, 1)), []string{"b-on-time"})
}

// forgetsInvitation: what hangs on it goes, of the mails all but that they went;
// what hangs on another stays.
func forgetsInvitation(t *testing.T, w *world) {
	for _, id := range []string{"inv", "other"} {
		w.ended(id, workflow.StateRevoked, noon)
		sent, waits := Delivery("sent-"+id, id), Delivery("waits-"+id, id)
		sent.State, sent.FinishedAt, sent.Answer, sent.Key = workflow.DeliverySent, noon, "250 OK", "k:"+id+":"+sent.Recipient
		w.must(func(tx workflow.Tx) error {
			return firstOf(tx.AddDeliveries(w.ctx, []workflow.Delivery{sent, waits}),
				tx.SetSeat(w.ctx, workflow.SeatRecord{InvitationID: id, Seat: workflow.SeatFirst, Act: workflow.Act{Consent: "Oui", SignedAt: noon}}),
				tx.AddExtract(w.ctx, workflow.Extract{InvitationID: id, SHA256: workflow.TextSHA256("x"), Name: "x.pdf", Content: []byte("x")}),
				tx.AddCorrection(w.ctx, workflow.Correction{ID: "c-" + id, InvitationID: id, Field: workflow.CorrectionField("name"), Wanted: "Camille", AskedAt: noon}))
		})
	}
	w.must(func(tx workflow.Tx) error {
		claimed := read[[]workflow.Delivery](t)(tx.ClaimDeliveries(w.ctx, noon, noon.Add(time.Minute), "lease", 10))
		if len(claimed) != 2 {
			t.Errorf("claimed %v", claimed)
		}
		return tx.ForgetInvitation(w.ctx, "inv", noon.Add(time.Hour))
	})
	sent := Delivery("sent-inv", "inv")
	sent.State, sent.FinishedAt, sent.Key, sent.Recipient, sent.Copy = workflow.DeliverySent, noon, "k:inv:sent-inv", "", ""
	waits := Delivery("waits-inv", "inv")
	waits.State, waits.FinishedAt, waits.Recipient, waits.Copy, waits.Attempts = workflow.DeliveryCancelled, noon.Add(time.Hour), "", "", 1
	wantEqual(t, read[[]workflow.Delivery](t)(w.DeliveriesOf(w.ctx, "inv")), []workflow.Delivery{sent, waits})
	w.refused(workflow.Conflict, "delivery.lease-lost", func(tx workflow.Tx) error { return tx.FinishDelivery(w.ctx, "lease", waits) })
	for id, left := range map[string]int{"inv": 0, "other": 1} {
		seats, extracts := read[[]workflow.SeatRecord](t)(w.Seats(w.ctx, id)), read[[]workflow.Extract](t)(w.Extracts(w.ctx, id))
		corrections, mails := read[[]workflow.Correction](t)(w.Corrections(w.ctx, id)), read[[]workflow.Delivery](t)(w.DeliveriesOf(w.ctx, id))
		if len(seats) != left || len(extracts) != left || len(corrections) != left || (mails[0].Recipient != "") != (left == 1) {
			t.Errorf("%s: %v %v %v %v", id, seats, extracts, corrections, mails)
		}
	}
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// oldMails are done with by then, are no evidence, and went to somebody.
func oldMails(t *testing.T, w *world) {
	w.invite("inv", workflow.StateSigned)
	add := func(id string, kind workflow.DeliveryKind, state workflow.DeliveryState, at time.Time) {
		d := Delivery(id, "inv")
		d.Kind, d.State, d.FinishedAt = kind, state, at
		w.must(func(tx workflow.Tx) error { return tx.AddDelivery(w.ctx, d) })
	}
	for _, kind := range workflow.ProofMails {
		add("proof-"+string(kind), kind, workflow.DeliverySent, noon)
	}
	add("b", workflow.DeliveryAnniversary, workflow.DeliverySent, noon)
	add("a", workflow.DeliveryDeclined, workflow.DeliveryFailed, noon)
	add("late", workflow.DeliveryWelcome, workflow.DeliverySent, noon.Add(time.Millisecond))
	add("waits", workflow.DeliveryWelcome, workflow.DeliveryWaiting, time.Time{})
	ids := func(limit int) (list []string) {
		for _, d := range read[[]workflow.Delivery](t)(w.OldMails(w.ctx, noon, limit)) {
			list = append(list, d.ID)
		}
		return list
	}
	wantEqual(t, ids(10), []string{"a", "b"})
	wantEqual(t, ids(1), []string{"a"})
	w.must(func(tx workflow.Tx) error { return tx.ForgetMail(w.ctx, "a", noon) })
	wantEqual(t, ids(10), []string{"b"})
	w.must(func(tx workflow.Tx) error { return tx.ForgetCopies(w.ctx, "inv") })
	for _, d := range read[[]workflow.Delivery](t)(w.DeliveriesOf(w.ctx, "inv")) {
		if d.Copy != "" || (d.Recipient == "") != (d.ID == "a") {
			t.Errorf("%+v", d)
		}
	}
}

// openingsForgotten: an opening goes when all that is asked about it holds.
func openingsForgotten(t *testing.T, w *world) {
	event := func(record, kind string, data, personal map[string]string) {
		w.must(func(tx workflow.Tx) error {
			tx.Record(journal.Event{Type: kind, At: noon, Record: record, Data: data, Personal: personal})
			return nil
		})
	}
	left := func(record string) (fields []string) {
		for _, e := range read[[]journal.Entry](t)(w.JournalOf(w.ctx, record)) {
			for _, o := range e.Openings {
				fields = append(fields, e.Type+" "+o.Field)
			}
		}
		return fields
	}
	who := map[string]string{"email": "zoe@example.org", "name": "Zoé"}
	event("a", "made", nil, who)
	event("a", "told", nil, who)
	event("a", "delivery.sent", map[string]string{"delivery": "d1"}, map[string]string{"answer": "250 1"})
	event("a", "delivery.sent", map[string]string{"delivery": "d2"}, map[string]string{"answer": "250 2"})
	event("b", "made", nil, who)
	forget := func(f workflow.OpeningFilter) {
		w.must(func(tx workflow.Tx) error { return tx.ForgetOpenings(w.ctx, f) })
	}
	forget(workflow.OpeningFilter{Record: "a", Type: "made", Fields: []string{"name", "other"}})
	wantEqual(t, left("a"), []string{"made email", "told email", "told name", "delivery.sent answer", "delivery.sent answer"})
	forget(workflow.OpeningFilter{Record: "a", Delivery: "d2"})
	wantEqual(t, left("a"), []string{"made email", "told email", "told name", "delivery.sent answer"})
	forget(workflow.OpeningFilter{Record: "a"})
	wantEqual(t, left("a"), []string(nil))
	wantEqual(t, left("b"), []string{"made email", "made name"})
}

// mailboxForgotten: every entry that names it, but those that have to stay.
func mailboxForgotten(t *testing.T, w *world) {
	w.invite("signed", workflow.StateSigned)
	w.must(func(tx workflow.Tx) error { return tx.AddSignature(w.ctx, Signature("sig", "signed")) })
	records := []string{"free", "kept", "staff:s", "signed", "stranger"}
	for _, record := range records {
		for _, kind := range []string{"told", "followup.asked"} {
			mailbox := map[bool]string{true: "zoe@example.org", false: "x.zoe@example.org"}[record != "stranger"]
			w.must(func(tx workflow.Tx) error {
				tx.Record(journal.Event{Type: kind, At: noon, Record: record, Personal: map[string]string{"email": mailbox, "name": "Zoé"}})
				return nil
			})
		}
	}
	w.must(func(tx workflow.Tx) error { return tx.ForgetMailbox(w.ctx, "zoe@example.org", "kept") })
	var left []string
	for _, record := range records {
		for _, e := range read[[]journal.Entry](t)(w.JournalOf(w.ctx, record)) {
			if len(e.Openings) == 2 {
				left = append(left, record+" "+e.Type)
			}
		}
	}
	slices.Sort(left)
	wantEqual(t, left, []string{"kept followup.asked", "kept told", "signed told", "staff:s followup.asked", "staff:s told", "stranger followup.asked", "stranger told"})
}
