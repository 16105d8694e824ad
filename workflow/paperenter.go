package workflow

import (
	"context"

	"jachete/workflow/journal"
	"jachete/workflow/territory"
)

// KeyPaperExists is the key of a Conflict: the organisation is in the register,
// on paper.
const KeyPaperExists = "paper.exists"

// KeyPaperSigned is the key of a Conflict: it is there electronically.
const KeyPaperSigned = "paper.electronic"

// KeyPaperWithdrawn is the key of a Conflict: the entry does not stand any more.
const KeyPaperWithdrawn = "paper.withdrawn"

// KeyScanExists is the key of a Conflict: a scan is there, and is written once.
const KeyScanExists = "scan.exists"

// PaperRequest is the form of a signatory who signed on paper.
type PaperRequest struct {
	Pole         string
	Organisation string
	Kind         OrganisationKind
	Place        territory.Place
	NEQ          string
	Signed       string // as ParsePaperDate reads it; one of both dates is needed
	Announced    string
	Signatory    Signatory
	Resolution   string // number
	Source       string
	Scan         ScanRequest // without content when there is none
	Corrects     string      // id of the entry that this one takes the place of, or empty
}

// paperFacts is a clean request.
type paperFacts struct {
	organisation      Organisation // without id and slug
	signed, announced PaperDate
	signatory         Signatory
	resolution        string
	source            string
	batch             string
}

// EnterPaper puts who signed on paper into the register, public at once.
// Invalid names every field to correct; Conflict (KeyPaperExists,
// KeyPaperSigned) when the organisation is in the register, and
// (KeyPaperWithdrawn) when what it corrects does not stand any more.
func (s *Service) EnterPaper(ctx context.Context, a Actor, r PaperRequest) (Paper, error) {
	if err := a.Permit(PermitWrite, r.Pole); err != nil {
		return Paper{}, err
	}
	pole, err := s.Store.Pole(ctx, r.Pole)
	if err != nil {
		return Paper{}, unknownPoleField(err)
	}
	facts, err := s.cleanPaper(r)
	scan, wrong := s.cleanScan(a, r.Scan)
	if err = together(err, wrong); err != nil {
		return Paper{}, err
	}
	var p Paper
	for range chunkTries {
		err = s.Store.Update(ctx, func(tx Tx) error {
			p, err = s.enterPaper(ctx, tx, a, pole, facts, r.Corrects)
			if err != nil || scan.IsZero() {
				return err
			}
			p.Scan = scan
			return s.attach(ctx, tx, a, p.Commitment, scan)
		})
		if KeyOf(err) != "organisation.exists" { // somebody added it in between
			break
		}
	}
	return p, err
}

func unknownPoleField(err error) error {
	if IsKind(err, NotFound) {
		return &Error{Kind: Invalid, Key: "error.invalid", Fields: []FieldError{{Field: "pole", Key: "pole.unknown"}}}
	}
	return err
}

func (s *Service) enterPaper(ctx context.Context, tx Tx, a Actor, pole Pole, f paperFacts, corrects string) (Paper, error) {
	if corrects != "" {
		if err := s.makeRoom(ctx, tx, a, pole, corrects); err != nil {
			return Paper{}, err
		}
	}
	org, err := s.ensureOrganisation(ctx, tx, f.organisation)
	if err != nil {
		return Paper{}, err
	}
	if err := s.refuseSignedTwice(ctx, tx, pole, org); err != nil {
		return Paper{}, err
	}
	p, err := s.paperOf(a, pole, org, f)
	if err != nil {
		return Paper{}, err
	}
	p.Commitment.Replaces = corrects
	tx.Record(s.paperEvent(a, p))
	return p, tx.AddPapers(ctx, []Paper{p})
}

// makeRoom withdraws the entry that a correction takes the place of.
func (s *Service) makeRoom(ctx context.Context, tx Tx, a Actor, pole Pole, id string) error {
	was, err := s.permittedPaper(ctx, tx, a, PermitWrite, id)
	switch {
	case err != nil:
		return err
	case was.Commitment.PoleSlug != pole.Slug:
		return notFound()
	case was.Commitment.Status != CommitmentActive:
		return refuse(Conflict, KeyPaperWithdrawn)
	}
	return s.withdraw(ctx, tx, a, was, "")
}

// refuseSignedTwice holds an organisation to one living commitment. The lock
// makes two entries at once take turns.
func (s *Service) refuseSignedTwice(ctx context.Context, tx Tx, pole Pole, org Organisation) error {
	ids := []string{org.ID}
	if err := tx.HoldOrganisation(ctx, org.ID); err != nil {
		return err
	}
	for _, c := range []struct {
		mode Mode
		key  string
	}{{ModeElectronic, KeyPaperSigned}, {ModePaper, KeyPaperExists}} {
		there, err := tx.CommittedAmong(ctx, pole.Slug, ids, c.mode, s.now())
		if err != nil {
			return err
		}
		if len(there) > 0 {
			return refuse(Conflict, c.key)
		}
	}
	return nil
}

// paperOf drafts an entry, with a number by which anybody may check it. No
// embargo applies: what was signed on paper is known already.
func (s *Service) paperOf(a Actor, pole Pole, org Organisation, f paperFacts) (Paper, error) {
	now := s.now()
	number, err := NewNumber(s.random, now.In(Zone).Year())
	return Paper{
		Commitment: Commitment{ID: newID(), Number: number, Slug: org.Slug, OrganisationID: org.ID, PoleSlug: pole.Slug, Mode: ModePaper, Status: CommitmentActive,
			Organisation: s.snapshot(org, f.organisation.Name), SignedOn: f.signed.String(), Announced: f.announced.String(),
			PublishedAt: now, ResolutionNumber: f.resolution},
		Signatory: f.signatory, Source: f.source, Batch: f.batch, EnteredBy: a.name(), EnteredAt: now,
	}, err
}

// paperEvent tells the journal of an entry: what is public as it is, what a
// person could be known by under a salt.
func (s *Service) paperEvent(a Actor, p Paper) journal.Event {
	c := p.Commitment
	e := s.event("paper.entered", a, c.PoleSlug, c.record())
	if p.Batch != "" {
		e.Type = "paper.imported"
	}
	e.Data["organisation"], e.Data["slug"], e.Data["mode"] = c.OrganisationID, c.Slug, string(c.Mode)
	for name, value := range map[string]string{"number": c.Number, "signed_on": c.SignedOn, "announced": c.Announced, "resolution": c.ResolutionNumber,
		"corrects": c.Replaces, "batch": p.Batch} {
		if value != "" {
			e.Data[name] = value
		}
	}
	e.Personal = map[string]string{"source": p.Source}
	if p.Signatory.Name != "" {
		e.Personal["name"] = p.Signatory.Name
	}
	if p.Signatory.Function != "" {
		e.Personal["function"] = p.Signatory.Function
	}
	return e
}
