package workflow_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// batchHead are the columns of the lists below.
const batchHead = "organisation;type;code_municipal;mrc;region;nom;fonction;courriel\n"

// list is a file of n good lines.
func list(n int) []byte {
	var b strings.Builder
	b.WriteString(batchHead)
	for k := range n {
		fmt.Fprintf(&b, "Coopérative Gabarit %d;coopérative;43027;;;Camille Exemple;Direction;c%d@example.org\n", k, k)
	}
	return []byte(b.String())
}

func estrie(file []byte) workflow.BatchRequest {
	return workflow.BatchRequest{Pole: "estrie", FileName: "liste.csv", File: file}
}

func preview(t *testing.T, w *workflowtest.World, file []byte) workflow.Batch {
	t.Helper()
	b, err := w.PreviewBatch(t.Context(), workflow.Operator(), estrie(file))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func seen(b workflow.Batch) workflow.Seen { return workflow.Seen{Good: b.Good(), SHA256: b.SHA256} }

func confirm(t *testing.T, w *workflowtest.World, b workflow.Batch) {
	t.Helper()
	if err := w.ConfirmBatch(t.Context(), workflow.Operator(), b.ID, seen(b)); err != nil {
		t.Fatal(err)
	}
}

func work(t *testing.T, w *workflowtest.World) {
	t.Helper()
	if err := w.WorkBatches(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func batchNow(t *testing.T, w *workflowtest.World, b workflow.Batch) workflow.Batch {
	t.Helper()
	b, err := w.Batch(t.Context(), workflow.Operator(), b.ID)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func invitationsIn(t *testing.T, w *workflowtest.World) int {
	t.Helper()
	_, total, err := w.Invitations(t.Context(), workflow.Operator(), workflow.InvitationFilter{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	return total
}

// verdicts are the lines of a file by what is said of them.
func verdicts(t *testing.T, w *workflowtest.World, file string) map[int]workflow.RowVerdict {
	t.Helper()
	b, rows, err := w.CheckBatch(t.Context(), workflow.Operator(), estrie([]byte(file)))
	if err != nil {
		t.Fatal(err)
	}
	found, counts := map[int]workflow.RowVerdict{}, map[workflow.RowVerdict]int{}
	for _, row := range rows {
		found[row.Line] = row.Verdict
		counts[row.Verdict]++
		if row.Verdict.Mendable() && len(row.Reasons) == 0 {
			t.Errorf("line %d: %s for no reason", row.Line, row.Verdict)
		}
	}
	if fmt.Sprint(counts) != fmt.Sprint(b.Counts) {
		t.Errorf("counted %v, told %v", counts, b.Counts)
	}
	return found
}

func TestEveryLineHasItsVerdict(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		open := workflowtest.Request() // Ville de Rivière-Exemple, camille@example.org
		w.Invite(t, open)
		signs := workflowtest.Request()
		signs.Organisation, signs.Kind, signs.Contact.Email = "Cégep de la Démo", workflow.KindCollege, "signe@example.org"
		inv, token := w.Invite(t, signs)
		secret, form := w.Ready(t, token)
		if _, err := w.Sign(t.Context(), secret, form, workflowtest.Visit); err != nil {
			t.Fatal(inv, err)
		}
		stop := workflowtest.Request()
		stop.Contact.Email = "stop@example.org"
		gone, _ := w.Invite(t, stop)
		if err := w.Store.Update(t.Context(), func(tx workflow.Tx) error {
			return tx.Suppress(t.Context(), workflow.Suppression{PoleSlug: "estrie", Email: "stop@example.org", Reason: workflow.SuppressedByRequest, At: w.Clock.Now()})
		}); err != nil {
			t.Fatal(err)
		}
		if err := w.Revoke(t.Context(), workflow.Operator(), gone.ID); err != nil {
			t.Fatal(err)
		}
		for k, c := range []struct {
			line string
			want workflow.RowVerdict
		}{
			{"Ville de Sherbrooke;ville;43027;;;Jo Exemple;Mairie;jo@example.org", workflow.RowGood},
			{"Ville de Sherbrooke;municipality;;;;Jo Exemple;Mairie;jo2@example.org", workflow.RowGood},
			{"Ville de Magog;ville;;MRC de Memphrémagog;Estrie;Jo Exemple;Mairie;jo3@example.org", workflow.RowGood},
			{"MRC du Val-Saint-François;MRC;;;;Jo Exemple;Préfecture;jo4@example.org", workflow.RowGood},
			{"Coop;coopérative;;;5;Jo Exemple;Direction;JO5@example.org", workflow.RowDuplicate},
			{"Cegep de la demo;cégep;;;05;Jo Exemple;Direction;jo6@example.org\nCégep de la Démo;cégep;;;05;Jo;x;jo6@example.org", workflow.RowSigned},
			{"Ville de Rivière-Exemple;ville;;;05;Camille Exemple;Greffe;camille@example.org", workflow.RowInvited},
			{"CEGEP DE LA DEMO;cégep;;;05;Camille Exemple;Direction;autre@example.org", workflow.RowSigned},
			{"Coop Stop;coopérative;;;05;Camille Exemple;Direction;stop@example.org", workflow.RowUnsubscribed},
			{"Coop;coopérative;;;05;Jo Exemple;Direction;jo@", workflow.RowAddress},
			{"Ville de Nulle-Part;ville;;;;Jo Exemple;Mairie;a@example.org", workflow.RowMunicipality},
			{"Ville de X;ville;99999;;;Jo Exemple;Mairie;a@example.org", workflow.RowMunicipality},
			{"Coop;coopérative;;Nulle-Part;;Jo Exemple;Direction;a@example.org", workflow.RowMunicipality},
			{"Coop;coopérative;;;Narnia;Jo Exemple;Direction;a@example.org", workflow.RowMunicipality},
			{"Canton de Valcourt;canton;;;;Jo Exemple;Mairie;a@example.org", workflow.RowAmbiguous},
			{"Ville de Valcourt;ville;42055;;;Jo Exemple;Mairie;val@example.org", workflow.RowGood},
			{"Ville de Montréal;ville;;;;Jo Exemple;Mairie;a@example.org", workflow.RowOutside},
			{"Coop;coopérative;;;Montréal;Jo Exemple;Direction;a@example.org", workflow.RowOutside},
			{"Coop;château;;;05;Jo Exemple;Direction;a@example.org", workflow.RowFields},
			{"Coop;coopérative;;;05;🏛;Direction;a@", workflow.RowFields},
			{"=cmd|'/c calc'!A1;coopérative;;;05;Jo Exemple;Direction;formule@example.org", workflow.RowGood},
			{"<b>Coop</b>;coopérative;;;05;Jo \u202eExemple;Direction;a@example.org", workflow.RowFields},
			{"Coop;coopérative;;;05;Jo Exemple;Direction;\"a@example.org\nBcc: b@example.org\"", workflow.RowAddress},
		} {
			found := verdicts(t, w, batchHead+"Coop;coopérative;;;05;Jo Exemple;Direction;jo5@example.org\n"+c.line+"\n")
			if last := found[len(found)+1]; found[3] != c.want || last != "" && last != c.want {
				t.Errorf("%d %s: %s and %s, want %s", k, c.line, found[3], last, c.want)
			}
		}
	})
}

func TestNothingIsInvitedBeforeConfirmation(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		b := preview(t, w, list(3))
		work(t, w)
		if n := invitationsIn(t, w); n != 0 || len(w.Deliver(t)) != 0 {
			t.Errorf("%d invitations before anybody confirmed", n)
		}
		confirm(t, w, b)
		work(t, w)
		b = batchNow(t, w, b)
		if b.State != workflow.BatchDone || b.Made != 3 || b.Skipped != 0 || invitationsIn(t, w) != 3 {
			t.Errorf("%+v and %d invitations", b, invitationsIn(t, w))
		}
		if mails := w.Deliver(t); len(mails) != 3 {
			t.Errorf("%d mails for 3 lines", len(mails))
		}
		for _, row := range batchRows(t, w, b) {
			page, err := w.Invitation(t.Context(), workflow.Operator(), row.InvitationID)
			if err != nil || row.Outcome != workflow.RowGood || page.Contact.Email != row.Cells["courriel"] || page.Events[0].Type != "invitation.created" {
				t.Errorf("%+v: %v", row, err)
			}
		}
		if _, err := w.VerifyJournal(t.Context(), nil, true); err != nil {
			t.Error(err)
		}
	})
}

func batchRows(t *testing.T, w *workflowtest.World, b workflow.Batch) []workflow.BatchRow {
	t.Helper()
	rows, err := w.BatchRows(t.Context(), workflow.Operator(), workflow.BatchRowFilter{Batch: b.ID})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestSameFileTwiceAddsNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		early := preview(t, w, list(5)) // seen before the first went out
		first := preview(t, w, list(5))
		confirm(t, w, first)
		work(t, w)
		second := preview(t, w, list(5))
		if second.Good() != 0 || second.Counts[workflow.RowInvited] != 5 {
			t.Errorf("the second time: %v", second.Counts)
		}
		wantKey(t, w.ConfirmBatch(t.Context(), workflow.Operator(), second.ID, seen(second)), workflow.Conflict, "batch.nothing")
		confirm(t, w, early)
		work(t, w)
		if early = batchNow(t, w, early); early.State != workflow.BatchDone || early.Made != 0 || early.Skipped != 5 || invitationsIn(t, w) != 5 {
			t.Errorf("%+v and %d invitations", early, invitationsIn(t, w))
		}
		if rows := batchRows(t, w, early); rows[0].Fate() != workflow.RowInvited {
			t.Errorf("%+v", rows[0])
		}
	})
}

