package workflow

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// SigningStep is a page of the signing path.
type SigningStep string

// The steps, in order.
const (
	StepRead         SigningStep = "read"
	StepOrganisation SigningStep = "organisation"
	StepResolution   SigningStep = "resolution"
	StepVerification SigningStep = "verification"
	StepSign         SigningStep = "sign"
	StepOthers       SigningStep = "others" // signed here, and others have still to
	StepDone         SigningStep = "done"
)

// SigningSteps lists the steps before the end, in order.
var SigningSteps = []SigningStep{StepRead, StepOrganisation, StepResolution, StepVerification, StepSign}

// cosigningSteps are those of somebody for whom the contact has answered.
var cosigningSteps = []SigningStep{StepRead, StepVerification, StepSign}

// Signing is everything the pages of the signing path show.
type Signing struct {
	Session      SigningSession
	Seat         Seat // of this browser
	Seats        []SeatRecord
	Invitation   Invitation
	Organisation Organisation
	Pole         Pole
	Declaration  Declaration
	Former       Declaration // the version that signing would replace; zero for none
	Text         string      // French Markdown, filled with the details so far
	Translation  string      // English Markdown, filled
	Consent      string      // wording beside the button, French: the instrument's language
	ReviewSHA256 string      // digest of what signing would seal
	Step         SigningStep // the first step not yet passed
	Signature    Signature   // zero until signed
	Number       string      // of the certificate, once signed
	Embargo      time.Time   // until when what was signed is not public; zero when it is, or not signed
}

// Signing gives the state of the path for a browser's session.
// Unauthenticated (key "session.none") when the session is over or its link
// was replaced; Gone (keys as PeekLink) when the invitation no longer opens.
func (s *Service) Signing(ctx context.Context, secret string) (Signing, error) {
	return s.signingFrom(ctx, s.Store, secret)
}

func (s *Service) signingFrom(ctx context.Context, r Reader, secret string) (Signing, error) {
	session, err := r.SigningSession(ctx, hashSecret(secret))
	if IsKind(err, NotFound) || err == nil && !s.now().Before(session.ExpiresAt) {
		return Signing{}, refuse(Unauthenticated, "session.none")
	} else if err != nil {
		return Signing{}, err
	}
	view, err := r.InvitationView(ctx, session.InvitationID)
	if err != nil {
		return Signing{}, err
	}
	seats, err := r.Seats(ctx, view.ID)
	if err != nil {
		return Signing{}, err
	}
	if state := view.StateAt(s.now()); state != StateSigned {
		if err := s.whyDead(ctx, r, view.Invitation, seats, session.Seat, Link{Issue: session.Issue}, nil); err != nil {
			return Signing{}, err
		}
	} else if session.ConfirmedAt.IsZero() {
		return Signing{}, refuse(Gone, "link.signed") // another browser signed; this one proved nothing
	}
	d, err := r.Declaration(ctx, view.DeclarationID, view.DeclarationVersion)
	if err != nil {
		return Signing{}, err
	}
	p := Signing{Session: session, Seat: session.Seat, Seats: seats, Invitation: view.Invitation, Organisation: view.Organisation, Pole: view.Pole, Declaration: d, Number: view.Number}
	if view.State == StateSigned {
		if err := s.addAct(ctx, r, &p); err != nil {
			return Signing{}, err
		}
	}
	if view.Renews != "" {
		if err := s.addFormer(ctx, r, &p); err != nil {
			return Signing{}, err
		}
	}
	p.fill()
	return p, nil
}

// addFormer reads the text that was signed before, if it was another and was
// signed here: paper keeps no text.
func (s *Service) addFormer(ctx context.Context, r Reader, p *Signing) error {
	c, err := r.Commitment(ctx, p.Invitation.Renews)
	if err != nil || c.Version == p.Declaration.Version {
		return err
	}
	p.Former, err = r.Declaration(ctx, c.DeclarationID, c.Version)
	if IsKind(err, NotFound) {
		return nil
	}
	return err
}

// addAct reads what was signed.
func (s *Service) addAct(ctx context.Context, r Reader, p *Signing) (err error) {
	if p.Signature, err = r.SignatureOfInvitation(ctx, p.Invitation.ID); err != nil {
		return err
	}
	c, err := r.CommitmentByNumber(ctx, p.Number)
	p.Embargo = c.EmbargoAt(s.now())
	return err
}

// fill computes what follows from the records.
func (p *Signing) fill() {
	det := p.Invitation.Details
	p.Text = Filled(p.Declaration.TextFR, French, det.Organisation, det.Signatory, det.Second.Signatory, det.Resolution)
	p.Translation = Filled(p.Declaration.TextEN, English, det.Organisation, det.Signatory, det.Second.Signatory, det.Resolution)
	p.Consent = strings.ReplaceAll(consentFR, placeOrganisationFR, det.Organisation)
	if p.Seat == SeatPole {
		p.Consent = strings.ReplaceAll(consentPoleFR, placePole, p.Pole.Name)
	}
	p.ReviewSHA256 = p.digest()
	p.Step = p.step()
}

