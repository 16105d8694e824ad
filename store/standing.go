package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"jachete/workflow"
)

var selectOpenTo = "SELECT " + invitationColumns + " FROM invitation WHERE state IN ('" + strings.Join(openStates(), "', '") + "') AND "

// OrganisationsLike implements workflow.Reader. It may give more than was meant:
// bodies of the same name elsewhere.
func (r reader) OrganisationsLike(ctx context.Context, like []workflow.Organisation) ([]workflow.Organisation, error) {
	var codes, names []string
	for _, o := range like {
		if o.Kind == workflow.KindMunicipality && o.MunicipalityCode != "" {
			codes = append(codes, o.MunicipalityCode)
		} else {
			names = append(names, workflow.Fold(o.Name))
		}
	}
	var all []workflow.Organisation
	read := func(w *where) error {
		some, err := many(ctx, r.link, scanOrganisation, "SELECT "+organisationColumns+" FROM organisation WHERE "+w.String()+" ORDER BY id", w.args...)
		all = append(all, some...)
		return err
	}
	err := chunks(codes, func(w *where) error {
		w.and("kind = " + w.arg(workflow.KindMunicipality))
		return read(w)
	}, "municipality_code")
	if err == nil {
		err = chunks(names, read, "folded")
	}
	slices.SortFunc(all, func(a, b workflow.Organisation) int { return strings.Compare(a.ID, b.ID) })
	return slices.CompactFunc(all, func(a, b workflow.Organisation) bool { return a.ID == b.ID }), err
}

// SlugsTaken implements workflow.Reader.
func (r reader) SlugsTaken(ctx context.Context, slugs []string) ([]string, error) {
	return r.among(ctx, slugs, "slug", "organisation", nil)
}

// SuppressedAmong implements workflow.Reader.
func (r reader) SuppressedAmong(ctx context.Context, pole string, emails []string) ([]string, error) {
	return r.among(ctx, emails, "email", "suppression", func(w *where) {
		w.and("pole_slug = " + w.arg(pole) + " AND reason = 'unsubscribed'")
	})
}

// CommittedAmong implements workflow.Reader.
func (r reader) CommittedAmong(ctx context.Context, pole string, organisations []string, mode workflow.Mode, now time.Time) ([]string, error) {
	return r.among(ctx, organisations, "organisation_id", "commitment", func(w *where) {
		w.and("mode = " + w.arg(mode))
		w.and(standing)
		w.and("(pole_slug = " + w.arg(pole) + " OR published_at BETWEEN 1 AND " + w.arg(ms(now)) + ")")
	})
}

// among gives the values that a column of a table holds.
func (r reader) among(ctx context.Context, values []string, column, table string, narrow func(*where)) (found []string, err error) {
	err = chunks(values, func(w *where) error {
		if narrow != nil {
			narrow(w)
		}
		some, err := many(ctx, r.link, value[string], "SELECT DISTINCT "+column+" FROM "+table+" WHERE "+w.String(), w.args...)
		found = append(found, some...)
		return err
	}, column)
	return found, err
}

// OpenInvitationsTo implements workflow.Reader.
func (r reader) OpenInvitationsTo(ctx context.Context, pole string, emails []string, now time.Time) (found []workflow.Invitation, err error) {
	err = chunks(emails, func(w *where) error {
		w.and("pole_slug = " + w.arg(pole))
		w.and("expires_at > " + w.arg(ms(now)))
		some, err := many(ctx, r.link, scanInvitation, selectOpenTo+w.String(), w.args...)
		found = append(found, some...)
		return err
	}, "contact_email")
	return found, err
}