func TestConfirmingHoldsToWhatWasSeen(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		b := preview(t, w, list(2))
		for _, altered := range []workflow.Seen{{}, {Good: 3, SHA256: b.SHA256}, {Good: 2, SHA256: workflow.TextSHA256("x")}} {
			wantKey(t, w.ConfirmBatch(ctx, workflow.Operator(), b.ID, altered), workflow.Invalid, "batch.altered")
		}
		other := preview(t, w, list(3))
		confirm(t, w, b)
		wantKey(t, w.ConfirmBatch(ctx, workflow.Operator(), other.ID, seen(other)), workflow.Conflict, workflow.KeyBatchRunning)
		work(t, w)
		confirm(t, w, other)
		confirm(t, w, b) // again: nothing more
		work(t, w)
		if n := invitationsIn(t, w); n != 3 {
			t.Errorf("%d invitations of 3", n)
		}
		events := map[string]int{}
		for from := int64(1); ; from++ {
			entries, err := w.Store.JournalEntries(ctx, from, 1)
			if err != nil || len(entries) == 0 {
				break
			}
			events[entries[0].Type]++
		}
		if events["bulk.previewed"] != 2 || events["bulk.confirmed"] != 2 || events["bulk.done"] != 2 || events["invitation.created"] != 3 {
			t.Errorf("%v", events)
		}
	})
}

