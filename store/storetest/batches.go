package storetest

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jachete/workflow"
)

// Batch is a preview of the pôle "rive" with every field set that a preview
// has.
func Batch(id string) workflow.Batch {
	return workflow.Batch{ID: id, PoleSlug: "rive", Campaign: "automne", FileName: "liste « été ».csv", SHA256: workflow.TextSHA256(id),
		State: workflow.BatchPreview, Unknown: []string{"Téléphone"}, Counts: map[workflow.RowVerdict]int{workflow.RowGood: 3, workflow.RowAddress: 1},
		CreatedBy: "operator", CreatedAt: noon}
}

// batchRows are four lines, the second of which is bad.
func batchRows() []workflow.BatchRow {
	rows := []workflow.BatchRow{}
	for k, verdict := range []workflow.RowVerdict{workflow.RowGood, workflow.RowAddress, workflow.RowGood, workflow.RowGood} {
		rows = append(rows, workflow.BatchRow{Line: k + 2, Verdict: verdict, Cells: map[string]string{"nom": fmt.Sprintf("Camille %d", k)}})
	}
	rows[1].Reasons = []workflow.FieldError{{Field: "email", Key: "email.invalid", Args: map[string]string{"a": "é"}}}
	return rows
}

func (w *world) addBatch(b workflow.Batch) {
	w.t.Helper()
	w.must(func(tx workflow.Tx) error {
		if err := tx.AddBatch(w.ctx, b); err != nil {
			return err
		}
		return tx.AddBatchRows(w.ctx, b.ID, batchRows())
	})
}

func (w *world) confirmed(id string) {
	w.t.Helper()
	w.addBatch(Batch(id))
	w.must(func(tx workflow.Tx) error { return tx.ConfirmBatch(w.ctx, id, "someone", noon) })
}

func (w *world) claimBatch(now time.Time, lease string) (b workflow.Batch, err error) {
	err = w.Update(w.ctx, func(tx workflow.Tx) error {
		b, err = tx.ClaimBatch(w.ctx, now, now.Add(time.Minute), lease)
		return err
	})
	return b, err
}

func batches(t *testing.T, w *world) {
	w.addBatch(Batch("b1"))
	wantEqual(t, read[workflow.Batch](t)(w.Batch(w.ctx, "b1")), Batch("b1"))
	wantEqual(t, read[[]workflow.BatchRow](t)(w.BatchRows(w.ctx, workflow.BatchRowFilter{Batch: "b1"})), batchRows())
	later := Batch("b2")
	later.CreatedAt = noon.Add(time.Hour)
	w.addBatch(later)
	ids := func(f workflow.BatchFilter) (ids []string) {
		for _, b := range read[[]workflow.Batch](t)(w.Batches(w.ctx, f)) {
			ids = append(ids, b.ID)
		}
		return ids
	}
	wantEqual(t, ids(workflow.BatchFilter{}), []string{"b2", "b1"})
	wantEqual(t, ids(workflow.BatchFilter{Poles: []string{"rive"}, Limit: 1}), []string{"b2"})
	wantEqual(t, ids(workflow.BatchFilter{Poles: []string{"autre"}}), []string(nil))
	wantEqual(t, ids(workflow.BatchFilter{Poles: []string{}}), []string(nil))
	_, err := w.Batch(w.ctx, "b3")
	wantError(t, err, workflow.NotFound, "batch.not-found")
	w.must(func(tx workflow.Tx) error { return tx.DropBatchRows(w.ctx, "b1") })
	wantEqual(t, read[[]workflow.BatchRow](t)(w.BatchRows(w.ctx, workflow.BatchRowFilter{Batch: "b1"})), []workflow.BatchRow(nil))
}

func batchConfirmedOnce(t *testing.T, w *world) {
	w.addBatch(Batch("b1"))
	var won atomic.Int32
	var group sync.WaitGroup
	for k := range 8 {
		group.Go(func() {
			err := w.Update(w.ctx, func(tx workflow.Tx) error { return tx.ConfirmBatch(w.ctx, "b1", fmt.Sprint("who-", k), noon) })
			if err == nil {
				won.Add(1)
			} else if workflow.KeyOf(err) != workflow.KeyBatchMoved {
				t.Error(err)
			}
		})
	}
	group.Wait()
	wantEqual(t, won.Load(), int32(1))
	b := read[workflow.Batch](t)(w.Batch(w.ctx, "b1"))
	wantEqual(t, b.State, workflow.BatchConfirmed)
	wantEqual(t, b.ConfirmedAt, noon)
	w.addBatch(Batch("b2"))
	w.refused(workflow.Conflict, workflow.KeyBatchRunning, func(tx workflow.Tx) error { return tx.ConfirmBatch(w.ctx, "b2", "x", noon) })
	w.must(func(tx workflow.Tx) error { return tx.CancelBatch(w.ctx, "b1", workflow.BatchConfirmed, noon) })
	w.must(func(tx workflow.Tx) error { return tx.ConfirmBatch(w.ctx, "b2", "x", noon) })
	w.refused(workflow.Conflict, workflow.KeyBatchMoved, func(tx workflow.Tx) error {
		return tx.CancelBatch(w.ctx, "b2", workflow.BatchPreview, noon)
	})
}

