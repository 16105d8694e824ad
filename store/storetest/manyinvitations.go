package storetest

import (
	"fmt"
	"testing"
	"time"

	"jachete/workflow"
)

// poleCount is how many pôles there are in all of Québec.
const poleCount = 22

// Invite adds that many invitations to a store that [Prepare] has filled, spread
// over pôles, states, campaigns and 100 days, each to an organisation and a
// person of its own, with its mail.
func Invite(t testing.TB, s workflow.Store, invitations int) {
	t.Helper()
	w := &world{Store: s, t: t, ctx: t.Context()}
	w.must(func(tx workflow.Tx) error {
		for k := range poleCount {
			if err := tx.AddPole(w.ctx, Pole(fmt.Sprintf("pole-%d", k))); err != nil {
				return err
			}
		}
		return nil
	})
	const batch = 1000
	for first := 0; first < invitations; first += batch {
		w.must(func(tx workflow.Tx) error {
			for k := first; k < min(first+batch, invitations); k++ {
				if err := w.inviteOne(tx, k, k*7919%invitations); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

// inviteOne adds invitation k, to the organisation that bears that number.
func (w *world) inviteOne(tx workflow.Tx, k, number int) error {
	i := Invitation(fmt.Sprint(k))
	o := Organisation("org-"+i.ID, fmt.Sprintf("Coopérative Exemple-%d de Saint-Essai", number))
	if err := tx.AddOrganisation(w.ctx, o); err != nil {
		return err
	}
	i.OrganisationID, i.PoleSlug = o.ID, fmt.Sprintf("pole-%d", k%poleCount)
	i.State, i.Campaign = workflow.States[k%len(workflow.States)], []string{"", "automne", "hiver"}[k%3]
	i.CreatedAt = i.CreatedAt.Add(time.Duration(k%(100*24)) * time.Hour)
	i.ExpiresAt = i.CreatedAt.Add(60 * 24 * time.Hour)
	i.Contact.Name, i.Contact.Email = fmt.Sprintf("Camille Nom%d", number%3000), fmt.Sprintf("camille.%d@exemple-%d.example.org", number, number)
	if err := tx.AddInvitation(w.ctx, i); err != nil {
		return err
	}
	return tx.AddDelivery(w.ctx, Delivery("mail-"+i.ID, i.ID))
}
