package storetest

import (
	"context"
	"errors"
	"testing"

	"jachete/workflow"
)

// nothingFound asks an empty store for everything, also in texts that one of
// the databases cannot hold.
func nothingFound(t *testing.T, w *world) {
	for _, id := range []string{"nulle", "", "\x00", "\xff", "'"} {
		for key, err := range map[string]error{
			"pole.not-found":         second(w.Pole(w.ctx, id)),
			"declaration.not-found":  second(w.Declaration(w.ctx, id, id)),
			"organisation.not-found": second(w.Organisation(w.ctx, id)),
			"invitation.not-found":   errors.Join(second(w.Invitation(w.ctx, id)), second(w.InvitationView(w.ctx, id))),
			"session.not-found":      errors.Join(second(w.SigningSession(w.ctx, id)), second(w.StaffSession(w.ctx, id))),
			"signature.not-found":    errors.Join(second(w.Signature(w.ctx, id)), second(w.SignatureOfInvitation(w.ctx, id))),
			"certificate.not-found": errors.Join(second(w.Certificate(w.ctx, id)), second(w.CertificateOfSignature(w.ctx, id)),
				second(w.CertificateBySHA256(w.ctx, id))),
			"commitment.not-found": second(w.CommitmentByNumber(w.ctx, id)),
			"delivery.not-found":   second(w.Delivery(w.ctx, id)),
			"staff.not-found":      errors.Join(second(w.Staff(w.ctx, id)), second(w.StaffByEmail(w.ctx, id))),
		} {
			wantError(t, err, workflow.NotFound, key)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func rollback(t *testing.T, w *world) {
	w.invite("inv", workflow.StateReady)
	cause := errors.New("change of mind")
	err := w.Update(w.ctx, func(tx workflow.Tx) error {
		if err := signFrom(w, tx, Invitation("inv"), "x"); err != nil {
			return err
		}
		return cause
	})
	if err != cause {
		t.Errorf("error = %v, want the one of fn itself", err)
	}
	w.untouched("inv")
}

// untouched checks that nothing of a signing is there.
func (w *world) untouched(id string) {
	w.t.Helper()
	wantEqual(w.t, read[workflow.Invitation](w.t)(w.Invitation(w.ctx, id)), Invitation(id))
	wantError(w.t, second(w.SignatureOfInvitation(w.ctx, id)), workflow.NotFound, "signature.not-found")
	wantEqual(w.t, len(read[[]workflow.CertificateRef](w.t)(w.CertificateNumbers(w.ctx))), 0)
	wantEqual(w.t, len(read[[]workflow.Delivery](w.t)(w.DeliveriesOf(w.ctx, id))), 0)
	wantEqual(w.t, read[workflow.RegisterCounts](w.t)(w.RegisterCounts(w.ctx, workflow.RegisterFilter{}, noon)).Total, 0)
	wantEqual(w.t, w.verifyJournal().Seq, int64(0))
}

func rollbackOnPanic(t *testing.T, w *world) {
	w.invite("inv", workflow.StateReady)
	func() {
		defer func() { wantEqual(t, recover(), any("boum")) }()
		_ = w.Update(w.ctx, func(tx workflow.Tx) error {
			if err := signFrom(w, tx, Invitation("inv"), "x"); err != nil {
				return err
			}
			panic("boum")
		})
	}()
	w.untouched("inv")
	w.invite("next", workflow.StateReady) // the connection came back
}

// failureSpoilsTransaction: an error that fn swallows still keeps nothing, on
// either database.
func failureSpoilsTransaction(t *testing.T, w *world) {
	w.refused(workflow.Conflict, "pole.exists", func(tx workflow.Tx) error {
		if err := tx.AddPole(w.ctx, Pole("autre")); err != nil {
			return err
		}
		_ = tx.AddPole(w.ctx, Pole("rive"))
		return nil
	})
	wantError(t, second(w.Pole(w.ctx, "autre")), workflow.NotFound, "pole.not-found")
	// A record that is not there is an answer, not a failure.
	w.must(func(tx workflow.Tx) error {
		wantError(t, second(tx.Pole(w.ctx, "autre")), workflow.NotFound, "pole.not-found")
		return tx.AddPole(w.ctx, Pole("autre"))
	})
}

func readsSeeCommittedOnly(t *testing.T, w *world) {
	w.must(func(tx workflow.Tx) error {
		if err := tx.AddPole(w.ctx, Pole("autre")); err != nil {
			return err
		}
		wantEqual(t, second(tx.Pole(w.ctx, "autre")), nil)
		wantError(t, second(w.Pole(w.ctx, "autre")), workflow.NotFound, "pole.not-found")
		return nil
	})
	wantEqual(t, second(w.Pole(w.ctx, "autre")), nil)
}

// unstorableText: what one database would refuse, both do.
func unstorableText(t *testing.T, w *world) {
	for _, name := range []string{"A\x00B", "A\xffB"} {
		p := Pole("autre")
		p.Name = name
		if err := w.Update(w.ctx, func(tx workflow.Tx) error { return tx.AddPole(w.ctx, p) }); err == nil {
			t.Errorf("%q was stored", name)
		}
	}
}

func cancelledContext(t *testing.T, w *world) {
	ctx, cancel := context.WithCancel(w.ctx)
	err := w.Update(ctx, func(tx workflow.Tx) error {
		if err := tx.AddPole(ctx, Pole("autre")); err != nil {
			return err
		}
		cancel()
		return nil
	})
	wantError(t, err, workflow.Unavailable, "error.unavailable")
	wantError(t, second(w.Pole(w.ctx, "autre")), workflow.NotFound, "pole.not-found")
	wantError(t, second(w.Pole(ctx, "rive")), workflow.Unavailable, "error.unavailable")
}