func batchLease(t *testing.T, w *world) {
	_, err := w.claimBatch(noon, "early")
	wantError(t, err, workflow.NotFound, "batch.not-found")
	w.confirmed("b1")
	b := read[workflow.Batch](t)(w.claimBatch(noon, "first"))
	wantEqual(t, b.Lease, "first")
	_, err = w.claimBatch(noon.Add(59*time.Second), "second")
	wantError(t, err, workflow.NotFound, "batch.not-found")
	read[workflow.Batch](t)(w.claimBatch(noon.Add(time.Minute), "second"))
	w.refused(workflow.Conflict, workflow.KeyBatchMoved, func(tx workflow.Tx) error { return tx.SettleBatch(w.ctx, "first", b, nil) })
	w.must(func(tx workflow.Tx) error { return tx.ReleaseBatch(w.ctx, "b1", "first") })
	_, err = w.claimBatch(noon.Add(61*time.Second), "third")
	wantError(t, err, workflow.NotFound, "batch.not-found")
	w.must(func(tx workflow.Tx) error { return tx.ReleaseBatch(w.ctx, "b1", "second") })
	read[workflow.Batch](t)(w.claimBatch(noon.Add(61*time.Second), "third"))
}

func batchSettled(t *testing.T, w *world) {
	w.confirmed("b1")
	waiting := func() []workflow.BatchRow {
		return read[[]workflow.BatchRow](t)(w.BatchRows(w.ctx, workflow.BatchRowFilter{Batch: "b1", Waiting: true, Limit: 2}))
	}
	b := read[workflow.Batch](t)(w.claimBatch(noon, "lease"))
	rows := waiting()
	wantEqual(t, []int{rows[0].Line, rows[1].Line}, []int{2, 4})
	rows[0].Outcome, rows[0].InvitationID = workflow.RowGood, "inv"
	rows[1].Outcome, rows[1].Reasons = workflow.RowInvited, []workflow.FieldError{{Field: "email", Key: "k"}}
	b.Made, b.Skipped, b.LeaseUntil = 1, 1, noon.Add(time.Hour)
	w.must(func(tx workflow.Tx) error { return tx.SettleBatch(w.ctx, "lease", b, rows) })
	wantEqual(t, read[workflow.Batch](t)(w.Batch(w.ctx, "b1")), b)
	wantEqual(t, waiting()[0].Line, 5)
	lines := func(f workflow.BatchRowFilter) (lines []int) {
		f.Batch = "b1"
		for _, row := range read[[]workflow.BatchRow](t)(w.BatchRows(w.ctx, f)) {
			lines = append(lines, row.Line)
		}
		return lines
	}
	wantEqual(t, lines(workflow.BatchRowFilter{Good: true}), []int{2, 5})
	wantEqual(t, lines(workflow.BatchRowFilter{Refused: true}), []int{3, 4})
	wantEqual(t, lines(workflow.BatchRowFilter{Limit: 2, Offset: 1}), []int{3, 4})
	wantEqual(t, read[[]workflow.BatchRow](t)(w.BatchRows(w.ctx, workflow.BatchRowFilter{Batch: "b1"}))[2], rows[1])
	w.must(func(tx workflow.Tx) error { return tx.CancelBatch(w.ctx, "b1", workflow.BatchConfirmed, noon) })
	for _, lease := range []string{"lease", ""} { // what is over is nobody's
		w.refused(workflow.Conflict, workflow.KeyBatchMoved, func(tx workflow.Tx) error { return tx.SettleBatch(w.ctx, lease, b, nil) })
	}
}

func batchesPurged(t *testing.T, w *world) {
	w.addBatch(Batch("preview"))
	w.confirmed("over")
	w.must(func(tx workflow.Tx) error { return tx.CancelBatch(w.ctx, "over", workflow.BatchConfirmed, noon) })
	w.confirmed("running")
	at := func(now time.Time, preview, over int) {
		t.Helper()
		w.must(func(tx workflow.Tx) error { return tx.Purge(w.ctx, now) })
		for id, want := range map[string]int{"preview": preview, "over": over, "running": 4} {
			wantEqual(t, len(read[[]workflow.BatchRow](t)(w.BatchRows(w.ctx, workflow.BatchRowFilter{Batch: id}))), want)
		}
	}
	at(noon.Add(workflow.PreviewLife-time.Second), 4, 4)
	at(noon.Add(workflow.PreviewLife), 0, 4)
	_, err := w.Batch(w.ctx, "preview")
	wantError(t, err, workflow.NotFound, "batch.not-found")
	at(noon.Add(workflow.BatchRowsLife), 0, 0)
	wantEqual(t, read[workflow.Batch](t)(w.Batch(w.ctx, "over")).State, workflow.BatchCancelled)
}

