package store

import (
	"context"
	"fmt"
	"time"

	"jachete/workflow"
)

const (
	requestColumns = "id, pole_slug, organisation, kind, municipality_code, mrc_code, region_code, likeness, name, function, email, " +
		"message, language, asked_at, outcome, closed_at, closed_by, invitation_id"

	// openFirst puts who has waited longest first, then what was closed last.
	openFirst = "CASE WHEN closed_at = 0 THEN 0 ELSE 1 END, CASE WHEN closed_at = 0 THEN asked_at ELSE -closed_at END, id"

	closeRequest = "UPDATE invitation_request SET outcome = $2, closed_at = $3, closed_by = $4, invitation_id = $5 WHERE id = $1 AND closed_at = 0"

	// forgettable are requests whose person has no further use.
	forgettable = "email <> '' AND closed_at > 0 AND (closed_at <= $1 OR outcome IN ('withdrawn', 'lapsed'))"
)

var (
	insertRequest = insert("invitation_request", requestColumns)
	selectRequest = "SELECT " + requestColumns + " FROM invitation_request WHERE "
)

func scanRequest(r row) (q workflow.InvitationRequest, err error) {
	return q, r.Scan(&q.ID, &q.PoleSlug, &q.Organisation, &q.Kind, &q.Place.MunicipalityCode, &q.Place.MRCCode, &q.Place.RegionCode, &q.Likeness,
		&q.Contact.Name, &q.Contact.Function, &q.Contact.Email, &q.Message, &q.Language, (*instant)(&q.AskedAt),
		&q.Outcome, (*instant)(&q.ClosedAt), &q.ClosedBy, &q.InvitationID)
}

// InvitationRequest implements workflow.Reader.
func (r reader) InvitationRequest(ctx context.Context, id string) (workflow.InvitationRequest, error) {
	return one(ctx, r.link, "record.not-found", scanRequest, selectRequest+"id = $1", id)
}

// OpenInvitationRequest implements workflow.Reader.
func (r reader) OpenInvitationRequest(ctx context.Context, mailbox, likeness string) (workflow.InvitationRequest, error) {
	return one(ctx, r.link, "record.not-found", scanRequest, selectRequest+"email = $1 AND likeness = $2 AND closed_at = 0", mailbox, likeness)
}

// InvitationRequests implements workflow.Reader.
func (r reader) InvitationRequests(ctx context.Context, f workflow.InvitationRequestFilter) ([]workflow.InvitationRequest, int, error) {
	w := new(where)
	if f.Poles != nil {
		w.in("pole_slug", f.Poles)
	}
	if f.Open {
		w.and("closed_at = 0")
	}
	if !f.AskedBefore.IsZero() {
		w.and("asked_at < " + w.arg(ms(f.AskedBefore)))
	}
	total, err := r.number(ctx, "SELECT COUNT(*) FROM invitation_request WHERE "+w.String(), w.args...)
	if err != nil {
		return nil, 0, err
	}
	query := selectRequest + w.String() + " ORDER BY " + openFirst
	if f.Limit > 0 {
		query += fmt.Sprintf(" LIMIT %s OFFSET %s", w.arg(f.Limit), w.arg(f.Offset))
	}
	list, err := many(ctx, r.link, scanRequest, query, w.args...)
	return list, int(total), err
}

// AddInvitationRequest implements workflow.Tx.
func (t *tx) AddInvitationRequest(ctx context.Context, q workflow.InvitationRequest) error {
	return t.add(ctx, workflow.KeyRequestExists, insertRequest, q.ID, q.PoleSlug, q.Organisation, q.Kind, q.Place.MunicipalityCode, q.Place.MRCCode,
		q.Place.RegionCode, q.Likeness, q.Contact.Name, q.Contact.Function, q.Contact.Email, q.Message, q.Language, ms(q.AskedAt),
		q.Outcome, ms(q.ClosedAt), q.ClosedBy, q.InvitationID)
}

// CloseInvitationRequest implements workflow.Tx.
func (t *tx) CloseInvitationRequest(ctx context.Context, q workflow.InvitationRequest) error {
	return t.change(ctx, conflict(workflow.KeyRequestClosed), closeRequest, q.ID, q.Outcome, ms(q.ClosedAt), q.ClosedBy, q.InvitationID)
}

// purgeRequests forgets who sent requests that are over, in the journal too: its
// chain does not need what its commitments hide.
func (t *tx) purgeRequests(ctx context.Context, now time.Time) error {
	before := ms(now.Add(-workflow.RequestMemory))
	_, err := t.exec(ctx, `DELETE FROM journal_opening WHERE seq IN (SELECT j.seq FROM journal j
		JOIN invitation_request r ON j.record = 'request:' || r.id WHERE `+forgettable+")", before)
	if err == nil {
		_, err = t.exec(ctx, forgetRequest+forgettable, before)
	}
	return err
}
