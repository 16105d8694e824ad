package workflow

import (
	"context"
	"strconv"
	"strings"

	"jachete/workflow/journal"
)

// ExportInvitations gives every invitation the actor may read that matches, in
// the order of the filter, and journals that somebody took them out, in what
// format and how many. Nothing may leave the service before it returns nil. The
// addresses of people are masked for those who only read. NotFound when the
// pôle is unknown or another's.
func (s *Service) ExportInvitations(ctx context.Context, a Actor, f InvitationFilter, format string, do func(InvitationView) error) error {
	if err := s.MayExport(ctx, a, f.Pole); err != nil {
		return err
	}
	now, rows, masked := s.now(), 0, a.Permit(PermitWrite, "") != nil
	f.Poles, f.Query, f.At = a.Poles(), clip(f.Query), now
	err := s.Store.EachInvitation(ctx, f, func(v InvitationView) error {
		rows++
		v.State = v.StateAt(now)
		if masked && !v.Forgotten() {
			v.Contact.Email = MaskEmail(v.Contact.Email)
		}
		return do(v)
	})
	if err != nil {
		return err
	}
	e := s.exported(a, f.Pole, "invitations", format, rows)
	note(e, "state", string(f.State))
	note(e, "campaign", f.Campaign)
	noteQuery(&e, f.Query)
	noteDays(e, f)
	return s.Store.Update(ctx, func(tx Tx) error { tx.Record(e); return nil })
}

// ExportRegister gives every line of the register of the actor's pôles that
// matches, with those that are not public if f.Hidden; as ExportInvitations
// otherwise.
func (s *Service) ExportRegister(ctx context.Context, a Actor, f RegisterFilter, format string, do func(Commitment) error) error {
	if err := s.MayExport(ctx, a, f.Pole); err != nil {
		return err
	}
	rows, asked := 0, f.Query
	f.Poles, f.Query = a.Poles(), Fold(clip(asked))
	if f.Query != "" || strings.TrimSpace(asked) == "" { // else nothing is as that
		err := s.Store.EachCommitment(ctx, f, s.now(), func(c Commitment) error { rows++; return do(c) })
		if err != nil {
			return err
		}
	}
	e := s.exported(a, f.Pole, "signatories", format, rows)
	note(e, "region", f.Region)
	note(e, "mrc", f.MRC)
	note(e, "kind", string(f.Kind))
	note(e, "mode", string(f.Mode))
	if f.Year != 0 {
		note(e, "year", strconv.Itoa(f.Year))
	}
	noteQuery(&e, clip(asked))
	return s.Store.Update(ctx, func(tx Tx) error { tx.Record(e); return nil })
}

// MayExport refuses a pôle that the actor does not read exactly as one that
// does not exist, also to those who read all; an empty one asks about none.
func (s *Service) MayExport(ctx context.Context, a Actor, pole string) error {
	if err := a.Permit(PermitRead, pole); err != nil || pole == "" {
		return err
	}
	_, err := s.Store.Pole(ctx, pole)
	if IsKind(err, NotFound) {
		return notFound()
	}
	return err
}

// exported is the event of a list that left the service.
func (s *Service) exported(a Actor, pole, list, format string, rows int) journal.Event {
	e := s.event("list.exported", a, pole, "list:"+list)
	e.Data["list"], e.Data["format"], e.Data["rows"] = list, format, strconv.Itoa(rows)
	return e
}

// note keeps what narrowed a list.
func note(e journal.Event, name, value string) {
	if value != "" {
		e.Data[name] = value
	}
}

// noteQuery keeps what was searched for as a personal value: it may be the
// name of somebody.
func noteQuery(e *journal.Event, query string) {
	if query != "" {
		e.Personal = map[string]string{"query": query}
	}
}

func noteDays(e journal.Event, f InvitationFilter) {
	if !f.CreatedFrom.IsZero() {
		e.Data["from"] = UTCStamp(f.CreatedFrom)
	}
	if !f.CreatedBefore.IsZero() {
		e.Data["before"] = UTCStamp(f.CreatedBefore)
	}
	if !f.EndingBefore.IsZero() {
		e.Data["ending"] = UTCStamp(f.EndingBefore)
	}
}