// many adds more rows than one statement takes, and asks for what stands
// against as many.
func many(t *testing.T, w *world) {
	const n = 250
	var organisations []workflow.Organisation
	var invitations []workflow.Invitation
	var deliveries []workflow.Delivery
	var slugs, emails []string
	for k := range n {
		id := fmt.Sprintf("m-%03d", k)
		o := Organisation(id, "Coopérative "+id)
		o.Kind, o.MunicipalityCode = workflow.KindMunicipality, fmt.Sprintf("%05d", k)
		if k%2 == 0 {
			o.Kind = workflow.KindCooperative
		}
		i := Invitation(id)
		i.OrganisationID, i.Contact.Email = o.ID, id+"@example.org"
		organisations, invitations, deliveries = append(organisations, o), append(invitations, i), append(deliveries, Delivery(id, id))
		slugs, emails = append(slugs, o.Slug), append(emails, i.Contact.Email)
	}
	w.must(func(tx workflow.Tx) error {
		if err := tx.AddOrganisations(w.ctx, organisations); err != nil {
			return err
		}
		if err := tx.AddInvitations(w.ctx, invitations); err != nil {
			return err
		}
		return tx.AddDeliveries(w.ctx, deliveries)
	})
	wantEqual(t, read[workflow.Invitation](t)(w.Invitation(w.ctx, "m-249")), invitations[249])
	wantEqual(t, read[workflow.Organisation](t)(w.Organisation(w.ctx, "m-101")), organisations[101])
	wantEqual(t, read[workflow.Delivery](t)(w.Delivery(w.ctx, "m-100")), deliveries[100])
	w.refused(workflow.Conflict, "organisation.exists", func(tx workflow.Tx) error { return tx.AddOrganisations(w.ctx, organisations[:1]) })

	like := slices.Clone(organisations)
	for k := range like {
		like[k].ID, like[k].Slug = "", ""
	}
	wantEqual(t, read[[]workflow.Organisation](t)(w.OrganisationsLike(w.ctx, like)), organisations)
	wantEqual(t, len(read[[]string](t)(w.SlugsTaken(w.ctx, append(slugs, "libre")))), n)
	wantEqual(t, len(read[[]workflow.Invitation](t)(w.OpenInvitationsTo(w.ctx, "rive", emails, noon))), n)
	none := []workflow.Invitation(nil)
	wantEqual(t, read[[]workflow.Invitation](t)(w.OpenInvitationsTo(w.ctx, "autre", emails, noon)), none)
	wantEqual(t, read[[]workflow.Invitation](t)(w.OpenInvitationsTo(w.ctx, "rive", emails, invitations[0].ExpiresAt)), none)
	signed := invitations[0]
	signed.State = workflow.StateSigned
	w.must(func(tx workflow.Tx) error { return tx.MoveInvitation(w.ctx, invitations[0], signed) })
	wantEqual(t, len(read[[]workflow.Invitation](t)(w.OpenInvitationsTo(w.ctx, "rive", emails, noon))), n-1)
}

// standing: what a pôle may not know of yet stands against nothing.
func standing(t *testing.T, w *world) {
	w.must(func(tx workflow.Tx) error {
		bounced := workflow.Suppression{PoleSlug: "rive", Email: "c@example.org", Reason: workflow.SuppressedByBounce, At: noon}
		if err := tx.Suppress(w.ctx, bounced); err != nil { // nobody asked for that
			return err
		}
		return tx.Suppress(w.ctx, workflow.Suppression{PoleSlug: "rive", Email: "a@example.org", Reason: workflow.SuppressedByRequest, At: noon})
	})
	emails := []string{"a@example.org", "b@example.org", "c@example.org"}
	wantEqual(t, read[[]string](t)(w.SuppressedAmong(w.ctx, "rive", emails)), []string{"a@example.org"})
	wantEqual(t, read[[]string](t)(w.SuppressedAmong(w.ctx, "autre", emails)), []string(nil))
	wantEqual(t, read[[]string](t)(w.SuppressedAmong(w.ctx, "rive", nil)), []string(nil))
	w.must(func(tx workflow.Tx) error {
		if err := tx.AddOrganisation(w.ctx, Organisation("gone", "Coop Partie")); err != nil {
			return err
		}
		if err := tx.AddCommitment(w.ctx, Commitment("c1", "Ville")); err != nil {
			return err
		}
		c := Commitment("c2", "Coop Partie")
		c.OrganisationID, c.Status = "gone", workflow.CommitmentWithdrawn
		return tx.AddCommitment(w.ctx, c)
	})
	for _, c := range []struct {
		pole string
		now  time.Time
		want []string
	}{{"rive", noon.Add(-time.Hour), []string{"org"}}, {"autre", noon, []string{"org"}}, {"autre", noon.Add(-time.Hour), nil}} {
		wantEqual(t, read[[]string](t)(w.CommittedAmong(w.ctx, c.pole, []string{"org", "gone", "nulle"}, workflow.ModeElectronic, c.now)), c.want)
		wantEqual(t, read[[]string](t)(w.CommittedAmong(w.ctx, c.pole, []string{"org", "gone", "nulle"}, workflow.ModePaper, c.now)), []string(nil))
	}
}