// step is the first one of this browser's seat that is not passed.
func (p *Signing) step() SigningStep {
	det, seat := p.Invitation.Details, p.Record()
	switch {
	case p.Signature.ID != "":
		return StepDone
	case !seat.Act.IsZero():
		return StepOthers
	case p.Seat == SeatFirst && !det.Read, p.Seat != SeatFirst && !seat.Read:
		return StepRead
	case p.Seat == SeatFirst && !det.Named:
		return StepOrganisation
	case p.Seat == SeatFirst && !det.Authorised:
		return StepResolution
	case p.Session.ConfirmedAt.IsZero():
		return StepVerification
	}
	return StepSign
}

// Record is how far this browser's seat has come.
func (p *Signing) Record() SeatRecord { return seatRecords(p.Seats).at(p.Invitation, p.Seat) }

// Signatory is who signs in this browser.
func (p *Signing) Signatory() Signatory { return p.Invitation.Details.signatory(p.Seat) }

// Mailbox is where the code of this browser goes.
func (p *Signing) Mailbox() string { return p.Invitation.mailbox(p.Seat) }

// Path lists the steps of this browser's seat before the end, in order.
func (p *Signing) Path() []SigningStep {
	if p.Seat == SeatFirst {
		return SigningSteps
	}
	return cosigningSteps
}

// consentFR and consentPoleFR are the wordings beside the button. They are stored
// with each signature.
const consentFR = "En cliquant sur «\u00a0Signer\u00a0», je confirme avoir lu la déclaration, avoir l’autorisation de la signer au nom de {organisation}, et vouloir que ce geste tienne lieu de signature."

const (
	placePole     = "{pôle}"
	consentPoleFR = "En cliquant sur «\u00a0Contresigner\u00a0», je confirme avoir lu la déclaration, avoir l’autorisation de la contresigner au nom de {pôle}, et vouloir que ce geste tienne lieu de signature."
)

// digest covers everything that is sealed and was shown before signing.
func (p *Signing) digest() string {
	det, o := p.Invitation.Details, p.Organisation
	return TextSHA256(string(shown(p.Declaration, Snapshot{Name: det.Organisation, Kind: o.Kind, MunicipalityCode: o.MunicipalityCode,
		MRCCode: o.MRCCode, RegionCode: o.RegionCode}, det.Signatory, det.Resolution, p.Consent, det.beside())))
}

// shown is what a person reviews before signing, as it is hashed: a JSON array
// whose order never changes.
func shown(d Declaration, o Snapshot, who Signatory, r Resolution, consent string, beside []cosigned) []byte {
	text := Filled(d.TextFR, French, o.Name, who, secondOf(beside), r)
	items := []any{d.ID, d.Version, d.SHA256FR, text, o.Name, who, r, consent, o.Kind, o.MunicipalityCode, o.MRCCode, o.RegionCode}
	if len(beside) > 0 {
		items = append(items, beside)
	}
	list, _ := json.Marshal(items) // strings always encode
	return list
}

// require refuses a step whose former ones are not passed, with Conflict (key
// "step.order"), and any step once signed (key "step.signed").
func (p *Signing) require(step SigningStep) error {
	if p.Step == StepDone {
		return refuse(Conflict, "step.signed")
	}
	order := &Error{Kind: Conflict, Key: "step.order", Args: map[string]string{"step": string(p.Step)}}
	if p.Step == StepOthers && !p.MayAnswer(step) {
		return order
	}
	for _, earlier := range p.Path() {
		if earlier == step {
			return nil
		}
		if earlier == p.Step {
			return order
		}
	}
	return order // not a step of this person's
}

// requireContact refuses whoever signs beside the contact, with Conflict (key
// "cosign.not-yours"): what becomes of the invitation is not theirs to say.
func (p *Signing) requireContact() error {
	if p.Seat != SeatFirst {
		return refuse(Conflict, "cosign.not-yours")
	}
	return p.require(StepRead)
}

// MayAnswer tells whether the answers of a step may be changed while others have
// still to sign. What was signed is void then.
func (p *Signing) MayAnswer(step SigningStep) bool {
	return p.Seat == SeatFirst && (step == StepOrganisation || step == StepResolution)
}

// OrganisationForm is what the organisation page asks. Second is read only when
// somebody signs beside.
type OrganisationForm struct {
	Organisation string
	Name         string
	Function     string
	Beside       bool
	Second       Cosignatory
}

// ResolutionForm is what the resolution page asks. Needed tells whether a
// resolution authorises the signature; the rest is read only then.
type ResolutionForm struct {
	Needed bool
	Number string
	Date   string // YYYY-MM-DD
	Body   string
	// Sitting is which meeting of the body; it may be empty.
	Sitting string
	Extract ExtractForm
}

