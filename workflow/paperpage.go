package workflow

import (
	"context"
	"strings"

	"jachete/workflow/journal"
)

// PaperPage is an entry of the paper register with what happened to it.
type PaperPage struct {
	Paper
	Pole   Pole
	By     Staff           // who entered it; zero when that was at the command line
	Events []journal.Entry // oldest first
}

// Paper gives the page of one entry. NotFound when it is unknown, electronic or
// in another pôle.
func (s *Service) Paper(ctx context.Context, a Actor, id string) (page PaperPage, err error) {
	if page.Paper, err = s.permittedPaper(ctx, s.Store, a, PermitRead, id); err != nil {
		return PaperPage{}, err
	}
	if page.Pole, err = s.Store.Pole(ctx, page.Commitment.PoleSlug); err != nil {
		return PaperPage{}, err
	}
	if page.By, err = s.Store.Staff(ctx, page.EnteredBy); err != nil && !IsKind(err, NotFound) {
		return PaperPage{}, err
	}
	page.Events, err = s.Store.JournalOf(ctx, page.Commitment.record())
	return page, err
}

// permittedPaper reads an entry the actor may act upon.
func (s *Service) permittedPaper(ctx context.Context, r Reader, a Actor, p Permission, id string) (Paper, error) {
	if err := a.Permit(p, ""); err != nil {
		return Paper{}, err
	}
	found, err := r.Paper(ctx, id)
	if IsKind(err, NotFound) || err == nil && a.Permit(p, found.Commitment.PoleSlug) != nil {
		return Paper{}, notFound()
	}
	return found, err
}

// WithdrawPaper takes an entry made by mistake out of the register: it stays in
// the list of the staff, with the reason. Invalid names "reason"; Conflict
// (KeyPaperWithdrawn) when it does not stand any more. NotFound as for Paper.
func (s *Service) WithdrawPaper(ctx context.Context, a Actor, id, reason string) error {
	return s.Store.Update(ctx, func(tx Tx) error {
		p, err := s.permittedPaper(ctx, tx, a, PermitWrite, id)
		if err != nil {
			return err
		}
		if p.Commitment.Status == CommitmentWithdrawn {
			return refuse(Conflict, KeyPaperWithdrawn)
		}
		clean, problem := CleanText(reason, MaxMessage)
		if problem == nil && clean == "" {
			problem = &FieldError{Key: "paper.reason-missing"}
		}
		var f fields
		if f.check("reason", problem); f.err() != nil {
			return f.err()
		}
		return s.withdraw(ctx, tx, a, p, clean)
	})
}

// withdraw ends an entry; without a reason, another one corrects it.
func (s *Service) withdraw(ctx context.Context, tx Tx, a Actor, p Paper, reason string) error {
	e := s.event("paper.withdrawn", a, p.Commitment.PoleSlug, p.Commitment.record())
	if reason == "" {
		e.Type = "paper.corrected"
	} else {
		e.Personal = map[string]string{"reason": reason}
	}
	tx.Record(e)
	p.Reason, p.WithdrawnBy, p.WithdrawnAt = reason, a.name(), s.now()
	return tx.WithdrawPaper(ctx, p, CivilDate(s.now()))
}

// Signatories lists the commitments of the actor's pôles, on paper and
// electronic, by name: also those under embargo and those withdrawn.
func (s *Service) Signatories(ctx context.Context, a Actor, f RegisterFilter) (RegisterPage, error) {
	if err := a.Permit(PermitRead, f.Pole); err != nil {
		return RegisterPage{}, err
	}
	asked := f.Query
	if f.Query = Fold(clip(asked)); f.Query == "" && strings.TrimSpace(asked) != "" {
		return RegisterPage{}, nil
	}
	f.Poles, f.Hidden = a.Poles(), true
	if f.Limit <= 0 || f.Limit > maxPageSize {
		f.Limit = PageSize
	}
	return s.Store.Register(ctx, f, s.now())
}
