package workflow

import (
	"context"
	"fmt"
	"slices"
	"time"

	"jachete/workflow/journal"
)

// SignRequest is the form of the last step.
type SignRequest struct {
	TypedName string // must be the signatory's name
	Consent   bool
	Publish   Publish
	Review    string // digest of what was shown, see Signing.ReviewSHA256
	Joined    Joined
	clean     cleanJoined
}

// Sign signs, seals and registers in one transaction, and gives the number of
// the certificate; while others have still to sign, it keeps the act and gives
// no number. It may be repeated: the session that signed gets the same
// number again, so a lost answer can be asked for anew. Another session gets
// Conflict (key "step.signed"). Conflict with key "step.review" when what was
// shown has changed meanwhile; Invalid names "consent", "typed", "drawing",
// "quote", "logo".
func (s *Service) Sign(ctx context.Context, secret string, r SignRequest, v Visit) (number string, err error) {
	err = retryMoved(func() error {
		number, err = s.sign(ctx, secret, r, v)
		return err
	})
	return number, err
}

func (s *Service) sign(ctx context.Context, secret string, r SignRequest, v Visit) (string, error) {
	p, err := s.Signing(ctx, secret)
	if err != nil {
		return "", err
	}
	if p.Step == StepDone || p.Step == StepOthers {
		return p.sameSession()
	}
	if err := p.require(StepSign); err != nil {
		return "", err
	}
	if err := p.checkRequest(&r); err != nil {
		return "", err
	}
	given := s.actOf(p, r, v)
	var act act
	commit := func(tx Tx) error { return s.giveAct(ctx, tx, p, given) }
	if len(p.Waiting()) == 1 { // this one
		if act, err = s.prepareAct(ctx, p, given); err != nil {
			return "", err
		}
		commit = func(tx Tx) error { return s.commitAct(ctx, tx, p, act) }
	}
	if err := s.Store.Update(ctx, commit); err != nil {
		return s.whatHappened(ctx, secret, r, err)
	}
	s.signalMail()
	return act.certificate.Number, nil
}

// sameSession answers a repeated request.
func (p *Signing) sameSession() (string, error) {
	own := p.Record().Act
	if act := p.Signature.act(p.Seat); !act.IsZero() {
		own = act
	}
	if own.SessionHash != p.Session.Hash && p.Signature.SessionHash != p.Session.Hash {
		return "", refuse(Conflict, "step.signed")
	}
	return p.Number, nil
}

func (p *Signing) checkRequest(r *SignRequest) error {
	if r.Review != p.ReviewSHA256 {
		return refuse(Conflict, "step.review")
	}
	var f fields
	if Fold(r.TypedName) != Fold(p.Signatory().Name) {
		f.add("typed", "signature.name")
	}
	if !r.Consent {
		f.add("consent", "signature.consent")
	}
	if p.Seat != SeatFirst { // what the organisation publishes is for the contact to choose
		r.Joined = Joined{Drawing: r.Joined.Drawing}
	}
	r.clean = r.Joined.clean(&f)
	r.Publish.Quote, r.Publish.Logo = r.clean.quote, r.clean.logo.SHA256
	return f.err()
}

// whatHappened reads the truth again after a failed commit: the answer of a
// commit can be lost, and a person must never be told to try again what is
// done. What moved without changing what was reviewed is the cause itself, to be
// tried again.
func (s *Service) whatHappened(ctx context.Context, secret string, r SignRequest, cause error) (string, error) {
	again, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendTimeout)
	defer cancel()
	p, err := s.Signing(again, secret)
	if err == nil && (p.Step == StepDone || p.Step == StepOthers) {
		return p.sameSession()
	}
	if KeyOf(cause) == KeyMoved || IsKind(cause, Conflict) {
		if err != nil {
			return "", err
		}
		if KeyOf(cause) == KeyMoved && p.ReviewSHA256 == r.Review {
			return "", cause
		}
		return "", refuse(Conflict, "step.review")
	}
	return "", cause
}

// act is all that one signing writes.
type act struct {
	signature   Signature
	certificate Certificate
	commitment  Commitment
	logo        Picture // zero when none is published
	deliveries  []Delivery
	moved       Invitation
}

