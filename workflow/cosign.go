package workflow

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// cosignSubject names a seat in links and codes.
func cosignSubject(invitationID string, seat Seat) string { return invitationID + ":" + string(seat) }

func readCosignSubject(subject string) (id string, seat Seat) {
	id, name, _ := strings.Cut(subject, ":")
	return id, Seat(name)
}

// certificateSubject names what the link of a certificate mail opens, for whom.
func certificateSubject(signatureID string, seat Seat) string {
	if seat == SeatSecond {
		return cosignSubject(signatureID, seat)
	}
	return signatureID
}

// askNext mails a link to everybody whose turn it is now and who has none. It
// gives the records as they are then.
func (s *Service) askNext(ctx context.Context, tx Tx, inv Invitation, seats seatRecords) (seatRecords, error) {
	for seat, who := range inv.Details.Cosignatories() {
		record := seats.at(inv, seat)
		if !seats.turn(inv, seat) || !record.AskedAt.IsZero() {
			continue
		}
		record.Issue++
		record.AskedAt = s.now()
		if err := s.mailSeat(ctx, tx, inv, record, who); err != nil {
			return nil, err
		}
		seats = seats.with(record)
	}
	return seats, nil
}

// mailSeat keeps a record whose link is new, and queues the mail of that link.
func (s *Service) mailSeat(ctx context.Context, tx Tx, inv Invitation, record SeatRecord, who Cosignatory) error {
	d := s.newDelivery(DeliveryCosign, inv, who.Email)
	if record.Seat == SeatPole {
		d.Language = French
	}
	d.Seat, d.Issue = record.Seat, record.Issue
	d.Key = fmt.Sprintf("%s:%s:%d", d.Kind, cosignSubject(inv.ID, d.Seat), d.Issue)
	e := s.event("cosign.asked", actorSystem, inv.PoleSlug, inv.ID)
	e.Data["seat"] = string(record.Seat)
	e.Personal = map[string]string{"email": who.Email, "name": who.Name}
	tx.Record(e)
	if err := tx.AddDelivery(ctx, d); err != nil {
		return err
	}
	return tx.SetSeat(ctx, record)
}

// Waiting lists the seats where nobody has signed yet, in the order of the
// certificate.
func (p *Signing) Waiting() (list []Seat) {
	for _, seat := range p.Invitation.Details.Seats() {
		if seatRecords(p.Seats).at(p.Invitation, seat).Act.IsZero() {
			list = append(list, seat)
		}
	}
	return list
}

// giveAct keeps what one person did until the others have signed, and asks those
// whose turn it is. The conditional move of the invitation lets one of those who
// sign at the same moment go first.
func (s *Service) giveAct(ctx context.Context, tx Tx, p Signing, given Act) error {
	inv := p.Invitation
	if err := s.mustGo(&inv, ActionGive, PartySignatory); err != nil {
		return err
	}
	record := p.Record()
	record.Act = given
	if err := tx.SetSeat(ctx, record); err != nil {
		return err
	}
	if _, err := s.askNext(ctx, tx, inv, seatRecords(p.Seats).with(record)); err != nil {
		return err
	}
	if p.Seat == SeatFirst {
		inv.RemindAt = time.Time{} // nothing is asked of the contact any more
	}
	e := s.event("cosign.given", actorSignatory, inv.PoleSlug, inv.ID)
	e.Data["seat"], e.Data["consent_sha256"], e.Data["review_sha256"] = string(p.Seat), TextSHA256(given.Consent), given.ReviewSHA256
	e.Personal = map[string]string{"name": given.Signatory.Name, "function": given.Signatory.Function,
		"email": given.Evidence.Email, "ip": given.Evidence.IP, "user_agent": given.Evidence.UserAgent}
	tx.Record(e)
	return tx.MoveInvitation(ctx, p.Invitation, inv)
}

