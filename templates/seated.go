package templates

import "jachete/workflow"

// Seated is one of several who sign, for the block "seated".
type Seated struct {
	Seat workflow.Seat
	workflow.Signatory
	Mark    Mark
	Mailbox string // masked
	Waits   bool   // was asked and has not signed
}

// seated tells where each of those who sign stands; nobody when one signs alone.
func seated(f *Frame, inv workflow.Invitation, records []workflow.SeatRecord) (list []Seated) {
	seats := inv.Details.Seats()
	if len(seats) == 1 {
		return nil
	}
	beside := inv.Details.Cosignatories()
	for _, seat := range seats {
		who := Seated{Seat: seat, Signatory: inv.Details.Signatory, Mailbox: workflow.MaskEmail(inv.Contact.Email), Mark: Mark{"wait", f.T("cosign.later")}}
		if seat != workflow.SeatFirst {
			who.Signatory, who.Mailbox = beside[seat].Signatory, workflow.MaskEmail(beside[seat].Email)
		}
		for _, r := range records {
			if r.Seat == seat {
				who.stands(f, r)
			}
		}
		if inv.State == workflow.StateSigned {
			who.Mark, who.Waits = Mark{"good", f.T("cosign.signed")}, false
		}
		list = append(list, who)
	}
	return list
}

func (s *Seated) stands(f *Frame, r workflow.SeatRecord) {
	switch {
	case !r.Act.IsZero():
		s.Mark = Mark{"good", f.T("cosign.signed-at", "Date", f.Day(r.Act.SignedAt), "Time", f.Clock(r.Act.SignedAt))}
	case !r.AskedAt.IsZero():
		s.Mark, s.Waits = Mark{"wait", f.T("cosign.asked-at", "Date", f.Day(r.AskedAt), "Time", f.Clock(r.AskedAt))}, true
	}
}

// Seated lists everybody who signs, when several do.
func (p *Step) Seated() []Seated { return seated(&p.Frame, p.Signing.Invitation, p.Signing.Seats) }

// Seated lists everybody who signs, when several do.
func (p *TeamInvitation) Seated() []Seated {
	return seated(&p.Frame, p.Found.Invitation, p.Found.Seats)
}
