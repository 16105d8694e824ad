package store

import (
	"context"
	"strings"
	"time"

	"jachete/workflow"
)

var selectViews = "SELECT " + of("i", invitationColumns) + ", " + of("o", organisationColumns) + ", " +
	of("p", poleColumns) + `, COALESCE(c.number, ''), i.active_at
	FROM invitation i
	JOIN organisation o ON o.id = i.organisation_id
	JOIN pole p ON p.slug = i.pole_slug
	LEFT JOIN signature s ON s.invitation_id = i.id
	LEFT JOIN certificate c ON c.signature_id = s.id AND c.revision = 0
	WHERE `

func scanView(r row) (v workflow.InvitationView, err error) {
	into := append(invitationInto(&v.Invitation), organisationInto(&v.Organisation)...)
	into = append(into, poleInto(&v.Pole)...)
	err = r.Scan(append(into, &v.Number, (*instant)(&v.ActiveAt))...)
	if v.ActiveAt.IsZero() {
		v.ActiveAt = v.CreatedAt // nothing else happened yet
	}
	return v, err
}

// InvitationView implements workflow.Reader.
func (r reader) InvitationView(ctx context.Context, id string) (workflow.InvitationView, error) {
	v, err := one(ctx, r.link, "invitation.not-found", scanView, selectViews+"i.id = $1", id)
	if err != nil {
		return v, err
	}
	views := []workflow.InvitationView{v}
	err = r.putDeliveries(ctx, views)
	return views[0], err
}

// Invitations implements workflow.Reader. Rows are chosen and ordered in memory,
// see roll, and only those of the page are read in full. A limit of 0 is none.
func (r reader) Invitations(ctx context.Context, f workflow.InvitationFilter) ([]workflow.InvitationView, int, error) {
	l, done, err := r.invited(ctx, f)
	if err != nil {
		return nil, 0, err
	}
	ids, total := l.page(f)
	done()
	views, err := r.views(ctx, ids)
	return views, total, err
}

// views reads invitations in full, in the order of their ids.
func (r reader) views(ctx context.Context, ids []string) ([]workflow.InvitationView, error) {
	views, err := r.bareViews(ctx, ids)
	if err != nil {
		return nil, err
	}
	return views, r.putDeliveries(ctx, views)
}

// bareViews is views without the deliveries, which hold whole mails.
func (r reader) bareViews(ctx context.Context, ids []string) ([]workflow.InvitationView, error) {
	at := make(map[string]workflow.InvitationView, len(ids))
	err := chunks(ids, func(w *where) error {
		return r.each(ctx, func(row row) error {
			v, err := scanView(row)
			at[v.ID] = v
			return err
		}, selectViews+w.String(), w.args...)
	}, "i.id")
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	views := make([]workflow.InvitationView, len(ids))
	for i, id := range ids {
		views[i] = at[id]
	}
	return views, nil
}

// CountInvitations implements workflow.Reader.
func (r reader) CountInvitations(ctx context.Context, f workflow.InvitationFilter, now time.Time) (map[workflow.State]int, error) {
	l, done, err := r.invited(ctx, f)
	if err != nil {
		return nil, err
	}
	defer done()
	return l.counts(f, now), nil
}

// putDeliveries puts the last delivery of each invitation beside it.
func (r reader) putDeliveries(ctx context.Context, views []workflow.InvitationView) error {
	at := make(map[string]*workflow.InvitationView, len(views))
	ids := make([]string, len(views))
	for i := range views {
		ids[i], at[views[i].ID] = views[i].ID, &views[i]
	}
	return chunks(ids, func(w *where) error {
		return r.each(ctx, func(row row) error {
			d, err := scanDelivery(row)
			if view := at[d.InvitationID]; view != nil {
				view.LastDelivery = d
			}
			return err
		}, "SELECT "+deliveryColumns+" FROM delivery WHERE "+w.String()+" ORDER BY created_at, id", w.args...)
	}, "invitation_id")
}

// searched splits a query into the folded words that must all occur. They hold
// letters and digits only, so no sign of theirs means anything to LIKE. It is
// false when nothing can match: a query of signs only, or longer than any name.
func searched(query string) (words []string, ok bool) {
	const most = 32
	words = strings.Fields(workflow.Fold(query))
	return words, len(words) <= most && (len(words) > 0 || strings.TrimSpace(query) == "")
}
