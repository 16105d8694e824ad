package storetest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"jachete/workflow"
)

// signFrom writes a whole signing of an invitation that was read before.
func signFrom(w *world, tx workflow.Tx, was workflow.Invitation, unique string) error {
	signed := was
	signed.State = workflow.StateSigned
	if err := tx.MoveInvitation(w.ctx, was, signed); err != nil {
		return err
	}
	if err := tx.AddSignature(w.ctx, Signature("sig-"+unique, was.ID)); err != nil {
		return err
	}
	if err := tx.AddCertificate(w.ctx, Certificate("ESJ-"+unique, "sig-"+unique)); err != nil {
		return err
	}
	if err := tx.AddDelivery(w.ctx, Delivery(unique, was.ID)); err != nil {
		return err
	}
	tx.Record(event("invitation.signed", was.ID))
	return tx.AddCommitment(w.ctx, Commitment(unique, "Ville de Rivière-Exemple"))
}

func signatures(t *testing.T, w *world) {
	w.invite("inv", workflow.StateReady)
	s := Signature("s", "inv")
	w.must(func(tx workflow.Tx) error { return tx.AddSignature(w.ctx, s) })
	want := s
	want.Evidence.UserAgent = "Exemple/1 \x00\uFFFD" // text that is not UTF-8 is marked, not lost
	wantEqual(t, read[workflow.Signature](t)(w.Signature(w.ctx, "s")), want)
	wantEqual(t, read[workflow.Signature](t)(w.SignatureOfInvitation(w.ctx, "inv")), want)
	again := Signature("s2", "inv")
	w.refused(workflow.Conflict, "signature.exists", func(tx workflow.Tx) error { return tx.AddSignature(w.ctx, again) })
}

func certificates(t *testing.T, w *world) {
	for k := range 3 {
		id := fmt.Sprint(k)
		w.invite("inv-"+id, workflow.StateReady)
		w.must(func(tx workflow.Tx) error {
			c := Certificate("ESJ-"+id, "s-"+id)
			c.SealedAt = noon.Add(-time.Duration(k) * time.Minute)
			if err := tx.AddSignature(w.ctx, Signature("s-"+id, "inv-"+id)); err != nil || k == 2 {
				return err
			}
			return tx.AddCertificate(w.ctx, c)
		})
	}
	c := Certificate("ESJ-0", "s-0")
	ref := workflow.CertificateRef{Number: "ESJ-0", SHA256: c.SHA256}
	wantEqual(t, read[workflow.Certificate](t)(w.Certificate(w.ctx, "ESJ-0")), c)
	wantEqual(t, read[workflow.Certificate](t)(w.CertificateOfSignature(w.ctx, "s-0")), c)
	wantEqual(t, read[workflow.Certificate](t)(w.CertificateBySHA256(w.ctx, c.SHA256)), c)
	older := workflow.CertificateRef{Number: "ESJ-1", SHA256: Certificate("ESJ-1", "").SHA256}
	wantEqual(t, read[[]workflow.CertificateRef](t)(w.CertificateNumbers(w.ctx)), []workflow.CertificateRef{older, ref})

	otherFile := Certificate("ESJ-9", "s-2")
	sameNumber, sameFile := otherFile, otherFile
	sameNumber.Number, sameFile.SHA256 = "ESJ-0", c.SHA256
	for _, c := range []workflow.Certificate{sameNumber, sameFile, Certificate("ESJ-9", "s-0")} {
		w.refused(workflow.Conflict, "certificate.exists", func(tx workflow.Tx) error { return tx.AddCertificate(w.ctx, c) })
	}
}

// revisions are read from the latest on; every one stays and is found by hash.
func revisions(t *testing.T, w *world) {
	w.invite("inv", workflow.StateReady)
	first, later := Certificate("ESJ-1", "s"), Certificate("ESJ-1", "s")
	later.Revision, later.Level, later.PDF = 1, "B-LT", append(later.PDF, "more"...)
	later.SHA256 = workflow.TextSHA256(string(later.PDF))
	w.must(func(tx workflow.Tx) error {
		if err := tx.AddSignature(w.ctx, Signature("s", "inv")); err != nil {
			return err
		}
		return tx.AddCertificate(w.ctx, first)
	})
	wantEqual(t, read[[]string](t)(w.PlainCertificates(w.ctx, 10)), []string{"ESJ-1"})
	w.must(func(tx workflow.Tx) error { return tx.AddCertificate(w.ctx, later) })
	wantEqual(t, len(read[[]string](t)(w.PlainCertificates(w.ctx, 10))), 0)
	wantEqual(t, read[workflow.Certificate](t)(w.Certificate(w.ctx, "ESJ-1")), later)
	wantEqual(t, read[workflow.Certificate](t)(w.CertificateOfSignature(w.ctx, "s")), later)
	for _, c := range []workflow.Certificate{first, later} {
		wantEqual(t, read[workflow.Certificate](t)(w.CertificateBySHA256(w.ctx, c.SHA256)), c)
	}
	wantEqual(t, len(read[[]workflow.CertificateRef](t)(w.CertificateNumbers(w.ctx))), 2)
	records := read[[]workflow.Certificate](t)(w.CertificateRecords(w.ctx, "ESJ-1"))
	wantEqual(t, []int{records[0].Revision, records[1].Revision, len(records[0].PDF)}, []int{0, 1, 0})
	wantEqual(t, records[1].Content, later.Content)
	_, err := w.CertificateRecords(w.ctx, "ESJ-2")
	wantError(t, err, workflow.NotFound, "certificate.not-found")
	w.refused(workflow.Conflict, "certificate.exists", func(tx workflow.Tx) error { return tx.AddCertificate(w.ctx, later) })
}

