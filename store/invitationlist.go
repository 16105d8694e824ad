package store

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"jachete/workflow"
)

var selectViews = "SELECT " + of("i", invitationColumns) + ", " + of("o", organisationColumns) + ", " +
	of("p", poleColumns) + `, COALESCE(c.number, '')
	FROM invitation i
	JOIN organisation o ON o.id = i.organisation_id
	JOIN pole p ON p.slug = i.pole_slug
	LEFT JOIN signature s ON s.invitation_id = i.id
	LEFT JOIN certificate c ON c.signature_id = s.id AND c.revision = 0
	WHERE `

func scanView(r row) (v workflow.InvitationView, err error) {
	into := append(invitationInto(&v.Invitation), organisationInto(&v.Organisation)...)
	into = append(into, poleInto(&v.Pole)...)
	return v, r.Scan(append(into, &v.Number)...)
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

// Invitations implements workflow.Reader. A limit of 0 is none.
func (r reader) Invitations(ctx context.Context, f workflow.InvitationFilter) ([]workflow.InvitationView, int, error) {
	w := invitationsWhere(f)
	total, err := r.number(ctx, `SELECT COUNT(*) FROM invitation i JOIN organisation o ON o.id = i.organisation_id
		WHERE `+w.String(), w.args...)
	if err != nil || total == 0 {
		return nil, 0, err
	}
	limit := int64(math.MaxInt64)
	if f.Limit > 0 {
		limit = int64(f.Limit)
	}
	where := w.String()
	query := selectViews + where + fmt.Sprintf(" ORDER BY i.created_at DESC, i.id DESC LIMIT %s OFFSET %s",
		w.arg(limit), w.arg(max(f.Offset, 0)))
	views, err := many(ctx, r.link, scanView, query, w.args...)
	if err != nil {
		return nil, 0, err
	}
	return views, int(total), r.putDeliveries(ctx, views)
}

// CountInvitations implements workflow.Reader.
func (r reader) CountInvitations(ctx context.Context, f workflow.InvitationFilter, now time.Time) (map[workflow.State]int, error) {
	w := invitationsWhere(f)
	where := w.String()
	query := "SELECT i.state, CASE WHEN i.expires_at <= " + w.arg(ms(now)) + ` THEN 1 ELSE 0 END, COUNT(*)
		FROM invitation i JOIN organisation o ON o.id = i.organisation_id WHERE ` + where + " GROUP BY 1, 2"
	counts := map[workflow.State]int{}
	return counts, r.each(ctx, func(r row) error {
		var state workflow.State
		var past, n int
		err := r.Scan(&state, &past, &n)
		if past == 1 && state.Open() {
			state = workflow.StateExpired
		}
		counts[state] += n
		return err
	}, query, w.args...)
}

func invitationsWhere(f workflow.InvitationFilter) *where {
	w := new(where)
	if f.Poles != nil {
		w.in("i.pole_slug", f.Poles)
	}
	w.equal("i.pole_slug", f.Pole)
	w.equal("i.state", string(f.State))
	w.equal("i.organisation_id", f.Organisation)
	w.equal("i.campaign", f.Campaign)
	if f.States != nil {
		w.in("i.state", texts(f.States))
	}
	if !f.RemindedBefore.IsZero() {
		w.and("i.reminded_at > 0 AND i.reminded_at < " + w.arg(ms(f.RemindedBefore)) + " AND i.state IN (" + remindedStates + ")")
	}
	words, ok := searched(f.Query)
	if !ok {
		w.and("1 = 0")
	}
	for _, word := range words {
		w.and("o.folded || ' ' || i.folded LIKE " + w.arg("%"+word+"%"))
	}
	return w
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
