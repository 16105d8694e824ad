package workflow

import "context"

// passedOnInside words where a colleague's address comes from once the person
// who gave it is forgotten.
var passedOnInside = map[Language]string{French: "Invitation transférée au sein de l’organisation", English: "Invitation passed on within the organization"}

// forgetInvitation forgets the person of an invitation that has ended unsigned,
// and counts it; one that another instance was quicker with counts for nothing.
func (s *Service) forgetInvitation(ctx context.Context, tx Tx, id string) (did int, err error) {
	was, err := tx.Invitation(ctx, id)
	if err != nil || !was.forgettable() {
		return 0, err
	}
	return 1, s.forget(ctx, tx, was, was)
}

// forget writes an ended invitation without its person over the one that was
// read, and forgets what hangs on it.
func (s *Service) forget(ctx context.Context, tx Tx, was, ended Invitation) error {
	if err := tx.MoveInvitation(ctx, was, ended.forgotten()); err != nil {
		return err
	}
	if err := tx.ForgetInvitation(ctx, was.ID, s.now()); err != nil {
		return err
	}
	if err := tx.ForgetOpenings(ctx, OpeningFilter{Record: was.ID}); err != nil {
		return err
	}
	if was.TransferredFrom != "" { // its mails tell whom it was passed on to
		if err := tx.ForgetCopies(ctx, was.TransferredFrom); err != nil {
			return err
		}
	}
	return s.forgetPassedOn(ctx, tx, was.TransferredTo)
}

// forgetPassedOn takes whoever passed an invitation on out of the colleague's.
// One that was signed keeps it: the evidence says who was invited before.
func (s *Service) forgetPassedOn(ctx context.Context, tx Tx, id string) error {
	if id == "" {
		return nil
	}
	was, err := tx.Invitation(ctx, id)
	if IsKind(err, NotFound) || err == nil && (was.State == StateSigned || was.Forgotten()) {
		return nil
	} else if err != nil {
		return err
	}
	next := was
	next.Source, next.TransferReason = passedOnInside[was.Language], ""
	if err := tx.MoveInvitation(ctx, was, next); err != nil {
		return err
	}
	if err := tx.ForgetCopies(ctx, id); err != nil {
		return err
	}
	return tx.ForgetOpenings(ctx, OpeningFilter{Record: id, Type: "invitation.created", Fields: []string{"source", "reason"}})
}

// forgetMail forgets whom a mail went to and what was answered. One that waits
// is cancelled.
func (s *Service) forgetMail(ctx context.Context, tx Tx, d Delivery) error {
	if err := tx.ForgetMail(ctx, d.ID, s.now()); err != nil {
		return err
	}
	if d.Kind == DeliveryRetrieval { // a record of its own, with who asked
		return tx.ForgetOpenings(ctx, OpeningFilter{Record: d.record()})
	}
	return tx.ForgetOpenings(ctx, OpeningFilter{Record: d.record(), Delivery: d.ID})
}
