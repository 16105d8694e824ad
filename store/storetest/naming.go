package storetest

import (
	"testing"

	"jachete/workflow"
)

// namingMailbox: all that names a mailbox is found, as a whole value, whatever
// its letters and signs; nothing that only looks like it.
func namingMailbox(t *testing.T, w *world) {
	const mailbox, likeIt = "a_%&b@example.org", "aXY&b@example.org"
	add := func(id, email string, details workflow.Details) {
		i := Invitation(id)
		i.Contact.Email, i.Details = email, details
		w.must(func(tx workflow.Tx) error { return tx.AddInvitation(w.ctx, i) })
	}
	add("1-to", mailbox, workflow.Details{})
	add("2-beside", "x@example.org", workflow.Details{Second: workflow.Cosignatory{Email: "A_%&b@example.org"}})
	add("3-other", likeIt, workflow.Details{Second: workflow.Cosignatory{Email: "x" + mailbox}})
	var ids []string
	for _, i := range read[[]workflow.Invitation](t)(w.InvitationsNaming(w.ctx, mailbox)) {
		ids = append(ids, i.ID)
	}
	wantEqual(t, ids, []string{"1-to", "2-beside"})

	signature := func(id, from string, change func(*workflow.Signature)) {
		w.invite("inv-"+id, workflow.StateSigned)
		s := Signature(id, "inv-"+id)
		s.Evidence.Email = from
		change(&s)
		w.must(func(tx workflow.Tx) error { return tx.AddSignature(w.ctx, s) })
	}
	none := func(*workflow.Signature) {}
	signature("s1", mailbox, none)
	signature("s2", likeIt, func(s *workflow.Signature) { s.Evidence.Transfers = []workflow.TransferEvidence{{Email: mailbox}} })
	signature("s3", likeIt, func(s *workflow.Signature) {
		s.Acts = []workflow.Act{{Seat: workflow.SeatPole, Evidence: workflow.Evidence{Email: mailbox}}}
	})
	signature("s4", likeIt, none)
	signature("s5", likeIt, none)
	signature("s6", likeIt, none)
	for id, kind := range map[string]workflow.DeliveryKind{"s4": workflow.DeliveryReminder, "s5": workflow.DeliveryAnniversary} {
		d := Delivery("mail-"+id, "inv-"+id)
		d.Kind, d.Recipient = kind, mailbox
		w.must(func(tx workflow.Tx) error { return tx.AddDelivery(w.ctx, d) })
	}
	ids = nil
	for _, s := range read[[]workflow.Signature](t)(w.SignaturesNaming(w.ctx, mailbox)) {
		ids = append(ids, s.ID)
	}
	wantEqual(t, ids, []string{"s1", "s2", "s3", "s4"})
	if n := len(read[[]workflow.Delivery](t)(w.MailsTo(w.ctx, mailbox))); n != 2 {
		t.Errorf("%d mails", n)
	}
	namingLines(t, w, mailbox, likeIt)
	namingFollowUps(t, w, mailbox, likeIt)
}

func namingLines(t *testing.T, w *world, mailbox, likeIt string) {
	w.must(func(tx workflow.Tx) error {
		return firstOf(tx.AddBatch(w.ctx, workflow.Batch{ID: "b", Purpose: workflow.BatchOfInvitations, PoleSlug: "rive", State: workflow.BatchPreview, CreatedAt: noon}),
			tx.AddBatchRows(w.ctx, "b", []workflow.BatchRow{{Line: 2, Verdict: workflow.RowGood, Cells: map[string]string{"courriel": " A_%&B@example.org"}},
				{Line: 3, Verdict: workflow.RowGood, Cells: map[string]string{"courriel": likeIt}}}))
	})
	lines := read[[]workflow.BatchLineOf](t)(w.BatchLinesNaming(w.ctx, mailbox))
	if len(lines) != 1 || lines[0].Line != 2 || lines[0].Batch != "b" {
		t.Errorf("%+v", lines)
	}
	w.must(func(tx workflow.Tx) error { return tx.ForgetBatchLine(w.ctx, "b", 2) })
	for _, row := range read[[]workflow.BatchRow](t)(w.BatchRows(w.ctx, workflow.BatchRowFilter{Batch: "b"})) {
		if (len(row.Cells) == 0) != (row.Line == 2) {
			t.Errorf("%+v", row)
		}
	}
}

func namingFollowUps(t *testing.T, w *world, mailbox, likeIt string) {
	asked := workflow.FollowUp{CommitmentID: "k", Year: 1, Recipient: workflow.Contact{Name: "Zoé", Email: mailbox}, AskedAt: noon}
	next := workflow.FollowUp{CommitmentID: "k", Year: 2, Recipient: workflow.Contact{Name: "Luc", Email: likeIt}, AskedAt: noon,
		Contact: workflow.Contact{Name: "Zoé", Function: "Achats", Email: mailbox}}
	w.must(func(tx workflow.Tx) error {
		return firstOf(tx.AddCommitment(w.ctx, Commitment("k", "Ville")), tx.AddFollowUp(w.ctx, asked), tx.AddFollowUp(w.ctx, next))
	})
	if n := len(read[[]workflow.FollowUp](t)(w.FollowUpsNaming(w.ctx, mailbox))); n != 2 {
		t.Errorf("%d yearly questions", n)
	}
	w.must(func(tx workflow.Tx) error { return tx.ForgetFollowUps(w.ctx, mailbox) })
	asked.Recipient, next.Contact = workflow.Contact{}, workflow.Contact{}
	wantEqual(t, read[[]workflow.FollowUp](t)(w.FollowUps(w.ctx, "k")), []workflow.FollowUp{asked, next})
}