// prepareAct renders and seals before the transaction, so that no lock is held
// meanwhile. Nothing of it counts until the commit.
func (s *Service) prepareAct(ctx context.Context, p Signing, last Act) (act, error) {
	now := last.SignedAt
	number, err := NewNumber(s.random, now.In(Zone).Year())
	if err != nil {
		return act{}, err
	}
	a := act{moved: p.Invitation}
	if err := s.mustGo(&a.moved, ActionSign, PartySignatory); err != nil {
		return act{}, err
	}
	own := p.Record()
	own.Act = last
	acts := seatRecords(p.Seats).with(own).acts(p.Invitation)
	a.signature = s.signatureOf(p, acts)
	if a.signature.Evidence.Transfers, err = s.transfersOf(ctx, s.Store, p.Invitation); err != nil {
		return act{}, err
	}
	content := s.contentOf(a.signature, p.Declaration, p.Pole, number)
	content.Drawing, a.logo = acts[0].Drawing, acts[0].Logo
	for i := range content.Signatories {
		content.Signatories[i].Drawing = acts[i].Drawing
	}
	sealed, err := s.Sealer.Seal(ctx, content, now)
	if err != nil {
		return act{}, fmt.Errorf("seal %s: %w", number, err)
	}
	a.certificate = Certificate{Number: number, SignatureID: a.signature.ID, Content: content, Sealed: sealed}
	a.commitment = s.commitmentOf(p, a.signature, number)
	a.deliveries, err = s.signedMails(ctx, p)
	return a, err
}

// actOf is what this browser's person does now.
func (s *Service) actOf(p Signing, r SignRequest, v Visit) Act {
	inv, seat := p.Invitation, p.Record()
	seen := Evidence{
		Email: p.Mailbox(), IP: v.IP, Port: v.Port, Forwarded: clip(v.Forwarded),
		UserAgent: clip(v.UserAgent), AcceptLanguage: clip(v.AcceptLanguage), RequestID: v.RequestID,
		InvitedAt: inv.CreatedAt, MailedAt: inv.SentAt, ConsultedAt: inv.ConsultedAt, CodeSentAt: p.Session.CodeSentAt,
		CodeConfirmedAt: p.Session.ConfirmedAt, Service: s.Build, Clock: s.ClockState(), Ceremony: p.Session.Ceremony,
	}
	if p.Seat != SeatFirst {
		seen.InvitedAt, seen.MailedAt, seen.ConsultedAt = seat.AskedAt, time.Time{}, seat.ConsultedAt
	}
	return Act{Seat: p.Seat, Signatory: p.Signatory(), Language: inv.Language, Consent: p.Consent, Publish: r.Publish,
		SessionHash: p.Session.Hash, ReviewSHA256: p.ReviewSHA256, DrawingSHA256: drawingSHA256(r.clean.drawing),
		Drawing: r.clean.drawing, Logo: r.clean.logo, Evidence: seen, SignedAt: s.now()}
}

// signatureOf gathers what everybody did, in the order of the certificate, which
// holds their pictures.
func (s *Service) signatureOf(p Signing, acts []Act) Signature {
	inv, first := p.Invitation, acts[0]
	last := slices.MaxFunc(acts, func(a, b Act) int { return a.SignedAt.Compare(b.SignedAt) })
	sig := Signature{
		ID: newID(), InvitationID: inv.ID, OrganisationID: inv.OrganisationID, PoleSlug: inv.PoleSlug,
		DeclarationID: p.Declaration.ID, DeclarationVersion: p.Declaration.Version, DeclarationSHA256: p.Declaration.SHA256FR,
		Organisation: s.snapshot(p.Organisation, inv.Details.Organisation), Signatory: first.Signatory,
		Resolution: inv.Details.Resolution, Language: first.Language, Consent: first.Consent, Publish: first.Publish,
		SessionHash: first.SessionHash, ReviewSHA256: first.ReviewSHA256, DrawingSHA256: first.DrawingSHA256, Evidence: first.Evidence,
		SignedAt: last.SignedAt,
	}
	if len(acts) > 1 {
		for _, act := range acts {
			act.Drawing, act.Logo = nil, Picture{}
			sig.Acts = append(sig.Acts, act)
		}
	}
	return sig
}

// snapshot keeps an organisation as it is now, under the name it gives itself.
func (s *Service) snapshot(o Organisation, name string) Snapshot {
	snap := Snapshot{Name: name, Kind: o.Kind, MunicipalityCode: o.MunicipalityCode, MRCCode: o.MRCCode, RegionCode: o.RegionCode, NEQ: o.NEQ}
	if mrc, ok := s.Atlas.MRC(o.MRCCode); ok {
		snap.MRCName = mrc.Name
	}
	if region, ok := s.Atlas.Region(o.RegionCode); ok {
		snap.RegionName = region.Name
	}
	return snap
}

