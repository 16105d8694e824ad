package storetest

import (
	"testing"
	"time"

	"jachete/workflow"
)

// Draft is a text of the pôle "rive" in the making, with every field set.
func Draft(id string) workflow.DeclarationDraft {
	return workflow.DeclarationDraft{ID: id, DeclarationID: "esja", PoleSlug: "rive", Number: "1.1", TitleFR: "Titre", TitleEN: "Title",
		BodyFR: "Nous, {organisation}", BodyEN: "We, {organization}", PublishAt: noon.Add(time.Hour), Revision: 1,
		CreatedBy: "s", CreatedAt: noon, ChangedAt: noon}
}

func drafts(t *testing.T, w *world) {
	a, b := Draft("a"), Draft("b")
	b.ChangedAt, b.PublishAt = noon.Add(time.Minute), time.Time{}
	other := Draft("c")
	other.DeclarationID = "autre"
	w.must(func(tx workflow.Tx) error {
		for _, d := range []workflow.DeclarationDraft{a, b, other} {
			if err := tx.AddDeclarationDraft(w.ctx, d); err != nil {
				return err
			}
		}
		return nil
	})
	wantEqual(t, read[workflow.DeclarationDraft](t)(w.DeclarationDraft(w.ctx, "a")), a)
	wantEqual(t, read[[]workflow.DeclarationDraft](t)(w.DeclarationDrafts(w.ctx, "esja")), []workflow.DeclarationDraft{b, a})
	_, err := w.DeclarationDraft(w.ctx, "d")
	wantError(t, err, workflow.NotFound, "draft.not-found")
}

// draftRevisions: of two who change the same reading, one does.
func draftRevisions(t *testing.T, w *world) {
	d := Draft("a")
	w.must(func(tx workflow.Tx) error { return tx.AddDeclarationDraft(w.ctx, d) })
	d.Number, d.TitleFR, d.TitleEN, d.BodyFR, d.BodyEN = "2.0", "Autre titre", "Other title", "Autre", "Other"
	d.PublishAt, d.ChangedAt = time.Time{}, noon.Add(time.Hour)
	set := func(tx workflow.Tx) error { return tx.SetDeclarationDraft(w.ctx, d) }
	w.must(set)
	w.refused(workflow.Conflict, workflow.KeyDraftMoved, set)
	w.refused(workflow.Conflict, workflow.KeyDraftMoved, func(tx workflow.Tx) error { return tx.DropDeclarationDraft(w.ctx, d) })
	d.Revision = 2
	wantEqual(t, read[workflow.DeclarationDraft](t)(w.DeclarationDraft(w.ctx, "a")), d)
	w.must(func(tx workflow.Tx) error { return tx.DropDeclarationDraft(w.ctx, d) })
	_, err := w.DeclarationDraft(w.ctx, "a")
	wantError(t, err, workflow.NotFound, "draft.not-found")
}

func declarationList(t *testing.T, w *world) {
	later, other := Declaration("1.1", noon), Declaration("1.0", noon)
	other.ID = "autre"
	w.must(func(tx workflow.Tx) error {
		if err := tx.AddDeclaration(w.ctx, later); err != nil {
			return err
		}
		return tx.AddDeclaration(w.ctx, other)
	})
	wantEqual(t, read[[]workflow.Declaration](t)(w.Declarations(w.ctx, "esja")),
		[]workflow.Declaration{later, Declaration("1.0", noon.Add(-time.Hour))})
}

func logos(t *testing.T, w *world) {
	logo := workflow.Picture{PNG: []byte{0x89, 'P', 0, 255}, SHA256: workflow.TextSHA256("a"), Width: 600, Height: 40}
	_, err := w.PoleLogo(w.ctx, "rive")
	wantError(t, err, workflow.NotFound, "logo.not-found")
	w.must(func(tx workflow.Tx) error { return tx.SetPoleLogo(w.ctx, "rive", logo) })
	wantEqual(t, read[workflow.Picture](t)(w.PoleLogo(w.ctx, "rive")), logo)
	wantEqual(t, read[workflow.Pole](t)(w.Pole(w.ctx, "rive")).Logo, logo.SHA256)
	logo.PNG, logo.SHA256 = []byte{1}, workflow.TextSHA256("b")
	w.must(func(tx workflow.Tx) error { return tx.SetPoleLogo(w.ctx, "rive", logo) })
	wantEqual(t, read[workflow.Picture](t)(w.PoleLogo(w.ctx, "rive")), logo)
	for range 2 {
		w.must(func(tx workflow.Tx) error { return tx.DropPoleLogo(w.ctx, "rive") })
	}
	_, err = w.PoleLogo(w.ctx, "rive")
	wantError(t, err, workflow.NotFound, "logo.not-found")
	wantEqual(t, read[workflow.Pole](t)(w.Pole(w.ctx, "rive")).Logo, "")
	w.refused(workflow.NotFound, "pole.not-found", func(tx workflow.Tx) error { return tx.SetPoleLogo(w.ctx, "nulle", logo) })
	w.refused(workflow.NotFound, "pole.not-found", func(tx workflow.Tx) error { return tx.DropPoleLogo(w.ctx, "nulle") })
}
