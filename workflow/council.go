package workflow

import (
	"context"
	"strings"
	"time"
)

const (
	// graceAfterMeeting is how long the link opens after the meeting that is
	// waited for: minutes have to be written, and a council that puts the matter
	// off meets again a month later.
	graceAfterMeeting = 45 * 24 * time.Hour
	// meetingWithin bounds how far ahead a meeting may be.
	meetingWithin = 400 * 24 * time.Hour
)

// MeetingForm is which council has to decide first, and on what day.
type MeetingForm struct {
	Date string // YYYY-MM-DD
	Body string
}

// AwaitResolution keeps that a council has to decide before anybody signs. The
// invitation waits for the meeting: its link opens until some weeks after it,
// and no reminder comes before. Invalid names the fields "meeting" and
// "council"; other errors as Signing.
func (s *Service) AwaitResolution(ctx context.Context, secret string, form MeetingForm) error {
	form, problem := s.cleanMeeting(form)
	return s.atStep(ctx, secret, StepResolution, func(tx Tx, p Signing) error {
		if problem != nil {
			return problem
		}
		return s.await(ctx, tx, p.Invitation, form)
	})
}

func (s *Service) cleanMeeting(form MeetingForm) (MeetingForm, error) {
	var f fields
	form.Date = strings.TrimSpace(form.Date)
	day, err := time.ParseInLocation(time.DateOnly, form.Date, Zone)
	switch now := s.now(); {
	case err != nil:
		f.add("meeting", "date.invalid")
	case form.Date < CivilDate(now):
		f.add("meeting", "meeting.past")
	case day.After(now.Add(meetingWithin)):
		f.add("meeting", "meeting.far")
	}
	var problem *FieldError
	form.Body, problem = CleanName(form.Body, MaxName)
	f.check("council", problem)
	return form, f.err()
}

// await moves the invitation, whose meeting is well formed.
func (s *Service) await(ctx context.Context, tx Tx, was Invitation, m MeetingForm) error {
	inv := was
	if err := s.mustGo(&inv, ActionAwait, PartySignatory); err != nil {
		return err
	}
	inv.MeetingOn, inv.Details.Council = m.Date, m.Body
	inv.Details.Authorised, inv.Details.Resolution = false, Resolution{}
	day, err := time.ParseInLocation(time.DateOnly, m.Date, Zone)
	if err != nil {
		return err
	}
	if until := day.Add(graceAfterMeeting); until.After(inv.ExpiresAt) {
		inv.ExpiresAt = until
	}
	if end := inv.CreatedAt.Add(linkLife); inv.ExpiresAt.After(end) {
		inv.ExpiresAt = end
	}
	if err := s.planAgain(ctx, tx, &inv); err != nil {
		return err
	}
	if inv == was {
		return nil
	}
	if err := s.startAgain(ctx, tx, inv); err != nil {
		return err
	}
	e := s.event("invitation.await", actorSignatory, inv.PoleSlug, inv.ID)
	e.Data["meeting"], e.Data["until"] = inv.MeetingOn, UTCStamp(inv.ExpiresAt)
	tx.Record(e)
	if err := tx.MoveInvitation(ctx, was, inv); err != nil {
		return err
	}
	return s.settleExtract(ctx, tx, was, "")
}
