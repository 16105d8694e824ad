package workflow

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// FollowUpPage is one year's question as its page shows it.
type FollowUpPage struct {
	FollowUp
	Commitment Commitment
	Pole       Pole
	Language   Language
	record     string // of the journal
}

// FollowUpForm is the answer as typed. Figures may be empty.
type FollowUpForm struct {
	Amount, Contracts, Suppliers string
	Practices                    []string
	Contact                      Contact // all of it empty when it stays the same
	Code                         string
}

func followUpKey(f FollowUp) string { return fmt.Sprintf("%s:%d", f.CommitmentID, f.Year) }

// FollowUpPage reads the link of a yearly mail and changes nothing. NotFound and
// Gone (key "link.expired") as PeekLink; Gone with key "followup.ended" when the
// commitment was withdrawn or replaced.
func (s *Service) FollowUpPage(ctx context.Context, token string, v Visit) (FollowUpPage, error) {
	link, err := s.readLink(ctx, LinkFollowUp, token, v)
	if err != nil {
		return FollowUpPage{}, err
	}
	c, err := s.Store.Commitment(ctx, link.Subject)
	if IsKind(err, NotFound) {
		return FollowUpPage{}, refuse(NotFound, "link.unknown")
	} else if err != nil {
		return FollowUpPage{}, err
	}
	page := FollowUpPage{Commitment: c}
	if page.FollowUp, err = s.followUp(ctx, s.Store, c.ID, link.Issue); err != nil {
		return FollowUpPage{}, err
	}
	sig, err := s.Store.Signature(ctx, c.SignatureID)
	if err != nil {
		return FollowUpPage{}, err
	}
	page.Language, page.record = sig.Language, sig.InvitationID
	if page.Pole, err = s.Store.Pole(ctx, c.PoleSlug); err != nil {
		return FollowUpPage{}, err
	}
	switch {
	case !c.holds():
		return page, refuse(Gone, "followup.ended")
	case page.Recipient.Email == "":
		return FollowUpPage{}, refuse(Gone, "link.expired") // whom it was mailed to is forgotten
	}
	return page, nil
}

// SendFollowUpCode mails a code to whom the question went, and waits for the
// relay. Errors as FollowUpPage, and as SendCode; Conflict (key "followup.done")
// when it was answered.
func (s *Service) SendFollowUpCode(ctx context.Context, token, browser string, v Visit) error {
	p, err := s.followUpOpen(ctx, token, v)
	if err != nil {
		return err
	}
	digits := newDigits(codeDigits)
	code := s.codeOf(p.codeSubject(), hashSecret(browser), digits)
	inv := Invitation{ID: p.record, PoleSlug: p.Commitment.PoleSlug}
	if err := s.Store.Update(ctx, func(tx Tx) error { return s.keepCode(ctx, tx, code, inv, p.Recipient.Email, v) }); err != nil {
		return err
	}
	return s.mailCode(ctx, CodeMail{Purpose: PurposeManage, To: p.Recipient.Email, Language: p.Language, Code: digits,
		Life: CodeLife, Organisation: p.Commitment.Organisation.Name, Pole: p.Pole}, code, inv)
}

func (s *Service) followUpOpen(ctx context.Context, token string, v Visit) (FollowUpPage, error) {
	p, err := s.FollowUpPage(ctx, token, v)
	if err == nil && !p.ConfirmedAt.IsZero() {
		err = refuse(Conflict, "followup.done")
	}
	return p, err
}

// ConfirmFollowUp keeps that the commitment holds, with what the organisation
// tells of its year. Invalid names the fields "code", "amount", "contracts",
// "suppliers", "name", "function", "email"; other errors as SendFollowUpCode.
func (s *Service) ConfirmFollowUp(ctx context.Context, token, browser string, form FollowUpForm, v Visit) error {
	p, err := s.followUpOpen(ctx, token, v)
	if err != nil {
		return err
	}
	answer, err := form.answer(p.FollowUp)
	if err != nil {
		return err
	}
	code, err := s.checkCode(ctx, form.Code, codeCheck{subject: p.codeSubject(), browser: hashSecret(browser), pole: p.Commitment.PoleSlug, record: p.record,
		count: func(tx Tx) error { return s.take(ctx, tx, limitManageTries, p.codeSubject()) }})
	if err != nil {
		return err
	}
	return s.Store.Update(ctx, func(tx Tx) error { return s.keepFollowUp(ctx, tx, p, answer, code) })
}

// codeSubject names what a code for the answer opens.
func (p FollowUpPage) codeSubject() string { return "follow-up:" + followUpKey(p.FollowUp) }

// keepFollowUp decides by the conditional write of the answer: of any number of
// tries at once, one finds the question open.
func (s *Service) keepFollowUp(ctx context.Context, tx Tx, p FollowUpPage, answer FollowUp, code Code) error {
	answer.ConfirmedAt = s.now()
	if err := s.useCode(ctx, tx, code); err != nil {
		return err
	}
	if err := tx.ConfirmFollowUp(ctx, answer); IsKind(err, Conflict) {
		return refuse(Conflict, "followup.done")
	} else if err != nil {
		return err
	}
	e := s.event("followup.confirmed", actorSignatory, p.Commitment.PoleSlug, p.record)
	e.Data["number"], e.Data["year"] = p.Commitment.Number, strconv.Itoa(answer.Year)
	if answer.Contact.Email != "" {
		e.Personal = map[string]string{"name": answer.Contact.Name, "email": answer.Contact.Email}
	}
	tx.Record(e)
	if err := tx.RenewCommitment(ctx, p.Commitment.ID, CivilDate(answer.ConfirmedAt)); IsKind(err, Conflict) {
		return refuse(Gone, "followup.ended")
	} else if err != nil {
		return err
	}
	return nil
}

// answer reads the form onto the question.
func (form FollowUpForm) answer(to FollowUp) (FollowUp, error) {
	var f fields
	var problem *FieldError
	to.Amount, problem = figure(form.Amount)
	f.check("amount", problem)
	to.Contracts, problem = figure(form.Contracts)
	f.check("contracts", problem)
	to.Suppliers, problem = figure(form.Suppliers)
	f.check("suppliers", problem)
	to.Practices = nil
	for _, p := range Practices {
		if slices.Contains(form.Practices, string(p)) {
			to.Practices = append(to.Practices, p)
		}
	}
	if to.Contact = form.Contact; to.Contact != (Contact{}) {
		cleanContact(&to.Contact, &f)
	}
	return to, f.err()
}

// figure reads a whole number, typed with or without spaces and a dollar sign.
func figure(typed string) (Figure, *FieldError) {
	digits := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "$", "").Replace(strings.TrimSpace(typed))
	if digits == "" {
		return Figure{}, nil
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 0 || n > MaxFollowUpFigure {
		return Figure{}, &FieldError{Key: "followup.figure"}
	}
	return Figure{Known: true, N: n}, nil
}

// FollowUpTotals adds up what the organisations of a region, by its code, said
// of their last year: of commitments that hold and are public.
func (s *Service) FollowUpTotals(ctx context.Context, region string) (FollowUpTotals, error) {
	answers, err := s.Store.ConfirmedFollowUps(ctx, region, s.now())
	return totalsOf(answers), err
}
