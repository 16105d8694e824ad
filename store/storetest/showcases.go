package storetest

import (
	"testing"
	"time"

	"jachete/workflow"
)

// registerStatus: a line is found by the status the public may know at the
// moment of the question, whatever is stored.
func registerStatus(_ *testing.T, w *world) {
	active, renewed, gone, before, after := Commitment("a", "A"), Commitment("b", "B"), Commitment("c", "C"), Commitment("d", "D"), Commitment("e", "E")
	renewed.Status, renewed.ConfirmedOn, renewed.StatusOn = workflow.CommitmentRenewed, "2026-11-20", "2026-11-20"
	active.SignedOn, renewed.SignedOn = "2025-06-01", "2025-06-01"
	after.Replaces, after.PublishedAt = before.ID, noon.Add(time.Hour)
	w.publish(active, renewed, gone, before, after)
	w.must(func(tx workflow.Tx) error {
		return tx.EndCommitment(w.ctx, gone.ID, workflow.CommitmentWithdrawn, "2026-11-22")
	})
	w.must(func(tx workflow.Tx) error {
		return tx.EndCommitment(w.ctx, before.ID, workflow.CommitmentSuperseded, "2026-11-22")
	})
	with := func(status workflow.CommitmentStatus) workflow.RegisterFilter {
		return workflow.RegisterFilter{Status: status}
	}
	w.wantFound("active, and one that gives way later", with(workflow.CommitmentActive), "a", "d")
	w.wantFound("renewed", with(workflow.CommitmentRenewed), "b")
	w.wantFound("withdrawn", with(workflow.CommitmentWithdrawn), "c")
	w.wantFound("lapsed", with(workflow.CommitmentLapsed))
	w.wantFound("no such status", with("asleep"))
	w.wantFound("all that hold", workflow.RegisterFilter{Holds: true}, "a", "b", "d")
	later := noon.AddDate(0, 3, 0) // eighteen months after the first was signed
	for status, want := range map[workflow.CommitmentStatus]string{workflow.CommitmentLapsed: "a", workflow.CommitmentRenewed: "b", workflow.CommitmentActive: "e"} {
		if ids, _ := w.found(w, with(status), later); len(ids) != 1 || ids[0] != want {
			w.t.Errorf("%s later: %v, want %s", status, ids, want)
		}
	}
}

// registerByDate: the latest first, a month after its days, an end before what
// it names, no date last.
func registerByDate(_ *testing.T, w *world) {
	for id, date := range map[string]string{"a": "2019-05-28", "b": "before 2017-02", "c": "2017-02", "d": "2017-02-14", "e": "", "f": "2026-11-22", "g": "2019-05-28"} {
		p := Paper(id, "Ville "+id)
		p.Commitment.SignedOn, p.Commitment.Announced = date, ""
		w.enter(p)
	}
	w.wantFound("by date", workflow.RegisterFilter{Order: workflow.ByDate}, "f", "a", "g", "d", "c", "b", "e")
	w.wantFound("a page of them", workflow.RegisterFilter{Order: workflow.ByDate, Query: "ville", Limit: 2, Offset: 1}, "a", "g")
}

// countsWithin: figures follow the filter.
func countsWithin(t *testing.T, w *world) {
	a, b, c := Commitment("a", "A"), Commitment("b", "B"), Commitment("c", "C")
	a.Organisation.MRCCode, b.Organisation.MRCCode, c.Organisation.RegionCode = "580", "590", "05"
	c.Organisation.MRCCode = ""
	w.publish(a, b, c)
	got := read[workflow.RegisterCounts](t)(w.RegisterCounts(w.ctx, workflow.RegisterFilter{Region: "16"}, noon))
	wantEqual(t, got, workflow.RegisterCounts{Total: 2, ByRegion: map[string]int{"16": 2}, ByMRC: map[string]int{"580": 1, "590": 1},
		ByKind: map[workflow.OrganisationKind]int{workflow.KindMunicipality: 2}, ByYear: map[int]int{2026: 2}, Towns: 1})
}

// showcaseEdition moves with what the public sees, and with nothing else: a
// page that is kept is of that edition.
func showcaseEdition(t *testing.T, w *world) {
	edition := func() int64 { return read[int64](t)(w.ShowcaseEdition(w.ctx)) }
	was := edition()
	moved := func(what string, want bool) {
		t.Helper()
		if is := edition(); is > was != want {
			t.Errorf("%s: edition %d after %d", what, is, was)
		}
		was = edition()
	}
	w.publish(Commitment("a", "A"))
	moved("a commitment", true)
	w.must(func(tx workflow.Tx) error {
		return tx.EndCommitment(w.ctx, "a", workflow.CommitmentWithdrawn, "2026-11-22")
	})
	moved("its end", true)
	pole := read[workflow.Pole](t)(w.Pole(w.ctx, "rive"))
	pole.Contact.Phone = "450 555-0100"
	w.must(func(tx workflow.Tx) error { return tx.SetPole(w.ctx, pole) })
	moved("a pôle", true)
	w.must(func(tx workflow.Tx) error {
		return tx.AddCampaign(w.ctx, workflow.Campaign{PoleSlug: "rive", Slug: "fete", Name: "Fête", CreatedAt: noon, CreatedBy: "s"})
	})
	moved("a campaign", true)
	w.must(func(tx workflow.Tx) error { _, err := tx.Take(w.ctx, "key", 1, time.Minute, noon); return err })
	moved("a limit", false)
}

// announcedCeremonies are those the public may know of, and only before they
// are held.
func announcedCeremonies(t *testing.T, w *world) {
	for slug, c := range map[string]workflow.Campaign{
		"soon":   {CeremonyAt: noon.Add(time.Hour), Announced: true},
		"secret": {CeremonyAt: noon.Add(time.Hour)},
		"held":   {CeremonyAt: noon.Add(-time.Hour), Announced: true},
	} {
		c.PoleSlug, c.Slug, c.Name, c.CreatedBy, c.CreatedAt = "rive", slug, slug, "s", noon
		w.must(func(tx workflow.Tx) error { return tx.AddCampaign(w.ctx, c) })
	}
	list := read[[]workflow.Campaign](t)(w.Campaigns(w.ctx, workflow.CampaignFilter{AnnouncedAfter: noon}))
	if len(list) != 1 || list[0].Slug != "soon" || !list[0].Announced {
		t.Errorf("%+v", list)
	}
}
