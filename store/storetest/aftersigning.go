package storetest

import (
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/journal"
)

// signaturesFrom finds what was signed from a mailbox, by the address in small
// letters.
func signaturesFrom(t *testing.T, w *world) {
	for i, email := range []string{"C.Exemple@example.org", "autre@example.org", "c.exemple@example.org", ""} {
		id := string(rune('a' + i))
		w.invite("inv-"+id, workflow.StateReady)
		s := Signature("s-"+id, "inv-"+id)
		s.Evidence.Email, s.SignedAt = email, noon.Add(-time.Duration(i)*time.Minute)
		w.must(func(tx workflow.Tx) error { return tx.AddSignature(w.ctx, s) })
	}
	ids := func(mailbox string) (list []string) {
		for _, s := range read[[]workflow.Signature](t)(w.SignaturesFrom(w.ctx, mailbox)) {
			list = append(list, s.ID)
		}
		return list
	}
	wantEqual(t, ids("c.exemple@example.org"), []string{"s-c", "s-a"})
	wantEqual(t, ids("autre@example.org"), []string{"s-b"})
	for _, nobody := range []string{"", "x@example.org", "%", "c.exemple@example.org' OR '1'='1"} {
		wantEqual(t, ids(nobody), []string(nil))
	}
}

// publication changes who is named, whatever became of the commitment.
func publication(t *testing.T, w *world) {
	c := Commitment("a", "Ville")
	w.publish(c)
	set := func(who workflow.Signatory) func(workflow.Tx) error {
		named := c
		named.PublicName, named.PublicFunction = who.Name, who.Function
		return func(tx workflow.Tx) error { return tx.SetPublication(w.ctx, named) }
	}
	line := func() workflow.Commitment {
		page := read[workflow.RegisterPage](t)(w.Register(w.ctx, workflow.RegisterFilter{}, noon))
		return page.Commitments[0]
	}
	c.PublicQuote, c.PublicLogo, c.PublicSecond = "Nous achetons", "hash", workflow.Signatory{Name: "Dominique", Function: "Greffier"}
	w.must(set(workflow.Signatory{}))
	c.PublicName, c.PublicFunction = "", ""
	wantEqual(t, line(), c)
	w.must(func(tx workflow.Tx) error {
		return tx.EndCommitment(w.ctx, "a", workflow.CommitmentWithdrawn, "2026-11-23")
	})
	w.must(set(workflow.Signatory{Name: "Camille Exemple", Function: "Mairesse"}))
	wantEqual(t, line().PublicName+", "+line().PublicFunction, "Camille Exemple, Mairesse")
	w.refused(workflow.NotFound, "commitment.not-found", func(tx workflow.Tx) error {
		return tx.SetPublication(w.ctx, Commitment("nul", "Ville"))
	})
}

func certificateSessions(t *testing.T, w *world) {
	w.invite("inv", workflow.StateReady)
	s := workflow.CertificateSession{Hash: "h", SignatureID: "s", CreatedAt: noon, ExpiresAt: noon.Add(time.Minute)}
	w.must(func(tx workflow.Tx) error {
		if err := tx.AddSignature(w.ctx, Signature("s", "inv")); err != nil {
			return err
		}
		return tx.AddCertificateSession(w.ctx, s)
	})
	wantEqual(t, read[workflow.CertificateSession](t)(w.CertificateSession(w.ctx, "h")), s)
	w.refused(workflow.Conflict, "session.exists", func(tx workflow.Tx) error { return tx.AddCertificateSession(w.ctx, s) })
	w.must(func(tx workflow.Tx) error { return tx.Purge(w.ctx, noon.Add(2*time.Hour)) })
	_, err := w.CertificateSession(w.ctx, "h")
	wantError(t, err, workflow.NotFound, "session.not-found")
}

