package storetest

import (
	"slices"
	"testing"
	"time"

	"jachete/workflow"
)

// publish adds lines to the register, each in its own transaction.
func (w *world) publish(lines ...workflow.Commitment) {
	w.t.Helper()
	for _, c := range lines {
		w.must(func(tx workflow.Tx) error { return tx.AddCommitment(w.ctx, c) })
	}
}

// found gives the ids on a page of the register and the total.
func (w *world) found(r workflow.Reader, f workflow.RegisterFilter, now time.Time) (ids []string, total int) {
	w.t.Helper()
	page, err := r.Register(w.ctx, f, now)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, c := range page.Commitments {
		ids = append(ids, c.ID)
	}
	return ids, page.Total
}

func (w *world) wantFound(name string, f workflow.RegisterFilter, want ...string) {
	w.t.Helper()
	ids, _ := w.found(w, f, noon)
	if !slices.Equal(ids, want) {
		w.t.Errorf("%s: found %v, want %v", name, ids, want)
	}
}

func register(t *testing.T, w *world) {
	c := Commitment("a", "Ville de Rivière-Exemple")
	paper := Commitment("b", "MRC du Haut-Essai")
	paper.SignatureID, paper.Number, paper.Mode, paper.PublicName, paper.PublicFunction = "", "", workflow.ModePaper, "", ""
	otherPaper := paper
	otherPaper.ID = "c"
	w.publish(c, paper, otherPaper)
	page := read[workflow.RegisterPage](t)(w.Register(w.ctx, workflow.RegisterFilter{}, noon))
	wantEqual(t, page, workflow.RegisterPage{Commitments: []workflow.Commitment{paper, otherPaper, c}, Total: 3})
	wantEqual(t, read[workflow.Commitment](t)(w.CommitmentByNumber(w.ctx, "ESJ-a")), c)
	_, err := w.CommitmentByNumber(w.ctx, "") // paper has none
	wantError(t, err, workflow.NotFound, "commitment.not-found")

	sameSignature, sameNumber := Commitment("d", "Autre"), Commitment("e", "Autre")
	sameSignature.SignatureID, sameNumber.Number = c.SignatureID, c.Number
	for _, double := range []workflow.Commitment{sameSignature, sameNumber} {
		w.refused(workflow.Conflict, "commitment.exists", func(tx workflow.Tx) error { return tx.AddCommitment(w.ctx, double) })
	}
	counts := read[workflow.RegisterCounts](t)(w.RegisterCounts(w.ctx, workflow.RegisterFilter{}, noon))
	wantEqual(t, counts, workflow.RegisterCounts{Total: 3, ByRegion: map[string]int{"16": 3}, ByMRC: map[string]int{"580": 3}, Towns: 1,
		ByKind: map[workflow.OrganisationKind]int{workflow.KindMunicipality: 3}, ByYear: map[int]int{2026: 3}})
}

func registerFilters(_ *testing.T, w *world) {
	a, b, c := Commitment("a", "A"), Commitment("b", "B"), Commitment("c", "C")
	b.Organisation.RegionCode, b.Organisation.MRCCode, b.SignedOn = "05", "410", "2025-12-31"
	c.Organisation.Kind = workflow.KindCompany
	w.publish(c, b, a)
	w.wantFound("all", workflow.RegisterFilter{}, "a", "b", "c")
	w.wantFound("region", workflow.RegisterFilter{Region: "16"}, "a", "c")
	w.wantFound("MRC", workflow.RegisterFilter{MRC: "410"}, "b")
	w.wantFound("pôle", workflow.RegisterFilter{Pole: "rive"}, "a", "b", "c")
	w.wantFound("other pôle", workflow.RegisterFilter{Pole: "autre"})
	w.wantFound("kind", workflow.RegisterFilter{Kind: workflow.KindCompany}, "c")
	w.wantFound("year", workflow.RegisterFilter{Year: 2025}, "b")
	w.wantFound("slug", workflow.RegisterFilter{Slug: "slug-b"}, "b")
	w.wantFound("both", workflow.RegisterFilter{Region: "16", Kind: workflow.KindMunicipality}, "a")
	w.wantFound("page", workflow.RegisterFilter{Limit: 1, Offset: 1}, "b")
	w.wantFound("past the end", workflow.RegisterFilter{Limit: 1, Offset: 3})
	w.wantFound("no text", workflow.RegisterFilter{Region: "\x00\xff", Slug: "'"})
}

func registerSearch(_ *testing.T, w *world) {
	w.publish(Commitment("a", "L’Œuvre de Saint-Félicien"), Commitment("b", "Saint-Louis-du-Ha! Ha!"), Commitment("c", "Coop 100 % locale"))
	for query, ids := range map[string][]string{
		"saint": {"a", "b"}, "OEUVRE felicien": {"a"}, "félicien saint": {"a"}, "ha": {"b"}, "ha! ha!": {"b"},
		"100": {"c"}, "100 %": {"c"}, "  ": {"c", "a", "b"}, "": {"c", "a", "b"},
		"%": nil, "_": nil, "*": nil, "louis absent": nil, "' OR 1=1 --": nil,
	} {
		w.wantFound(query, workflow.RegisterFilter{Query: query}, ids...)
	}
}

// registerOrder: É beside E, small beside capital, and equal names by id.
func registerOrder(_ *testing.T, w *world) {
	w.publish(Commitment("6", "Zec-Exemple"), Commitment("2", "Éclair"), Commitment("1", "Eau"), Commitment("5", "Étang"),
		Commitment("4", "Essai"), Commitment("3", "essai"))
	w.wantFound("order", workflow.RegisterFilter{}, "1", "2", "3", "4", "5", "6")
	twin := Commitment("0", "Zec-Exemple")
	w.publish(twin)
	w.wantFound("twins", workflow.RegisterFilter{Query: "zec"}, "0", "6")
}

// registerInTransaction: a transaction sees its own line, nobody else does
// until it is kept, and nobody ever does when it is not.
func registerInTransaction(t *testing.T, w *world) {
	w.publish(Commitment("a", "A"))
	count := func(r workflow.Reader) int { _, n := w.found(r, workflow.RegisterFilter{}, noon); return n }
	err := w.Update(w.ctx, func(tx workflow.Tx) error {
		if err := tx.AddCommitment(w.ctx, Commitment("b", "B")); err != nil {
			return err
		}
		wantEqual(t, count(tx), 2)
		wantEqual(t, count(w), 1)
		return &workflow.Error{Kind: workflow.Invalid, Key: "test"}
	})
	wantError(t, err, workflow.Invalid, "test")
	wantEqual(t, count(w), 1)
	w.publish(Commitment("c", "C"))
	wantEqual(t, count(w), 2)
}

func registerEmbargo(t *testing.T, w *world) {
	later, never := Commitment("a", "A"), Commitment("b", "B")
	later.PublishedAt, never.PublishedAt = noon.Add(time.Hour), time.Time{}
	w.publish(later, never)
	total := func(now time.Time) int {
		_, n := w.found(w, workflow.RegisterFilter{}, now)
		counts := read[workflow.RegisterCounts](t)(w.RegisterCounts(w.ctx, workflow.RegisterFilter{}, now))
		wantEqual(t, counts.Total, n)
		return n
	}
	wantEqual(t, total(noon.Add(time.Hour-time.Millisecond)), 0)
	wantEqual(t, total(noon.Add(time.Hour)), 1)
}
