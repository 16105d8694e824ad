package workflow

import (
	"context"
	"encoding/json"
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
	StepDone         SigningStep = "done"
)

// SigningSteps lists the steps before the end, in order.
var SigningSteps = []SigningStep{StepRead, StepOrganisation, StepResolution, StepVerification, StepSign}

// Signing is everything the pages of the signing path show.
type Signing struct {
	Session      SigningSession
	Invitation   Invitation
	Organisation Organisation
	Pole         Pole
	Declaration  Declaration
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
	if state := view.StateAt(s.now()); state != StateSigned {
		if err := s.deadLink(view.Invitation, Link{Issue: session.Issue}, nil); err != nil {
			return Signing{}, err
		}
	} else if session.ConfirmedAt.IsZero() {
		return Signing{}, refuse(Gone, "link.signed") // another browser signed; this one proved nothing
	}
	d, err := r.Declaration(ctx, view.DeclarationID, view.DeclarationVersion)
	if err != nil {
		return Signing{}, err
	}
	p := Signing{Session: session, Invitation: view.Invitation, Organisation: view.Organisation, Pole: view.Pole, Declaration: d, Number: view.Number}
	if view.State == StateSigned {
		if err := s.addAct(ctx, r, &p); err != nil {
			return Signing{}, err
		}
	}
	p.fill()
	return p, nil
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
	p.Text = filled(p.Declaration.TextFR, French, det.Organisation, det.Signatory, det.Resolution)
	p.Translation = filled(p.Declaration.TextEN, English, det.Organisation, det.Signatory, det.Resolution)
	p.Consent = strings.ReplaceAll(consentFR, placeOrganisationFR, det.Organisation)
	p.ReviewSHA256 = p.digest()
	switch {
	case p.Signature.ID != "":
		p.Step = StepDone
	case !det.Read:
		p.Step = StepRead
	case !det.Named:
		p.Step = StepOrganisation
	case !det.Authorised:
		p.Step = StepResolution
	case p.Session.ConfirmedAt.IsZero():
		p.Step = StepVerification
	default:
		p.Step = StepSign
	}
}

// consentFR is the wording beside the button. It is stored with each signature.
const consentFR = "En cliquant sur «\u00a0Signer\u00a0», je confirme avoir lu la déclaration, avoir l’autorisation de la signer au nom de {organisation}, et vouloir que ce geste tienne lieu de signature."

// digest covers everything that is sealed and was shown before signing.
func (p *Signing) digest() string {
	det, o := p.Invitation.Details, p.Organisation
	return TextSHA256(string(shown(p.Declaration, Snapshot{Name: det.Organisation, Kind: o.Kind, MunicipalityCode: o.MunicipalityCode,
		MRCCode: o.MRCCode, RegionCode: o.RegionCode}, det.Signatory, det.Resolution, p.Consent)))
}

// shown is what a person reviews before signing, as it is hashed: a JSON array
// whose order never changes.
func shown(d Declaration, o Snapshot, who Signatory, r Resolution, consent string) []byte {
	text := filled(d.TextFR, French, o.Name, who, r)
	list, _ := json.Marshal([]any{d.ID, d.Version, d.SHA256FR, text, o.Name, who, r, consent, // strings always encode
		o.Kind, o.MunicipalityCode, o.MRCCode, o.RegionCode})
	return list
}

// require refuses a step whose former ones are not passed, with Conflict (key
// "step.order"), and any step once signed (key "step.signed").
func (p *Signing) require(step SigningStep) error {
	if p.Step == StepDone {
		return refuse(Conflict, "step.signed")
	}
	for _, earlier := range SigningSteps {
		if earlier == step {
			return nil
		}
		if earlier == p.Step {
			return &Error{Kind: Conflict, Key: "step.order", Args: map[string]string{"step": string(p.Step)}}
		}
	}
	return nil
}

// OrganisationForm is what the organisation page asks.
type OrganisationForm struct {
	Organisation string
	Name         string
	Function     string
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
	return s.change(ctx, secret, StepRead, func(d *Details) error { d.Read = true; return nil })
}

// SaveOrganisation keeps who signs for whom. Invalid names the fields
// "organisation", "name", "function".
func (s *Service) SaveOrganisation(ctx context.Context, secret string, form OrganisationForm) error {
	var f fields
	var problem *FieldError
	form.Organisation, problem = CleanName(form.Organisation, MaxName)
	f.check("organisation", problem)
	form.Name, problem = CleanName(form.Name, MaxName)
	f.check("name", problem)
	form.Function, problem = CleanName(form.Function, MaxFunction)
	f.check("function", problem)
	return s.change(ctx, secret, StepOrganisation, func(d *Details) error {
		d.Organisation, d.Named = form.Organisation, true
		d.Signatory = Signatory{Name: form.Name, Function: form.Function}
		return f.err()
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

// change edits the details in one conditional write. A colleague's change
// meanwhile is read again, never written over.
func (s *Service) change(ctx context.Context, secret string, step SigningStep, edit func(*Details) error) error {
	return s.atStep(ctx, secret, step, func(tx Tx, p Signing) error { return s.writeDetails(ctx, tx, p, step, edit) })
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
	if d := inv.Details; d.Read && d.Named && d.Authorised {
		if err := s.mustGo(&inv, ActionComplete, PartySignatory); err != nil {
			return err
		}
	}
	if inv == p.Invitation {
		return nil
	}
	e := s.event("details.saved", actorSignatory, inv.PoleSlug, inv.ID)
	e.Data["step"] = string(step)
	tx.Record(e)
	return tx.MoveInvitation(ctx, p.Invitation, inv)
}