func corrections(t *testing.T, w *world) {
	w.invite("inv", workflow.StateSigned)
	later := workflow.Correction{ID: "a", InvitationID: "inv", Field: "name", Wanted: "Camille\nExemple", AskedAt: noon.Add(time.Hour)}
	first := workflow.Correction{ID: "b", InvitationID: "inv", Field: "other", Wanted: "x", AskedAt: noon}
	w.must(func(tx workflow.Tx) error {
		if err := tx.AddCorrection(w.ctx, later); err != nil {
			return err
		}
		return tx.AddCorrection(w.ctx, first)
	})
	wantEqual(t, read[[]workflow.Correction](t)(w.Corrections(w.ctx, "inv")), []workflow.Correction{first, later})
	wantEqual(t, read[[]workflow.Correction](t)(w.Corrections(w.ctx, "autre")), []workflow.Correction(nil))
	wantEqual(t, read[workflow.Correction](t)(w.Correction(w.ctx, "a")), later)
	_, err := w.Correction(w.ctx, "c")
	wantError(t, err, workflow.NotFound, "correction.not-found")
}

// withdrawnLines stay on the list and leave the count.
func withdrawnLines(t *testing.T, w *world) {
	w.publish(Commitment("a", "Ville"), Commitment("b", "Ville"))
	w.must(func(tx workflow.Tx) error {
		return tx.EndCommitment(w.ctx, "a", workflow.CommitmentWithdrawn, "2026-12-01")
	})
	ids, total := w.found(w, workflow.RegisterFilter{}, noon)
	wantEqual(t, ids, []string{"a", "b"})
	wantEqual(t, total, 2)
	counts := read[workflow.RegisterCounts](t)(w.RegisterCounts(w.ctx, workflow.RegisterFilter{}, noon))
	wantEqual(t, counts, workflow.RegisterCounts{Total: 1, ByRegion: map[string]int{"16": 1}, ByMRC: map[string]int{"580": 1}, Towns: 1,
		ByKind: map[workflow.OrganisationKind]int{workflow.KindMunicipality: 1}, ByYear: map[int]int{2026: 1}})
}

// withdrawnBeforePublic never enter the public list; staff see them.
func withdrawnBeforePublic(t *testing.T, w *world) {
	early, same := Commitment("a", "Ville"), Commitment("b", "Ville")
	early.PublishedAt, same.PublishedAt = noon.Add(72*time.Hour), noon.Add(72*time.Hour)
	w.publish(early, same)
	w.must(func(tx workflow.Tx) error {
		if err := tx.EndCommitment(w.ctx, "a", workflow.CommitmentWithdrawn, "2026-11-24"); err != nil {
			return err
		}
		return tx.EndCommitment(w.ctx, "b", workflow.CommitmentWithdrawn, "2026-11-25")
	})
	ids, _ := w.found(w, workflow.RegisterFilter{}, noon.Add(100*time.Hour))
	wantEqual(t, ids, []string{"b"})
	ids, _ = w.found(w, workflow.RegisterFilter{Slug: early.Slug}, noon.Add(100*time.Hour))
	wantEqual(t, ids, []string(nil))
	ids, _ = w.found(w, workflow.RegisterFilter{Hidden: true}, noon)
	wantEqual(t, ids, []string{"a", "b"})
}

// retrievalsForgotten: the addresses from which nothing was signed do not stay.
func retrievalsForgotten(t *testing.T, w *world) {
	w.invite("inv", workflow.StateReady)
	kept := map[string]bool{"none": false, "waiting": true, "sent": true, "other": true}
	for id := range kept {
		d := Delivery(id, "")
		d.Kind, d.State, d.FinishedAt = "retrieval", workflow.DeliveryCancelled, noon
		switch id {
		case "waiting":
			d.State = workflow.DeliveryWaiting
		case "sent":
			d.State = workflow.DeliverySent
		case "other":
			d.Kind, d.InvitationID = workflow.DeliveryReminder, "inv"
		}
		w.must(func(tx workflow.Tx) error {
			tx.Record(journal.Event{Type: "retrieval.asked", At: noon, Record: "delivery:" + id, Personal: map[string]string{"ip": "192.0.2.1"}})
			return tx.AddDelivery(w.ctx, d)
		})
	}
	w.must(func(tx workflow.Tx) error { return tx.Purge(w.ctx, noon.Add(2*time.Hour)) })
	for id, stays := range kept {
		if _, err := w.Delivery(w.ctx, id); (err == nil) != stays {
			t.Errorf("%s: %v", id, err)
		}
		entries := read[[]journal.Entry](t)(w.JournalOf(w.ctx, "delivery:"+id))
		if len(entries) != 1 || (len(entries[0].Openings) == 1) != stays {
			t.Errorf("%s: the journal has %+v", id, entries)
		}
	}
}
