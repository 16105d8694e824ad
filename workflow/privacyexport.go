package workflow

import (
	"context"
	"encoding/json"
	"strings"
)

// lookPrivacy is that the operator took the data of a person out.
const lookPrivacy = "privacy.exported"

// ExportPerson gives all that is held about a mailbox and whose it is, as indented
// JSON; lists are empty when there is nothing. Each signature in it is a look at
// its evidence, which its person may see. Invalid on field "email".
func (s *Service) ExportPerson(ctx context.Context, a Actor, email string) ([]byte, error) {
	h, err := s.holdingsOf(ctx, a, email)
	if err != nil {
		return nil, err
	}
	d := &heldData{GeneratedAt: s.now(), Service: s.BaseURL, Mailbox: h.mailbox, Invitations: []dataOfInvited{}, Seats: []dataOfSeat{},
		Signatures: []*personalData{}, NamedIn: []dataOfNamed{}, Requests: []dataOfRequest{}, Mails: []dataOfMail{}, FollowUps: []dataOfFollowUp{},
		Lines: []dataOfLine{}, Suppressions: []dataOfSuppression{}, Accounts: []dataOfAccount{}}
	if err := s.addInvited(ctx, h, d); err != nil {
		return nil, err
	}
	if err := s.addSigned(ctx, h, d); err != nil {
		return nil, err
	}
	d.addRest(h)
	file, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return nil, err
	}
	return append(file, '\n'), s.noteExport(ctx, a, h)
}

// noteExport journals the looks before anything leaves.
func (s *Service) noteExport(ctx context.Context, a Actor, h holdings) error {
	for _, sig := range h.signatures {
		if err := s.noteLooks(ctx, a, sig.PoleSlug, lookPrivacy, h.numbers[sig.ID]); err != nil {
			return err
		}
	}
	return nil
}

// addInvited tells of the invitations to the mailbox, and of the seats in those
// to others.
func (s *Service) addInvited(ctx context.Context, h holdings, d *heldData) error {
	for _, inv := range h.invitations {
		if err := s.addSeats(ctx, inv, h, d); err != nil {
			return err
		}
		if inv.Contact.Email != h.mailbox {
			continue
		}
		org, err := s.Store.Organisation(ctx, inv.OrganisationID)
		if err != nil {
			return err
		}
		events, err := s.Store.JournalOf(ctx, inv.ID)
		if err != nil {
			return err
		}
		inv.Details.Second, inv.Details.Countersigner = Cosignatory{}, Cosignatory{} // others are left out
		own := &personalData{Signatory: inv.Details.Signatory, Evidence: Evidence{Email: h.mailbox}, Events: []dataOfEvent{}}
		own.addEvents(events)
		d.Invitations = append(d.Invitations, dataOfInvited{
			ID: inv.ID, Pole: inv.PoleSlug, Organisation: org.Name, Name: inv.Contact.Name, Function: inv.Contact.Function, Email: inv.Contact.Email,
			Civility: inv.Contact.Civility, Language: inv.Language, Source: inv.Source, Message: inv.Message, Note: inv.Note, Campaign: inv.Campaign,
			State: inv.StateAt(s.now()), Details: inv.Details, RefusalReason: inv.Refusal.Reason, RefusalWords: inv.Refusal.Words,
			TransferReason: inv.TransferReason, SnoozedUntil: inv.SnoozedUntil, Reminders: inv.Reminders, CreatedAt: inv.CreatedAt, SentAt: inv.SentAt,
			ConsultedAt: inv.ConsultedAt, ExpiresAt: inv.ExpiresAt, EndedAt: inv.EndedAt, Events: own.Events,
		})
	}
	return nil
}

func (s *Service) addSeats(ctx context.Context, inv Invitation, h holdings, d *heldData) error {
	seats, err := s.Store.Seats(ctx, inv.ID)
	if err != nil {
		return err
	}
	for _, seat := range inv.Details.Seats()[1:] {
		if who := inv.Details.Cosignatories()[seat]; who.Email == h.mailbox {
			d.Seats = append(d.Seats, dataOfSeat{inv.ID, inv.PoleSlug, seat, who.Name, who.Function, seatRecords(seats).at(inv, seat).Act.SignedAt})
		}
	}
	return nil
}

// addSigned tells of the signatures: all of one's own, of those of others what
// the evidence says of the person.
func (s *Service) addSigned(ctx context.Context, h holdings, d *heldData) error {
	for _, sig := range h.signatures {
		seat, own := sig.seatOf(h.mailbox)
		if !own {
			named := dataOfNamed{Number: h.numbers[sig.ID], Transfers: []TransferEvidence{}}
			for _, t := range sig.Evidence.Transfers {
				if strings.EqualFold(t.Email, h.mailbox) {
					named.Transfers = append(named.Transfers, t)
				}
			}
			d.NamedIn = append(d.NamedIn, named)
			continue
		}
		data, err := s.signedData(ctx, sig.seenFrom(seat), h.numbers[sig.ID])
		if err != nil {
			return err
		}
		d.Signatures = append(d.Signatures, data)
	}
	return nil
}

func (s *Service) signedData(ctx context.Context, sig Signature, number string) (_ *personalData, err error) {
	p := PersonalPage{MailedCertificate: MailedCertificate{Signature: sig}}
	if p.Certificate, err = s.certificate(ctx, number); err != nil {
		return nil, err
	}
	if p.Commitment, err = s.Store.CommitmentByNumber(ctx, number); err != nil {
		return nil, err
	}
	if p.Looks, err = s.looks(ctx, sig, number); err != nil {
		return nil, err
	}
	if p.Corrections, err = s.Store.Corrections(ctx, sig.InvitationID); err != nil {
		return nil, err
	}
	return s.dataOfSignature(ctx, p)
}

// addRest takes over what was read.
func (d *heldData) addRest(h holdings) {
	for _, p := range h.poles {
		d.Seats = append(d.Seats, dataOfSeat{Pole: p.Slug, Seat: SeatPole, Name: p.Director.Name, Function: p.Director.Function})
	}
	for _, r := range h.requests {
		d.Requests = append(d.Requests, dataOfRequest{r.ID, r.PoleSlug, r.Organisation, r.Contact.Name, r.Contact.Function, r.Contact.Email, r.Message,
			r.AskedAt, r.Outcome, r.ClosedAt})
	}
	for _, m := range h.mails {
		d.Mails = append(d.Mails, dataOfMail{m.Kind, m.Recipient, m.State, m.CreatedAt, m.FinishedAt, m.Answer, m.MessageID, m.Copy})
	}
	for _, f := range h.followUps {
		who, asked := f.Contact, f.Recipient.Email == h.mailbox
		if asked {
			who = f.Recipient
		}
		d.FollowUps = append(d.FollowUps, dataOfFollowUp{f.CommitmentID, f.Year, asked, who.Name, who.Function, f.AskedAt, f.ConfirmedAt})
	}
	for _, l := range h.lines {
		d.Lines = append(d.Lines, dataOfLine{l.Batch, l.Line, l.Cells})
	}
	for _, x := range h.suppressions {
		d.Suppressions = append(d.Suppressions, dataOfSuppression{x.PoleSlug, x.Reason, x.Answer, x.At})
	}
	if h.staff.ID != "" {
		d.Accounts = append(d.Accounts, dataOfAccount{h.staff.ID, h.staff.Name, h.staff.Role, append([]string{}, h.staff.Poles...), h.staff.Disabled,
			h.sessions, h.staff.CreatedAt})
	}
}
