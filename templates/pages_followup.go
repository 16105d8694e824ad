package templates

import "jachete/workflow"

// FollowUp asks, once a year, whether a commitment holds.
type FollowUp struct {
	Frame
	Found workflow.FollowUpPage
	Asked bool // a code may be on its way: ask for it
	Form  workflow.FollowUpForm
	Near  workflow.SuppliersBeside // who sells near the organisation
}

// File implements [Page].
func (*FollowUp) File() string { return "follow_up" }

// Mailbox is where the code goes, masked.
func (p *FollowUp) Mailbox() string { return workflow.MaskEmail(p.Found.Recipient.Email) }

// Done tells that the year is answered.
func (p *FollowUp) Done() bool { return !p.Found.ConfirmedAt.IsZero() }

// Boxes are the practices, ticked as typed.
func (p *FollowUp) Boxes() []Option {
	typed := map[string]bool{}
	for _, practice := range p.Form.Practices {
		typed[practice] = true
	}
	var boxes []Option
	for _, practice := range workflow.Practices {
		boxes = append(boxes, Option{string(practice), p.T("practice." + string(practice)), typed[string(practice)]})
	}
	return boxes
}

// Totals is what the organisations of a region said of their last year, for the
// block "totals".
type Totals struct {
	*Frame
	workflow.FollowUpTotals
}

// Totals gives them; the zero value when nobody has answered.
func (p *Region) Totals() Totals { return Totals{&p.Frame, p.FollowUps} }

// Told lists the practices that somebody named, most named first.
func (t Totals) Told() (lines []string) {
	for n := t.Organisations; n > 0; n-- {
		for _, practice := range workflow.Practices {
			if t.Practices[practice] == n {
				lines = append(lines, t.T("totals.practice", "Practice", t.T("practice."+string(practice)), "Named", t.N("totals.organisations", n)))
			}
		}
	}
	return lines
}

// Sum writes a sum.
func (t Totals) Sum(f workflow.Figure) string { return t.Count(int(f.N)) }
