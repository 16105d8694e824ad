package store

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"jachete/workflow"
	"jachete/workflow/territory"
)

const poleColumns = "slug, name, short, territory, in_movement, name_confirmed, postal_address, phone, email, " +
	"sender_name, privacy_officer, reminders, logo, " +
	"director_name, director_function, director_email"

var (
	insertPole = insert("pole", poleColumns)
	updatePole = update("pole", poleColumns)
)

func poleArgs(p workflow.Pole) []any {
	return []any{p.Slug, p.Name, p.Short, p.Territory.String(), p.InMovement, p.NameConfirmed,
		p.Contact.PostalAddress, p.Contact.Phone, p.Contact.Email, p.Contact.SenderName, p.Contact.Privacy, planText(p.Reminders), p.Logo,
		p.Director.Name, p.Director.Function, p.Director.Email}
}

func poleInto(p *workflow.Pole) []any {
	return []any{&p.Slug, &p.Name, &p.Short, (*covered)(&p.Territory), &p.InMovement, &p.NameConfirmed,
		&p.Contact.PostalAddress, &p.Contact.Phone, &p.Contact.Email, &p.Contact.SenderName, &p.Contact.Privacy, (*plan)(&p.Reminders), &p.Logo,
		&p.Director.Name, &p.Director.Function, &p.Director.Email}
}

func scanPole(r row) (p workflow.Pole, err error) { return p, r.Scan(poleInto(&p)...) }

// covered scans a territory from its notation.
type covered territory.Set

// Scan implements sql.Scanner.
func (c *covered) Scan(src any) error {
	set, err := territory.ParseSet(fmt.Sprint(src))
	*c = covered(set)
	return err
}

// Poles implements workflow.Reader.
func (r reader) Poles(ctx context.Context) ([]workflow.Pole, error) {
	poles, err := many(ctx, r.link, scanPole, "SELECT "+poleColumns+" FROM pole ORDER BY slug")
	sortByName(poles, func(p workflow.Pole) string { return p.Name })
	return poles, err
}

// Pole implements workflow.Reader.
func (r reader) Pole(ctx context.Context, slug string) (workflow.Pole, error) {
	return one(ctx, r.link, "pole.not-found", scanPole, "SELECT "+poleColumns+" FROM pole WHERE slug = $1", slug)
}

// AddPole implements workflow.Tx.
func (t *tx) AddPole(ctx context.Context, p workflow.Pole) error {
	t.shown = true
	return t.add(ctx, "pole.exists", insertPole, poleArgs(p)...)
}

// SetPole implements workflow.Tx.
func (t *tx) SetPole(ctx context.Context, p workflow.Pole) error {
	t.shown = true
	return t.change(ctx, notFound("pole.not-found"), updatePole, poleArgs(p)...)
}

// sortByName sorts a short list as a Québec reader expects.
func sortByName[T any](list []T, name func(T) string) {
	type keyed struct {
		key []byte
		v   T
	}
	all := make([]keyed, len(list))
	for i, v := range list {
		all[i] = keyed{workflow.CollationKey(name(v)), v}
	}
	slices.SortStableFunc(all, func(a, b keyed) int { return bytes.Compare(a.key, b.key) })
	for i := range all {
		list[i] = all[i].v
	}
}
