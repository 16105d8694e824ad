package storetest

import (
	"testing"
	"time"

	"jachete/workflow"
)

// glanced gives the ids of the latest lines, with the counts.
func (w *world) glanced(t *testing.T, f workflow.RegisterFilter, now time.Time) (ids []string, g workflow.Glance) {
	t.Helper()
	g = read[workflow.Glance](t)(w.Glance(w.ctx, f, now))
	for _, c := range g.Latest {
		ids = append(ids, c.ID)
	}
	g.Latest = nil
	return ids, g
}

// glances: the latest by what is known of their dates, and no line that is
// withdrawn, replaced or not public yet.
func glances(t *testing.T, w *world) {
	line := func(id, signed string, change func(*workflow.Commitment)) workflow.Commitment {
		c := Commitment(id, "Ville "+id)
		c.SignedOn = signed
		change(&c)
		return c
	}
	as := func(kind workflow.OrganisationKind, region, municipality string) func(*workflow.Commitment) {
		return func(c *workflow.Commitment) {
			c.Organisation.Kind, c.Organisation.RegionCode, c.Organisation.MunicipalityCode = kind, region, municipality
		}
	}
	w.must(func(tx workflow.Tx) error { return tx.AddPole(w.ctx, Pole("autre")) })
	w.publish(
		line("a", "2026-11-20", as(workflow.KindMunicipality, "16", "58227")),
		line("b", "2026-11-21", as(workflow.KindCompany, "05", "58227")),
		line("c", "2013", as(workflow.KindMunicipality, "05", "43027")),
		line("d", "before 2013-06", as(workflow.KindMunicipality, "05", "43027")),
		line("e", "2026-11-20", as(workflow.KindOther, "", "")),
		line("f", "", func(c *workflow.Commitment) { c.Announced, c.PoleSlug = "2019-11", "autre" }),
		line("withdrawn", "2026-11-22", func(c *workflow.Commitment) { c.Status, c.StatusOn = workflow.CommitmentWithdrawn, "2026-11-23" }),
		line("replaced", "2026-11-22", func(c *workflow.Commitment) { c.Status, c.StatusOn = workflow.CommitmentSuperseded, "2026-11-23" }),
		line("secret", "2026-11-22", func(c *workflow.Commitment) { c.PublishedAt = noon.Add(time.Second) }),
	)
	ids, g := w.glanced(t, workflow.RegisterFilter{Limit: 5}, noon)
	wantEqual(t, ids, []string{"b", "a", "e", "f", "d"})
	wantEqual(t, g, workflow.Glance{Total: 6, Regions: 2, Municipalities: 2})
	ids, g = w.glanced(t, workflow.RegisterFilter{Pole: "autre", Limit: 5}, noon)
	wantEqual(t, ids, []string{"f"})
	wantEqual(t, g.Total, 1)
	ids, _ = w.glanced(t, workflow.RegisterFilter{Limit: 1}, noon.Add(time.Second))
	wantEqual(t, ids, []string{"secret"})
	ids, g = w.glanced(t, workflow.RegisterFilter{Region: "05"}, noon)
	wantEqual(t, ids, []string(nil))
	wantEqual(t, g, workflow.Glance{Total: 3, Regions: 1, Municipalities: 1})
}
