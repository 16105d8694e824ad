package workflow

import (
	"context"
	"fmt"
	"strings"
	"time"

	"jachete/workflow/journal"
)

// DeclarationShelf is what a member of staff sees of the declarations.
type DeclarationShelf struct {
	Published []Declaration      // last first: everybody's, and the variants of the person's pôles
	Drafts    []DeclarationDraft // those the person may write, changed last first
}

// DraftForm is the text of a draft as it was typed.
type DraftForm struct {
	Number, TitleFR, TitleEN, BodyFR, BodyEN string
	Revision                                 int // that was read
}

// permitText refuses whoever may not write a text: administrators write
// everybody's, agents the variant of their pôle.
func (a Actor) permitText(pole string) error {
	if pole == "" {
		return a.Permit(PermitManage, "")
	}
	return a.Permit(PermitWrite, pole)
}

// DeclarationShelf lists the declarations.
func (s *Service) DeclarationShelf(ctx context.Context, a Actor) (shelf DeclarationShelf, err error) {
	if err := a.Permit(PermitRead, ""); err != nil {
		return shelf, err
	}
	published, err := s.Store.Declarations(ctx, DeclarationID)
	if err != nil {
		return shelf, err
	}
	for _, d := range published {
		if d.PoleSlug == "" || a.Permit(PermitRead, d.PoleSlug) == nil {
			shelf.Published = append(shelf.Published, d)
		}
	}
	drafts, err := s.Store.DeclarationDrafts(ctx, DeclarationID)
	for _, d := range drafts {
		if a.permitText(d.PoleSlug) == nil {
			shelf.Drafts = append(shelf.Drafts, d)
		}
	}
	return shelf, err
}

// StartDraft begins a version with the text in force: everybody's when pole is
// empty, that pôle's variant otherwise. It gives the draft's id.
func (s *Service) StartDraft(ctx context.Context, a Actor, pole string) (string, error) {
	if err := a.permitText(pole); err != nil {
		return "", err
	}
	d := DeclarationDraft{ID: newID(), DeclarationID: DeclarationID, PoleSlug: pole, Revision: 1,
		CreatedBy: a.name(), CreatedAt: s.now(), ChangedAt: s.now()}
	return d.ID, s.Store.Update(ctx, func(tx Tx) error {
		if pole != "" {
			if _, err := tx.Pole(ctx, pole); err != nil {
				return unknownPole(err)
			}
		}
		from, err := tx.CurrentDeclaration(ctx, DeclarationID, pole, s.now())
		if err != nil {
			return err
		}
		d.TitleFR, d.TitleEN, d.BodyFR, d.BodyEN = from.TitleFR, from.TitleEN, bodyOf(from.TextFR), bodyOf(from.TextEN)
		if d.Number, err = s.nextNumber(ctx, tx, pole); err != nil {
			return err
		}
		tx.Record(s.draftEvent("draft.started", a, d))
		return tx.AddDeclarationDraft(ctx, d)
	})
}

// nextNumber proposes the number after the highest one.
func (s *Service) nextNumber(ctx context.Context, r Reader, pole string) (string, error) {
	published, err := r.Declarations(ctx, DeclarationID)
	major, minor := 1, 0
	for _, d := range published {
		var m, n int
		number, _, _ := strings.Cut(d.Version, "-")
		if _, err := fmt.Sscanf(number, "%d.%d", &m, &n); err == nil && (d.PoleSlug == "" || d.PoleSlug == pole) &&
			(m > major || m == major && n > minor) {
			major, minor = m, n
		}
	}
	return fmt.Sprintf("%d.%d", major, minor+1), err
}

func (s *Service) draftEvent(what string, a Actor, d DeclarationDraft) journal.Event {
	e := s.event(what, a, d.PoleSlug, "declaration:"+d.DeclarationID+":"+d.ID)
	e.Data["version"] = d.Version()
	return e
}

// permittedDraft reads a draft the actor may write. Any other is unknown.
func (s *Service) permittedDraft(ctx context.Context, r Reader, a Actor, id string) (DeclarationDraft, error) {
	if err := a.Permit(PermitWrite, ""); err != nil {
		return DeclarationDraft{}, err
	}
	d, err := r.DeclarationDraft(ctx, id)
	if IsKind(err, NotFound) || err == nil && a.permitText(d.PoleSlug) != nil {
		return DeclarationDraft{}, notFound()
	}
	return d, err
}

// DeclarationDraft gives a draft the actor may write. NotFound otherwise.
func (s *Service) DeclarationDraft(ctx context.Context, a Actor, id string) (DeclarationDraft, error) {
	return s.permittedDraft(ctx, s.Store, a, id)
}

// SaveDraft keeps a text in the making. Invalid names the fields that hold
// what no certificate prints, or too much of it: "version", "titlefr",
// "titleen", "textfr", "texten". Conflict with KeyDraftMoved when it has
// changed since it was read, with "draft.planned" once its date is set.
func (s *Service) SaveDraft(ctx context.Context, a Actor, id string, form DraftForm) error {
	return s.editDraft(ctx, a, id, form.Revision, "draft.saved", func(d *DeclarationDraft) error {
		if d.Planned() {
			return refuse(Conflict, "draft.planned")
		}
		return form.into(d)
	})
}

// into tidies what was typed and puts it into the draft.
func (form DraftForm) into(d *DeclarationDraft) error {
	var f fields
	var problem *FieldError
	d.Number, problem = CleanLine(form.Number, MaxNumber)
	f.check("version", problem)
	d.TitleFR, problem = CleanLine(form.TitleFR, MaxName)
	f.check("titlefr", problem)
	d.BodyFR, problem = CleanText(form.BodyFR, MaxDeclaration)
	f.check("textfr", problem)
	d.TitleEN, problem = CleanLine(form.TitleEN, MaxName)
	f.check("titleen", problem)
	d.BodyEN, problem = CleanText(form.BodyEN, MaxDeclaration)
	f.check("texten", problem)
	return f.err()
}

// editDraft changes a draft in one transaction, if its revision is still the
// one that was read.
func (s *Service) editDraft(ctx context.Context, a Actor, id string, revision int, what string, edit func(*DeclarationDraft) error) error {
	return s.Store.Update(ctx, func(tx Tx) error {
		d, err := s.permittedDraft(ctx, tx, a, id)
		if err != nil {
			return err
		}
		if d.Revision != revision {
			return refuse(Conflict, KeyDraftMoved)
		}
		if err := edit(&d); err != nil {
			return err
		}
		d.ChangedAt = s.now()
		tx.Record(s.draftEvent(what, a, d))
		return tx.SetDeclarationDraft(ctx, d)
	})
}

// WithdrawDraft takes back the date of publication, before it has come. The
// text may be changed again. Conflict with KeyDraftMoved.
func (s *Service) WithdrawDraft(ctx context.Context, a Actor, id string, revision int) error {
	return s.editDraft(ctx, a, id, revision, "draft.withdrawn", func(d *DeclarationDraft) error {
		d.PublishAt = time.Time{}
		return nil
	})
}

// DropDraft throws a draft away. Conflict with KeyDraftMoved.
func (s *Service) DropDraft(ctx context.Context, a Actor, id string, revision int) error {
	return s.Store.Update(ctx, func(tx Tx) error {
		d, err := s.permittedDraft(ctx, tx, a, id)
		if err != nil {
			return err
		}
		d.Revision = revision
		tx.Record(s.draftEvent("draft.dropped", a, d))
		return tx.DropDeclarationDraft(ctx, d)
	})
}
