package templates

import (
	"jachete/workflow"
)

// pathsFamilies are the families of keys of the other ways than signing.
func pathsFamilies() map[string][]string {
	var reasons []string
	for _, r := range workflow.RefusalReasons {
		reasons = append(reasons, string(r))
	}
	return map[string][]string{
		"refusal.": reasons,
		"later.":   {string(workflow.SnoozeTomorrow), string(workflow.SnoozeWeek), string(workflow.SnoozeMonth), string(workflow.SnoozeDate)},
	}
}

// pathsSamples are the pages of the other ways: plain, empty, at their longest,
// refused, and afterwards.
func pathsSamples() []Page {
	now := sampleTime.AddDate(0, -2, 0)
	var pages []Page
	for _, text := range []string{"Ville de Rivière-Exemple", long, ""} {
		p := sampleSigning(text)
		step := Step{Back: "/signature", Signing: p}
		refused := func(fields ...string) Step { return Step{Frame: wrong(fields...), Back: "/signature", Signing: p} }
		noted := step
		noted.Signing.Invitation.SnoozedUntil, noted.Signing.Invitation.State = workflow.CivilDate(sampleTime), workflow.StateConsulted
		dated := noted
		dated.Signing.Invitation.RemindAt = sampleTime.AddDate(0, 0, -1)
		ceremony := step
		ceremony.Signing.Session.Ceremony = true
		farewell := workflow.Farewell{Invitation: p.Invitation, Organisation: p.Organisation, Pole: samplePole, Successor: workflow.Contact{Name: text, Function: text}}
		pages = append(pages,
			&SignLater{Step: step, Now: now}, &SignLater{Step: noted, Now: now}, &SignLater{Step: dated, Now: now},
			&SignLater{Step: refused("when"), Now: now}, &SignLater{Step: refused("until"), Now: now, When: workflow.SnoozeDate, Date: text},
			&SignTransfer{Step: step}, &SignTransfer{Step: refused("name", "function", "email", "why"), Form: workflow.TransferForm{Name: text, Function: text, Email: text, Reason: text}},
			&SignTransfer{Step: refused("")},
			&SignDecline{Step: step}, &SignDecline{Step: refused("reason", "words", "confirmed"), Form: workflow.DeclineForm{
				Refusal: workflow.Refusal{Reason: workflow.RefusedText, Words: text}, Confirmed: true}},
			&Transferred{Farewell: farewell}, &Declined{Farewell: farewell},
			&DeadLink{Reason: "transferred", Pole: samplePole, Successor: farewell.Successor},
			&SessionEnded{}, &SessionEnded{Answers: []TypedAnswer{{"Nom", text}, {"Motif", text + "\n" + text}}},
			&SignRead{ceremony},
		)
	}
	return pages
}

// answeredSamples are invitations that were put off, passed on or declined, as
// staff see them.
func answeredSamples(team TeamFrame) []Page {
	other := workflow.Invitation{ID: "ABC", Contact: workflow.Contact{Name: long, Function: long}, CreatedAt: sampleTime, TransferReason: long}
	page := func(state workflow.State, change func(*workflow.InvitationPage)) Page {
		found := workflow.InvitationPage{}
		found.ID, found.State, found.Organisation.Name, found.Contact.Email, found.Organisation.Kind = "DEF", state, long, "camille@example.org", workflow.KindOther
		found.Language = workflow.French
		change(&found)
		return &TeamInvitation{TeamFrame: team, Found: found, May: map[workflow.Action]bool{workflow.ActionResend: true}, Events: []TeamEvent{{At: sampleTime, Type: "invitation.decline", Actor: "signatory", Detail: long}}}
	}
	return []Page{
		page(workflow.StateDeclined, func(p *workflow.InvitationPage) {
			p.Refusal = workflow.Refusal{Reason: workflow.RefusedOtherwise, Words: long + "\n" + long}
		}),
		page(workflow.StateDeclined, func(p *workflow.InvitationPage) { p.Refusal.Reason = workflow.RefusedForNow }),
		page(workflow.StateTransferred, func(p *workflow.InvitationPage) { p.Successor = other }),
		page(workflow.StateConsulted, func(p *workflow.InvitationPage) {
			p.Predecessor, p.TransferReason, p.SnoozedUntil = other, long, "2026-12-01"
		}),
	}
}
