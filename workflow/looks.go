package workflow

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"jachete/workflow/journal"
)

// lookEvery is the least time between two entries about the same page read by
// the same person.
const lookEvery = time.Hour

// The looks at the evidence of a signature, as the journal names them.
const (
	lookEvidence = "evidence.made"          // the evidence file was taken out
	lookPage     = "evidence.viewed"        // the page of the signed invitation was read
	lookFile     = "certificate.downloaded" // by staff or the operator
	lookCopy     = "certificate.printed"    // among the copies of a campaign
	lookList     = "list.exported"          // a list of invitations that may hold this one
)

// Look is one time that somebody looked at the evidence of a signature, as the
// person who signed may know it: when, what and in what capacity, not who.
type Look struct {
	At   time.Time
	What string // type of the entry in the journal
	By   ActorKind
	Role Role // of a member of staff; empty in older entries
}

// evidenceRecord names the looks at a certificate's evidence in the journal.
// They stand beside the record of the signature and are no part of it, so that
// looking does not change what one looks at.
func evidenceRecord(number string) string { return "evidence:" + number }

// look is the event of somebody looking at the evidence of a certificate.
func (s *Service) look(a Actor, pole, number, seen string) journal.Event {
	e := s.event(seen, a, pole, evidenceRecord(number))
	e.Data["number"] = number
	if a.Kind == ActorStaff {
		e.Data["role"] = string(a.Staff.Role)
	}
	return e
}

// noteLooks journals that somebody looked, before anything is shown.
func (s *Service) noteLooks(ctx context.Context, a Actor, pole, what string, numbers ...string) error {
	return s.Store.Update(ctx, func(tx Tx) error {
		for _, number := range numbers {
			tx.Record(s.look(a, pole, number, what))
		}
		return nil
	})
}

// notePageRead journals that a member of staff read the page of a signed
// invitation, once in a while: it is opened many times in a row.
func (s *Service) notePageRead(ctx context.Context, a Actor, v InvitationView) error {
	if a.Kind != ActorStaff || v.Number == "" {
		return nil
	}
	return s.Store.Update(ctx, func(tx Tx) error {
		first, err := tx.Take(ctx, "look:"+a.Staff.ID+":"+v.Number, 1, lookEvery, s.now())
		if err == nil && first {
			tx.Record(s.look(a, v.PoleSlug, v.Number, lookPage))
		}
		return err
	})
}

// looks reads who looked, latest first: at this record, and at lists of its
// pôle since it was signed.
func (s *Service) looks(ctx context.Context, sig Signature, number string) (list []Look, err error) {
	own, err := s.Store.JournalOf(ctx, evidenceRecord(number))
	if err != nil {
		return nil, err
	}
	lists, err := s.Store.JournalOf(ctx, "list:invitations")
	if err != nil {
		return nil, err
	}
	for _, e := range lists {
		if (e.Pole == "" || e.Pole == sig.PoleSlug) && !e.At.Before(sig.SignedAt.Truncate(time.Millisecond)) {
			own = append(own, e)
		}
	}
	for _, e := range own {
		list = append(list, lookOf(e))
	}
	slices.SortStableFunc(list, func(a, b Look) int { return b.At.Compare(a.At) })
	return list, nil
}

func lookOf(e journal.Entry) Look {
	var body struct {
		Actor struct{ Kind ActorKind }
	}
	_ = json.Unmarshal([]byte(e.Body), &body) // the journal writes it; without it, nobody in particular looked
	return Look{At: e.At, What: e.Type, By: body.Actor.Kind, Role: Role(e.Data()["role"])}
}
