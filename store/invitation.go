package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"jachete/workflow"
)

const (
	invitationColumns = "id, pole_slug, organisation_id, declaration_id, declaration_version, contact_name, " +
		"contact_function, contact_email, language, source, message, campaign, state, issue, version, code_tries, " +
		"details, created_by, created_at, expires_at, sent_at, consulted_at, civility, note, meeting_on, renews, " +
		"reminders, remind_at, reminded_at, reminders_off, snoozed_until, refusal_reason, refusal_words, " +
		"transferred_from, transferred_to, transfer_reason, ended_at"

	// moveInvitation takes a new count of tries with a new link only: within the
	// life of a link, CountCodeTry alone counts, and no stale reading undoes it.
	moveInvitation = `UPDATE invitation SET pole_slug = $2, organisation_id = $3, declaration_id = $4,
		declaration_version = $5, contact_name = $6, contact_function = $7, contact_email = $8, language = $9,
		source = $10, message = $11, campaign = $12, state = $13, issue = $14, version = $15,
		code_tries = CASE WHEN issue = $14 THEN code_tries ELSE $16 END, details = $17, created_by = $18,
		created_at = $19, expires_at = $20, sent_at = $21, consulted_at = $22, civility = $23,
		note = $24, meeting_on = $25, renews = $26, reminders = $27, remind_at = $28, reminded_at = $29,
		reminders_off = $30, snoozed_until = $31, refusal_reason = $32, refusal_words = $33,
		transferred_from = $34, transferred_to = $35, transfer_reason = $36, ended_at = $37, folded = $38, edition = 0
		WHERE id = $1 AND state = $39 AND version = $40`
)

var (
	insertInvitation = insert("invitation", invitationColumns+", folded")
	selectExpired    = fmt.Sprintf(`SELECT id FROM invitation WHERE state IN ('%s') AND expires_at <= $1
		ORDER BY expires_at, id LIMIT $2`, strings.Join(openStates(), "', '"))
)

func openStates() (open []string) {
	for _, s := range workflow.States {
		if s.Open() {
			open = append(open, string(s))
		}
	}
	return open
}

func invitationArgs(i workflow.Invitation) []any {
	folded := workflow.Fold(i.Contact.Name + " " + i.Contact.Email)
	return []any{i.ID, i.PoleSlug, i.OrganisationID, i.DeclarationID, i.DeclarationVersion, i.Contact.Name,
		i.Contact.Function, i.Contact.Email, i.Language, i.Source, i.Message, i.Campaign, i.State, i.Issue, i.Version,
		i.CodeTries, asJSON(i.Details), i.CreatedBy, ms(i.CreatedAt), ms(i.ExpiresAt), ms(i.SentAt), ms(i.ConsultedAt),
		i.Contact.Civility, i.Note, i.MeetingOn, i.Renews, i.Reminders, ms(i.RemindAt), ms(i.RemindedAt), i.RemindersOff,
		i.SnoozedUntil, i.Refusal.Reason, i.Refusal.Words, i.TransferredFrom, i.TransferredTo, i.TransferReason,
		ms(i.EndedAt), folded}
}

func invitationInto(i *workflow.Invitation) []any {
	return []any{&i.ID, &i.PoleSlug, &i.OrganisationID, &i.DeclarationID, &i.DeclarationVersion, &i.Contact.Name,
		&i.Contact.Function, &i.Contact.Email, &i.Language, &i.Source, &i.Message, &i.Campaign, &i.State, &i.Issue,
		&i.Version, &i.CodeTries, fromJSON{&i.Details}, &i.CreatedBy, (*instant)(&i.CreatedAt), (*instant)(&i.ExpiresAt),
		(*instant)(&i.SentAt), (*instant)(&i.ConsultedAt), &i.Contact.Civility, &i.Note, &i.MeetingOn, &i.Renews,
		&i.Reminders, (*instant)(&i.RemindAt), (*instant)(&i.RemindedAt), &i.RemindersOff,
		&i.SnoozedUntil, &i.Refusal.Reason, &i.Refusal.Words, &i.TransferredFrom, &i.TransferredTo, &i.TransferReason,
		(*instant)(&i.EndedAt)}
}

func scanInvitation(r row) (i workflow.Invitation, err error) {
	return i, r.Scan(invitationInto(&i)...)
}

// Invitation implements workflow.Reader.
func (r reader) Invitation(ctx context.Context, id string) (workflow.Invitation, error) {
	return one(ctx, r.link, "invitation.not-found", scanInvitation,
		"SELECT "+invitationColumns+" FROM invitation WHERE id = $1", id)
}

// ExpiredInvitations implements workflow.Reader. It gives the oldest first.
func (r reader) ExpiredInvitations(ctx context.Context, now time.Time, limit int) ([]string, error) {
	return many(ctx, r.link, value[string], selectExpired, ms(now), limit)
}

// AddInvitation implements workflow.Tx.
func (t *tx) AddInvitation(ctx context.Context, i workflow.Invitation) error {
	t.touched = true
	return t.add(ctx, "invitation.exists", insertInvitation, invitationArgs(i)...)
}

// AddInvitations implements workflow.Tx.
func (t *tx) AddInvitations(ctx context.Context, list []workflow.Invitation) error {
	t.touched = true
	return t.addMany(ctx, "invitation.exists", "invitation", invitationColumns+", folded", argsOf(list, invitationArgs))
}

// MoveInvitation implements workflow.Tx. The count of code tries is written
// only with a new issue of the link.
func (t *tx) MoveInvitation(ctx context.Context, was, i workflow.Invitation) error {
	i.ID, i.Version = was.ID, was.Version+1
	t.touched = true
	return t.change(ctx, conflict(workflow.KeyMoved), moveInvitation,
		append(invitationArgs(i), was.State, was.Version)...)
}

// CountCodeTry implements workflow.Tx. It leaves the version alone, so that a
// wrong code in one tab does not undo the form sent from another.
func (t *tx) CountCodeTry(ctx context.Context, invitationID string, limit int) (bool, error) {
	n, err := t.exec(ctx, "UPDATE invitation SET code_tries = code_tries + 1 WHERE id = $1 AND code_tries < $2",
		invitationID, limit)
	return n == 1, err
}