// MarkRead records that the person has read the declaration and goes on.
func (s *Service) MarkRead(ctx context.Context, secret string) error {
	return s.atStep(ctx, secret, StepRead, func(tx Tx, p Signing) error {
		if p.Seat == SeatFirst {
			return s.writeDetails(ctx, tx, p, StepRead, func(d *Details) error { d.Read = true; return nil })
		}
		record := p.Record()
		record.Read = true
		if err := tx.SetSeat(ctx, record); err != nil {
			return err
		}
		return tx.MoveInvitation(ctx, p.Invitation, p.Invitation)
	})
}

// SaveOrganisation keeps who signs for whom. Invalid names the fields
// "organisation", "name", "function", and those of the second signatory:
// "second-name", "second-function", "second-email".
func (s *Service) SaveOrganisation(ctx context.Context, secret string, form OrganisationForm) error {
	var f fields
	var problem *FieldError
	form.Organisation, problem = CleanName(form.Organisation, MaxName)
	f.check("organisation", problem)
	form.Name, problem = CleanName(form.Name, MaxName)
	f.check("name", problem)
	form.Function, problem = CleanName(form.Function, MaxFunction)
	f.check("function", problem)
	if !form.Beside {
		form.Second = Cosignatory{}
	} else {
		cleanCosignatory(&form.Second, &f, "second-name", "second-function", "second-email")
	}
	return s.atStep(ctx, secret, StepOrganisation, func(tx Tx, p Signing) error {
		f := slices.Clone(f)
		if form.Beside && form.Second.Email == p.Invitation.Contact.Email {
			f.add("second-email", "cosign.same-mailbox")
		}
		return s.writeDetails(ctx, tx, p, StepOrganisation, func(d *Details) error {
			d.Second = form.Second
			d.Organisation, d.Named = form.Organisation, true
			d.Signatory = Signatory{Name: form.Name, Function: form.Function}
			return f.err()
		})
	})
}

// SaveResolution keeps how the signature is authorised. Invalid names the
// fields "number", "date", "body", "sitting", "extract".
func (s *Service) SaveResolution(ctx context.Context, secret string, form ResolutionForm) error {
	r, sent, problem := s.cleanResolution(form)
	return s.atStep(ctx, secret, StepResolution, func(tx Tx, p Signing) error {
		if problem != nil {
			return problem
		}
		return s.saveResolution(ctx, tx, p, r, form.Extract, sent)
	})
}

func (s *Service) cleanResolution(form ResolutionForm) (Resolution, Extract, error) {
	if !form.Needed {
		return Resolution{}, Extract{}, nil
	}
	var f fields
	var r Resolution
	var problem *FieldError
	r.Number, problem = CleanLine(form.Number, MaxNumber)
	f.check("number", problem)
	if problem == nil && r.Number == "" {
		f.add("number", "text.empty")
	}
	r.Date = strings.TrimSpace(form.Date)
	if key := s.civilDate(r.Date); key != "" {
		f.add("date", key)
	}
	r.Body, problem = CleanName(form.Body, MaxName)
	f.check("body", problem)
	r.Sitting, problem = CleanLine(form.Sitting, MaxSitting)
	f.check("sitting", problem)
	sent, problem := s.cleanExtract(form.Extract)
	f.check("extract", problem)
	return r, sent, f.err()
}

// civilDate gives the message key of what is wrong with a past date.
func (s *Service) civilDate(date string) string {
	t, err := time.Parse(time.DateOnly, date)
	switch {
	case err != nil || t.Year() < 1990:
		return "date.invalid"
	case date > CivilDate(s.now()):
		return "date.future"
	}
	return ""
}

// atStep acts for the browser of a session that has got as far as a step.
func (s *Service) atStep(ctx context.Context, secret string, step SigningStep, act func(Tx, Signing) error) error {
	return retryMoved(func() error {
		return s.Store.Update(ctx, func(tx Tx) error {
			p, err := s.signingFrom(ctx, tx, secret)
			if err != nil {
				return err
			}
			if err := p.require(step); err != nil {
				return err
			}
			return act(tx, p)
		})
	})
}

func (s *Service) writeDetails(ctx context.Context, tx Tx, p Signing, step SigningStep, edit func(*Details) error) error {
	inv := p.Invitation
	if err := edit(&inv.Details); err != nil {
		return err
	}
	if inv.Details.complete() {
		if err := s.mustGo(&inv, ActionComplete, PartySignatory); err != nil {
			return err
		}
	}
	if inv == p.Invitation {
		return nil
	}
	if err := s.startAgain(ctx, tx, inv); err != nil {
		return err
	}
	e := s.event("details.saved", actorSignatory, inv.PoleSlug, inv.ID)
	e.Data["step"] = string(step)
	tx.Record(e)
	return tx.MoveInvitation(ctx, p.Invitation, inv)
}