// forgetPictures drops from the seats what the certificate holds once it is
// sealed.
func (s *Service) forgetPictures(ctx context.Context, tx Tx, seats []SeatRecord) error {
	for _, record := range seats {
		if len(record.Act.Drawing) == 0 && record.Act.Logo.SHA256 == "" {
			continue
		}
		record.Act.Drawing, record.Act.Logo = nil, Picture{}
		if err := tx.SetSeat(ctx, record); err != nil {
			return err
		}
	}
	return nil
}

// voidActs forgets what was signed of a declaration that is not the same any
// more, and the links that were mailed for it: nothing is sealed that somebody
// has not reviewed. It gives the records as they are then.
func (s *Service) voidActs(ctx context.Context, tx Tx, inv Invitation) (seatRecords, error) {
	seats, err := tx.Seats(ctx, inv.ID)
	if err != nil || len(seats) == 0 {
		return nil, err
	}
	if err := tx.CancelDeliveries(ctx, inv.ID, DeliveryCosign, s.now()); err != nil {
		return nil, err
	}
	var voided []string
	for i, record := range seats {
		if !record.Act.IsZero() {
			voided = append(voided, string(record.Seat))
		}
		seats[i] = SeatRecord{InvitationID: inv.ID, Seat: record.Seat, Issue: record.Issue}
		if err := tx.SetSeat(ctx, seats[i]); err != nil {
			return nil, err
		}
	}
	if len(voided) > 0 {
		e := s.event("cosign.void", actorSystem, inv.PoleSlug, inv.ID)
		e.Data["seats"] = strings.Join(voided, " ")
		tx.Record(e)
	}
	return seats, nil
}

// startAgain voids what was signed of an invitation whose answers changed, and
// asks those whose turn it is then.
func (s *Service) startAgain(ctx context.Context, tx Tx, inv Invitation) error {
	seats, err := s.voidActs(ctx, tx, inv)
	if err != nil {
		return err
	}
	_, err = s.askNext(ctx, tx, inv, seats)
	return err
}

// AskAgain mails another link to somebody who has still to sign; the one before
// dies. The browser of any other signatory of the invitation may ask. Conflict
// (key "cosign.not-waiting") when it is not that person's turn; Limited after
// three in a day.
func (s *Service) AskAgain(ctx context.Context, secret string, seat Seat) error {
	err := retryMoved(func() error {
		return s.Store.Update(ctx, func(tx Tx) error {
			p, err := s.signingFrom(ctx, tx, secret)
			if err != nil {
				return err
			}
			if seat == p.Seat {
				return refuse(Conflict, "cosign.not-waiting")
			}
			return s.askAgain(ctx, tx, p.Invitation, p.Seats, seat)
		})
	})
	if err == nil {
		s.signalMail()
	}
	return err
}

func (s *Service) askAgain(ctx context.Context, tx Tx, inv Invitation, seats seatRecords, seat Seat) error {
	who, record := inv.Details.Cosignatories()[seat], seats.at(inv, seat)
	if record.AskedAt.IsZero() || !record.Act.IsZero() || !inv.StateAt(s.now()).Open() {
		return refuse(Conflict, "cosign.not-waiting")
	}
	if err := s.take(ctx, tx, limitAskAgain, cosignSubject(inv.ID, seat)); err != nil {
		return err
	}
	record.Issue++
	record.AskedAt = s.now()
	if err := s.mailSeat(ctx, tx, inv, record, who); err != nil {
		return err
	}
	return tx.MoveInvitation(ctx, inv, inv)
}

// AskSeatAgain is AskAgain for staff.
func (s *Service) AskSeatAgain(ctx context.Context, a Actor, id string, seat Seat) error {
	err := retryMoved(func() error {
		return s.Store.Update(ctx, func(tx Tx) error {
			v, err := s.permitted(ctx, tx, a, PermitWrite, id)
			if err != nil {
				return err
			}
			seats, err := tx.Seats(ctx, id)
			if err != nil {
				return err
			}
			return s.askAgain(ctx, tx, v.Invitation, seats, seat)
		})
	})
	if err == nil {
		s.signalMail()
	}
	return err
}
