package workflow

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// maxPlanned bounds how far ahead a publication may be planned.
const maxPlanned = 366 * 24 * time.Hour

// CheckDraft says what keeps a draft from being published. Invalid on
// "version", "titlefr", "textfr", "titleen", "texten".
func (s *Service) CheckDraft(ctx context.Context, a Actor, id string) error {
	d, err := s.permittedDraft(ctx, s.Store, a, id)
	if err != nil {
		return err
	}
	return s.checkDraft(ctx, s.Store, d)
}

func (s *Service) checkDraft(ctx context.Context, r Reader, d DeclarationDraft) error {
	var f fields
	if !versionNumber.MatchString(d.Number) {
		f.add("version", "version.invalid")
	} else if _, err := r.Declaration(ctx, d.DeclarationID, d.Version()); err == nil {
		f.add("version", "version.taken")
	} else if !IsKind(err, NotFound) {
		return err
	}
	f.check("titlefr", checkTitle(d.TitleFR))
	f.check("textfr", CheckDeclarationText(French, d.BodyFR))
	f.check("titleen", checkTitle(d.TitleEN))
	f.check("texten", CheckDeclarationText(English, d.BodyEN))
	return f.err()
}

// checkTitle wants one line that Markdown takes for a heading and for nothing
// else.
func checkTitle(title string) *FieldError {
	_, problem := CleanName(title, MaxName)
	if problem == nil && (strings.ContainsAny(title, "*#[]{}") || spanFault(title) != "") {
		problem = &FieldError{Key: "markdown.title"}
	}
	return problem
}

// PublishDraft publishes a draft, for good: at once when on (YYYY-MM-DD) is
// empty or today, else at the first minute of that day in Québec; it tells
// when. Invalid as CheckDraft, and on "publish"; Conflict with KeyDraftMoved.
func (s *Service) PublishDraft(ctx context.Context, a Actor, id string, revision int, on string) (time.Time, error) {
	d, err := s.permittedDraft(ctx, s.Store, a, id)
	if err != nil {
		return time.Time{}, err
	}
	var f fields
	at, problem := s.publicationTime(on)
	f.check("publish", problem)
	if err := f.err(); err != nil {
		return at, err
	}
	if err := s.checkDraft(ctx, s.Store, d); err != nil {
		return at, err
	}
	// Outside the transaction, which must be short: the revision ties the two.
	if _, err := s.Sealer.Draft(ctx, s.previewContent(d.Declaration()), s.now()); err != nil {
		return at, fmt.Errorf("draft %s cannot be drawn: %w", d.ID, err)
	}
	return at, s.Store.Update(ctx, func(tx Tx) error { return s.publishRevision(ctx, tx, a, id, revision, at) })
}

// publicationTime reads a civil date, or says what is wrong with it.
func (s *Service) publicationTime(on string) (at time.Time, problem *FieldError) {
	now := s.now()
	if on = strings.TrimSpace(on); on == "" || on == CivilDate(now) {
		return now, nil
	}
	at, err := time.ParseInLocation(time.DateOnly, on, Zone)
	switch {
	case err != nil:
		return at, &FieldError{Key: "date.invalid"}
	case at.Before(now):
		return at, &FieldError{Key: "publish.past"}
	case at.Sub(now) > maxPlanned:
		return at, &FieldError{Key: "publish.far"}
	}
	return at, nil
}

func (s *Service) publishRevision(ctx context.Context, tx Tx, a Actor, id string, revision int, at time.Time) error {
	d, err := s.permittedDraft(ctx, tx, a, id)
	if err != nil {
		return err
	}
	if d.Revision != revision {
		return refuse(Conflict, KeyDraftMoved)
	}
	if err := s.checkDraft(ctx, tx, d); err != nil {
		return err
	}
	if !at.After(s.now()) {
		return s.publish(ctx, tx, a, d)
	}
	d.PublishAt, d.ChangedAt = at, s.now()
	e := s.draftEvent("draft.planned", a, d)
	e.Data["on"], e.Data["sha256_fr"] = CivilDate(at), d.Declaration().SHA256FR
	tx.Record(e)
	return tx.SetDeclarationDraft(ctx, d)
}

// publish makes a version of a draft, which is gone then. It is published now,
// whatever was planned: what was invited before was invited to the text before.
func (s *Service) publish(ctx context.Context, tx Tx, a Actor, d DeclarationDraft) error {
	if err := tx.DropDeclarationDraft(ctx, d); err != nil {
		return err
	}
	version := d.Declaration()
	version.PublishedAt = s.now()
	e := s.event("declaration.published", a, d.PoleSlug, "declaration:"+version.ID+":"+version.Version)
	e.Data["sha256_fr"], e.Data["sha256_en"] = version.SHA256FR, version.SHA256EN
	tx.Record(e)
	return tx.AddDeclaration(ctx, version)
}

// publishDue publishes what was planned for a time that has come.
func (s *Service) publishDue(ctx context.Context) error {
	drafts, err := s.Store.DeclarationDrafts(ctx, DeclarationID)
	for _, d := range drafts {
		if !d.Planned() || d.PublishAt.After(s.now()) {
			continue
		}
		err := s.Store.Update(ctx, func(tx Tx) error { return s.publishPlanned(ctx, tx, d) })
		if err != nil && KeyOf(err) != KeyDraftMoved { // another instance was quicker
			return err
		}
	}
	return err
}

// publishPlanned takes the date back when the version was published otherwise
// meanwhile: its writer has to give it another number.
func (s *Service) publishPlanned(ctx context.Context, tx Tx, d DeclarationDraft) error {
	cause := s.checkDraft(ctx, tx, d)
	if cause == nil {
		return s.publish(ctx, tx, actorSystem, d)
	}
	if !IsKind(cause, Invalid) {
		return cause
	}
	s.Alarm("draft.withdrawn", d.Version(), cause)
	d.PublishAt, d.ChangedAt = time.Time{}, s.now()
	tx.Record(s.draftEvent("draft.withdrawn", actorSystem, d))
	return tx.SetDeclarationDraft(ctx, d)
}
