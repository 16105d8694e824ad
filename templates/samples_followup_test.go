package templates

import (
	"jachete/workflow"
)

func followUpSamples() (pages []Page) {
	for _, text := range []string{"Ville de Rivière-Exemple", long} {
		found := workflow.FollowUpPage{Pole: samplePole, Commitment: workflow.Commitment{Slug: "ville", SignedOn: "2026-11-22", Organisation: workflow.Snapshot{Name: text}},
			FollowUp: workflow.FollowUp{Recipient: workflow.Contact{Email: "camille@example.org"}}}
		answered := found
		answered.ConfirmedAt = sampleTime
		form := workflow.FollowUpForm{Amount: text, Contracts: text, Suppliers: text, Practices: []string{"clause"}, Contact: workflow.Contact{Name: text, Function: text, Email: text}, Code: text}
		pages = append(pages, &FollowUp{Found: found}, &FollowUp{Found: found, Asked: true}, &FollowUp{Found: answered}, &FollowUp{Found: answered, Near: sampleSuppliers(text)},
			&FollowUp{Frame: wrong("code", "amount", "contracts", "suppliers", "name", "function", "email"), Found: found, Asked: true, Form: form})
	}
	told := workflow.Figure{Known: true, N: 1_234_567}
	return append(pages, &Region{FollowUps: workflow.FollowUpTotals{Organisations: 3, Amount: told, Contracts: told, Suppliers: told,
		Practices: map[workflow.Practice]int{workflow.PracticeClause: 1, workflow.PracticeInvite: 3}}})
}