func damagedCertificate(t *testing.T, w *world) {
	w.invite("inv", workflow.StateReady)
	w.must(func(tx workflow.Tx) error {
		if err := tx.AddSignature(w.ctx, Signature("s", "inv")); err != nil {
			return err
		}
		c := Certificate("ESJ-1", "s")
		c.PDF[3] ^= 1
		return tx.AddCertificate(w.ctx, c)
	})
	c, err := w.Certificate(w.ctx, "ESJ-1")
	wantError(t, err, workflow.Internal, workflow.KeyDamaged)
	wantEqual(t, c, workflow.Certificate{})
	right := Certificate("ESJ-1", "s")
	w.refused(workflow.NotFound, "certificate.not-found", func(tx workflow.Tx) error { return tx.RestoreFile(w.ctx, []byte("other")) })
	w.must(func(tx workflow.Tx) error { return tx.RestoreFile(w.ctx, right.PDF) })
	wantEqual(t, read[workflow.Certificate](t)(w.Certificate(w.ctx, "ESJ-1")), right)
}

// signOnce lets eight signers, who all read the invitation while it was ready,
// sign each of 300.
func signOnce(t *testing.T, w *world) {
	const invitations, signers = 300, 8
	w.inviteReady(invitations)
	won := SignAll(t, w.Store, invitations, signers, "")
	wantEqual(t, won, invitations)
	WantSigned(t, w.Store, invitations)
}

// SignAll lets signers sign the invitations inv-0 … at the same time and gives
// how many signatures were acknowledged. Ids of what they write start with
// prefix, so that several processes can race.
func SignAll(t testing.TB, s workflow.Store, invitations, signers int, prefix string) (won int) {
	t.Helper()
	w := &world{Store: s, t: t, ctx: t.Context()}
	var group sync.WaitGroup
	var mu sync.Mutex
	for signer := range signers {
		group.Go(func() {
			for k := range invitations {
				id := fmt.Sprintf("inv-%d", k)
				was := Invitation(id)
				err := s.Update(w.ctx, func(tx workflow.Tx) error {
					return signFrom(w, tx, was, fmt.Sprintf("%s%d-%s", prefix, signer, id))
				})
				if err != nil && workflow.KeyOf(err) != workflow.KeyMoved {
					t.Errorf("signer %d, %s: %v", signer, id, err)
				}
				if err == nil {
					mu.Lock()
					won++
					mu.Unlock()
				}
			}
		})
	}
	group.Wait()
	return won
}

// WantSigned checks that exactly n invitations are signed, each with one
// certificate, one line of the register and one mail, in a sound journal.
func WantSigned(t testing.TB, s workflow.Store, n int) {
	t.Helper()
	w := &world{Store: s, t: t, ctx: t.Context()}
	_, signed, err := s.Invitations(w.ctx, workflow.InvitationFilter{State: workflow.StateSigned, Limit: 1})
	wantEqual(t, []any{signed, err}, []any{n, nil})
	wantEqual(t, len(read[[]workflow.CertificateRef](t)(s.CertificateNumbers(w.ctx))), n)
	wantEqual(t, read[workflow.RegisterPage](t)(s.Register(w.ctx, workflow.RegisterFilter{Limit: 1}, noon)).Total, n)
	wantEqual(t, w.verifyJournal().Seq, int64(n))
	for k := range n {
		wantEqual(t, len(read[[]workflow.Delivery](t)(s.DeliveriesOf(w.ctx, fmt.Sprintf("inv-%d", k)))), 1)
	}
}

// Prepare adds what SignAll signs to an empty store.
func Prepare(t testing.TB, s workflow.Store, invitations int) {
	t.Helper()
	newWorld(t, s).inviteReady(invitations)
}

func (w *world) inviteReady(n int) {
	w.t.Helper()
	w.must(func(tx workflow.Tx) error {
		for k := range n {
			if err := tx.AddInvitation(w.ctx, Invitation(fmt.Sprintf("inv-%d", k))); err != nil {
				return err
			}
		}
		return nil
	})
}

// Sign signs one invitation that Prepare added.
func Sign(t testing.TB, s workflow.Store, id string) error {
	w := &world{Store: s, t: t, ctx: t.Context()}
	return s.Update(w.ctx, func(tx workflow.Tx) error { return signFrom(w, tx, Invitation(id), id) })
}
