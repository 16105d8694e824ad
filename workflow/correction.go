package workflow

import (
	"context"
	"slices"
	"strings"
	"time"
)

// DeliveryCorrection tells the pôle what the person who signed wants
// corrected.
const DeliveryCorrection DeliveryKind = "correction"

// MaxCorrection is how long the words of a correction may be.
const MaxCorrection = 500

// limitCorrection bounds what may be asked for one certificate.
var limitCorrection = limit{"correction", 5, 24 * time.Hour}

// CorrectionField is what is wrong in what was signed.
type CorrectionField string

// CorrectionFields lists them, in the order of the form.
var CorrectionFields = []CorrectionField{"organisation", "name", "function", "resolution", "other"}

// Correction is what a person who signed asks to be put right. What was signed
// is never edited: staff invite to sign anew, and the new commitment names the
// old one.
type Correction struct {
	ID           string
	InvitationID string
	Field        CorrectionField
	Wanted       string // what should stand there
	AskedAt      time.Time
}

// CorrectionForm is what the page asks.
type CorrectionForm struct {
	Field  CorrectionField
	Wanted string
}

// AskCorrection keeps what should be corrected and tells the pôle. Invalid
// names the fields "wrong" and "wanted"; Limited (key "limit.correction");
// other errors as SetPublication.
func (s *Service) AskCorrection(ctx context.Context, token, secret string, form CorrectionForm, v Visit) error {
	p, err := s.managed(ctx, token, secret, v)
	if err != nil {
		return err
	}
	if form, err = cleanCorrection(form); err != nil {
		return err
	}
	c := Correction{ID: newID(), InvitationID: p.Signature.InvitationID, Field: form.Field, Wanted: form.Wanted, AskedAt: s.now()}
	err = s.Store.Update(ctx, func(tx Tx) error { return s.keepCorrection(ctx, tx, p, c) })
	if err == nil {
		s.signalMail()
	}
	return err
}

func cleanCorrection(form CorrectionForm) (CorrectionForm, error) {
	var f fields
	if !slices.Contains(CorrectionFields, form.Field) {
		f.add("wrong", "correction.choose")
	}
	var problem *FieldError
	form.Wanted, problem = CleanText(form.Wanted, MaxCorrection)
	f.check("wanted", problem)
	if problem == nil && form.Wanted == "" {
		f.add("wanted", "text.empty")
	}
	return form, f.err()
}

func (s *Service) keepCorrection(ctx context.Context, tx Tx, p PersonalPage, c Correction) error {
	if err := s.take(ctx, tx, limitCorrection, p.Signature.ID); err != nil {
		return err
	}
	e := s.event("correction.asked", actorSignatory, p.Signature.PoleSlug, c.InvitationID)
	e.Data["field"] = string(c.Field)
	e.Personal = map[string]string{"wanted": c.Wanted}
	tx.Record(e)
	if err := tx.AddCorrection(ctx, c); err != nil {
		return err
	}
	inv, err := tx.Invitation(ctx, c.InvitationID)
	if err != nil {
		return err
	}
	to, err := s.poleMailbox(ctx, tx, p.Pole, inv.CreatedBy)
	if err != nil || to == "" {
		return err // staff see it on the invitation's page
	}
	d := s.newDelivery(DeliveryCorrection, inv, to)
	d.Key, d.Language = string(DeliveryCorrection)+":"+c.ID, French
	return tx.AddDelivery(ctx, d)
}

// correctionContent finds the correction that the delivery's key names.
func (s *Service) correctionContent(ctx context.Context, d Delivery, v InvitationView, c MailContent) (MailContent, error) {
	c, _, err := s.aboutSignature(ctx, d, v, c)
	if err != nil {
		return c, err
	}
	c.Correction, err = s.Store.Correction(ctx, strings.TrimPrefix(d.Key, string(DeliveryCorrection)+":"))
	c.LinkURL = s.linkURL("equipe", "invitations", v.ID) // it goes to the pôle, also where the same address signed
	return c, err
}

// InviteToCorrect invites who signed to sign anew: the new commitment will
// take the place of the old one and name it. It gives the new invitation.
// Conflict (key "correction.ended") when the commitment does not stand any
// more, ("correction.none") when nobody asked, and as Invite.
func (s *Service) InviteToCorrect(ctx context.Context, a Actor, id string) (made Invitation, err error) {
	v, err := s.permitted(ctx, s.Store, a, PermitWrite, id)
	if err != nil {
		return Invitation{}, err
	}
	asked, err := s.Store.Corrections(ctx, id)
	if err != nil {
		return Invitation{}, err
	}
	if len(asked) == 0 {
		return Invitation{}, refuse(Conflict, "correction.none")
	}
	c, err := s.Store.CommitmentByNumber(ctx, v.Number)
	if err != nil {
		return Invitation{}, err
	}
	err = s.Store.Update(ctx, func(tx Tx) error {
		made, err = s.renewStanding(ctx, tx, a, Renewal{Commitment: c, Invitation: v.Invitation})
		return err
	})
	if err == nil {
		s.signalMail()
	}
	return made, err
}

// renewStanding makes the invitation if the commitment still stands.
func (s *Service) renewStanding(ctx context.Context, tx Tx, a Actor, line Renewal) (Invitation, error) {
	c, err := tx.Commitment(ctx, line.Commitment.ID)
	if err != nil {
		return Invitation{}, err
	}
	if !c.holds() {
		return Invitation{}, refuse(Conflict, "correction.ended")
	}
	return s.renew(ctx, tx, a, line)
}