func TestAnotherPolesBatchIsUnknown(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		b := preview(t, w, list(1))
		stranger := workflow.StaffActor(hire(t, w, "b@example.org", workflow.RoleAgent, "montreal"))
		reader := workflow.StaffActor(hire(t, w, "r@example.org", workflow.RoleReader, "estrie"))
		for name, ask := range map[string]func(workflow.Actor, string) error{
			"read":    func(a workflow.Actor, id string) error { _, err := w.Batch(ctx, a, id); return err },
			"confirm": func(a workflow.Actor, id string) error { return w.ConfirmBatch(ctx, a, id, seen(b)) },
			"cancel":  func(a workflow.Actor, id string) error { return w.CancelBatch(ctx, a, id) },
			"rows": func(a workflow.Actor, id string) error {
				_, err := w.BatchRows(ctx, a, workflow.BatchRowFilter{Batch: id})
				return err
			},
		} {
			there, nowhere := ask(stranger, b.ID), ask(stranger, "nowhere")
			if there == nil || there.Error() != nowhere.Error() || !workflow.IsKind(there, workflow.NotFound) {
				t.Errorf("%s: %v for another pôle's, %v for an unknown one", name, there, nowhere)
			}
			wantKey(t, ask(reader, b.ID), workflow.Forbidden, "role.insufficient")
		}
		_, err := w.PreviewBatch(ctx, stranger, estrie(list(1)))
		wantKey(t, err, workflow.NotFound, "record.not-found")
		if mine, err := w.Batches(ctx, stranger, 10); err != nil || len(mine) != 0 {
			t.Errorf("the stranger sees %d batches, %v", len(mine), err)
		}
	})
}