func (s *Service) commitmentOf(p Signing, sig Signature, number string) Commitment {
	c := Commitment{
		ID: newID(), Slug: p.Organisation.Slug, OrganisationID: sig.OrganisationID, SignatureID: sig.ID, Number: number,
		PoleSlug: sig.PoleSlug, Organisation: sig.Organisation, DeclarationID: sig.DeclarationID, Version: sig.DeclarationVersion,
		Mode: ModeElectronic, Status: CommitmentActive, SignedOn: CivilDate(sig.SignedAt), PublishedAt: sig.SignedAt,
		ResolutionNumber: sig.Resolution.Number, ResolutionDate: sig.Resolution.Date, Campaign: p.Invitation.Campaign,
	}
	c.AskAt = anniversary(sig.SignedAt, 1)
	c.publish(sig.Publish, sig.Signatory)
	if second := sig.act(SeatSecond); second.Publish.Signatory {
		c.PublicSecond = second.Signatory
	}
	c.Countersigned = !sig.act(SeatPole).IsZero()
	return c
}

// signedMails are the mails that follow: one per recipient.
func (s *Service) signedMails(ctx context.Context, p Signing) ([]Delivery, error) {
	mails := []Delivery{s.newDelivery(DeliveryCertificate, p.Invitation, p.Invitation.Contact.Email)}
	if second := p.Invitation.Details.Second; !second.IsZero() {
		mail := s.newDelivery(DeliveryCertificate, p.Invitation, second.Email)
		mail.Seat = SeatSecond
		mails = append(mails, mail)
	}
	to, err := s.poleMailbox(ctx, s.Store, p.Pole, p.Invitation.CreatedBy)
	if err != nil {
		return nil, err
	}
	for _, copied := range []string{to, p.Invitation.Details.Countersigner.Email} {
		if copied == "" || slices.ContainsFunc(mails, func(d Delivery) bool { return d.Recipient == copied }) {
			continue
		}
		mail := s.newDelivery(DeliveryPoleCopy, p.Invitation, copied)
		mail.Language = French
		mails = append(mails, mail)
	}
	return mails, nil
}

// commitAct writes the act. The conditional move of the invitation decides who
// signs: of any number of tries at once, one finds the row as it was.
func (s *Service) commitAct(ctx context.Context, tx Tx, p Signing, a act) error {
	if err := tx.MoveInvitation(ctx, p.Invitation, a.moved); err != nil {
		return err
	}
	if err := s.forgetPictures(ctx, tx, p.Seats); err != nil {
		return err
	}
	if err := s.supersede(ctx, tx, p.Invitation.Renews, &a.commitment); err != nil {
		return err
	}
	if err := tx.AddSignature(ctx, a.signature); err != nil {
		return err
	}
	if err := tx.AddCertificate(ctx, a.certificate); err != nil {
		return err
	}
	var err error
	if a.commitment, err = s.underEmbargo(ctx, tx, a.commitment); err != nil {
		return err
	}
	if err := tx.AddCommitment(ctx, a.commitment); err != nil {
		return err
	}
	if err := s.commitJoined(ctx, tx, a); err != nil {
		return err
	}
	for _, d := range a.deliveries {
		if err := tx.AddDelivery(ctx, d); err != nil {
			return err
		}
	}
	s.recordAct(tx, a)
	return nil
}

func (s *Service) recordAct(tx Tx, a act) {
	sig, cert := a.signature, a.certificate
	e := s.event("signed", actorSignatory, sig.PoleSlug, sig.InvitationID)
	e.Data = map[string]string{
		"signature": sig.ID, "organisation": sig.OrganisationID, "declaration": sig.DeclarationID + " " + sig.DeclarationVersion,
		"declaration_sha256": sig.DeclarationSHA256, "consent_sha256": TextSHA256(sig.Consent), "review_sha256": sig.ReviewSHA256,
		"resolution": sig.Resolution.Number, "publish_signatory": fmt.Sprint(sig.Publish.Signatory),
	}
	e.Personal = map[string]string{"name": sig.Signatory.Name, "function": sig.Signatory.Function,
		"email": sig.Evidence.Email, "ip": sig.Evidence.IP, "user_agent": sig.Evidence.UserAgent}
	noteJoined(&e, sig)
	tx.Record(e)
	e = s.event(journal.SealedType, actorSystem, sig.PoleSlug, sig.InvitationID)
	e.Data = map[string]string{"number": cert.Number, "sha256": cert.SHA256, "unsealed_sha256": cert.UnsealedSHA256, "level": cert.Level}
	tx.Record(e)
	s.recordPublished(tx, sig.InvitationID, a.commitment)
}