func TestCancelling(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		unseen := preview(t, w, list(2))
		for range 2 {
			if err := w.CancelBatch(ctx, workflow.Operator(), unseen.ID); err != nil {
				t.Fatal(err)
			}
		}
		if rows := batchRows(t, w, unseen); len(rows) != 0 {
			t.Errorf("%d lines are kept of a list nobody wanted", len(rows))
		}
		wantKey(t, w.ConfirmBatch(ctx, workflow.Operator(), unseen.ID, seen(unseen)), workflow.Conflict, "batch.cancelled")
		late := preview(t, w, list(2))
		confirm(t, w, late)
		work(t, w)
		wantKey(t, w.CancelBatch(ctx, workflow.Operator(), late.ID), workflow.Conflict, "batch.done")
	})
}

func TestPreviewsNobodyConfirmsAreForgotten(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		b := preview(t, w, list(2))
		w.Clock.Move(workflow.PreviewLife + time.Second)
		if err := w.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		_, err := w.Batch(t.Context(), workflow.Operator(), b.ID)
		wantKey(t, err, workflow.NotFound, "record.not-found")
	})
}

func TestBatchOfACampaign(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx, now := t.Context(), w.Clock.Now()
		c := workflow.Campaign{PoleSlug: "estrie", Slug: "automne", Name: "Automne", CreatedBy: "operator", CreatedAt: now}
		save := func(write func(workflow.Tx) error) {
			t.Helper()
			if err := w.Store.Update(ctx, write); err != nil {
				t.Fatal(err)
			}
		}
		save(func(tx workflow.Tx) error { return tx.AddCampaign(ctx, c) })
		r := estrie(list(1))
		r.Campaign = "nulle"
		_, err := w.PreviewBatch(ctx, workflow.Operator(), r)
		wantField(t, err, "campaign", "batch.campaign-unknown")
		r.Campaign = "automne"
		b, err := w.PreviewBatch(ctx, workflow.Operator(), r)
		if err != nil {
			t.Fatal(err)
		}
		c.Closed = true
		save(func(tx workflow.Tx) error { return tx.SetCampaign(ctx, c) })
		wantField(t, w.ConfirmBatch(ctx, workflow.Operator(), b.ID, seen(b)), "campaign", "batch.campaign-closed")
		c.Closed = false
		save(func(tx workflow.Tx) error { return tx.SetCampaign(ctx, c) })
		confirm(t, w, b)
		work(t, w)
		inv, err := w.Store.Invitation(ctx, batchRows(t, w, b)[0].InvitationID)
		if err != nil || inv.Campaign != "automne" {
			t.Errorf("%+v, %v", inv, err)
		}
	})
}
