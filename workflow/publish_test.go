package workflow_test

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// firstText is the body of the first declaration.
func firstText(t *testing.T, lang string) string {
	t.Helper()
	raw, err := os.ReadFile("../templates/declarations/esja-1.0." + lang + ".md")
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(string(raw), "\n")
	return body
}

// written makes a draft that may be published as that number.
func written(t *testing.T, w *workflowtest.World, a workflow.Actor, pole, number string) workflow.DeclarationDraft {
	t.Helper()
	id, err := w.StartDraft(t.Context(), a, pole)
	if err != nil {
		t.Fatal(err)
	}
	err = w.SaveDraft(t.Context(), a, id, workflow.DraftForm{Number: number, TitleFR: "Déclaration " + number, TitleEN: "Declaration " + number,
		BodyFR: publishable, BodyEN: publishableEN, Revision: 1})
	if err != nil {
		t.Fatal(err)
	}
	d, err := w.DeclarationDraft(t.Context(), a, id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// published publishes such a draft at once.
func published(t *testing.T, w *workflowtest.World, pole, number string) {
	t.Helper()
	d := written(t, w, workflow.Operator(), pole, number)
	if _, err := w.PublishDraft(t.Context(), workflow.Operator(), d.ID, d.Revision, ""); err != nil {
		t.Fatal(err)
	}
}

// inForce is the version an invitation of a pôle would carry.
func inForce(t *testing.T, w *workflowtest.World, pole string) string {
	t.Helper()
	d, err := w.Store.CurrentDeclaration(t.Context(), workflow.DeclarationID, pole, w.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	return d.Version
}

func TestPublishingAVersion(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx, a := t.Context(), workflow.Operator()
		id, err := w.StartDraft(ctx, a, "")
		if err != nil {
			t.Fatal(err)
		}
		d, err := w.DeclarationDraft(ctx, a, id)
		if err != nil || d.Version() != "1.1" || !strings.HasPrefix(d.BodyFR, "Nous, **{organisation}**") || d.TitleFR != "Déclaration" {
			t.Fatalf("a new draft is %+v, %v", d, err)
		}
		_, err = w.PublishDraft(ctx, a, id, 1, "")
		wantField(t, err, "textfr", "declaration.short")
		wantField(t, err, "texten", "declaration.short")
		form := workflow.DraftForm{Number: "1.0", TitleFR: "Un *titre*", TitleEN: "", BodyFR: publishable, BodyEN: publishableEN, Revision: 1}
		if err := w.SaveDraft(ctx, a, id, form); err != nil {
			t.Fatal(err)
		}
		wantKey(t, w.SaveDraft(ctx, a, id, form), workflow.Conflict, workflow.KeyDraftMoved)
		err = w.CheckDraft(ctx, a, id)
		for field, key := range map[string]string{"version": "version.taken", "titlefr": "markdown.title", "titleen": "text.empty"} {
			wantField(t, err, field, key)
		}
		form.Number, form.TitleFR, form.TitleEN, form.Revision = "2.0", "Un titre", "A title", 2
		if err := w.SaveDraft(ctx, a, id, form); err != nil {
			t.Fatal(err)
		}
		_, err = w.PublishDraft(ctx, a, id, 2, "")
		wantKey(t, err, workflow.Conflict, workflow.KeyDraftMoved)
		if _, err := w.PublishDraft(ctx, a, id, 3, ""); err != nil {
			t.Fatal(err)
		}
		if got := inForce(t, w, "estrie"); got != "2.0" {
			t.Errorf("in force: %s", got)
		}
		v, err := w.Declaration(ctx, "2.0")
		if err != nil || v.TextFR != "# Un titre\n\n"+publishable+"\n" || v.SHA256FR != workflow.TextSHA256(v.TextFR) || !v.PublishedAt.Equal(w.Clock.Now()) {
			t.Errorf("published %+v, %v", v, err)
		}
		// What is published is out of reach: the draft is gone, the version taken.
		wantKey(t, w.SaveDraft(ctx, a, id, form), workflow.NotFound, "record.not-found")
		v.TextFR = "autre"
		err = w.Store.Update(ctx, func(tx workflow.Tx) error { return tx.AddDeclaration(ctx, v) })
		wantKey(t, err, workflow.Conflict, "declaration.exists")
		verifySound(t, w)
	})
}

func TestDraftsRefuseWhatCannotBePrinted(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		id, err := w.StartDraft(t.Context(), workflow.Operator(), "")
		if err != nil {
			t.Fatal(err)
		}
		save := func(change func(*workflow.DraftForm)) error {
			form := workflow.DraftForm{Number: "1.1", Revision: 1}
			change(&form)
			return w.SaveDraft(t.Context(), workflow.Operator(), id, form)
		}
		wantField(t, save(func(f *workflow.DraftForm) { f.BodyFR = "Un texte 🎉" }), "textfr", "text.symbol")
		wantField(t, save(func(f *workflow.DraftForm) { f.BodyEN = "a\u202eb" }), "texten", "text.direction")
		wantField(t, save(func(f *workflow.DraftForm) { f.TitleFR = "Titre\nsuite" }), "titlefr", "text.control")
		wantField(t, save(func(f *workflow.DraftForm) { f.TitleEN = strings.Repeat("a", 201) }), "titleen", "text.long")
		wantField(t, save(func(f *workflow.DraftForm) { f.BodyFR = strings.Repeat("a", workflow.MaxDeclaration+1) }), "textfr", "text.long")
	})
}

func TestPlannedPublication(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx, a := t.Context(), workflow.Operator()
		d := written(t, w, a, "", "1.1")
		plan := func(revision int, on string) error {
			_, err := w.PublishDraft(ctx, a, d.ID, revision, on)
			return err
		}
		wantField(t, plan(2, "2026-11-21"), "publish", "publish.past")
		wantField(t, plan(2, "2028-11-22"), "publish", "publish.far")
		wantField(t, plan(2, "demain"), "publish", "date.invalid")
		if err := plan(2, "2026-11-24"); err != nil {
			t.Fatal(err)
		}
		wantKey(t, w.SaveDraft(ctx, a, d.ID, workflow.DraftForm{Revision: 3}), workflow.Conflict, "draft.planned")
		if err := w.WithdrawDraft(ctx, a, d.ID, 3); err != nil {
			t.Fatal(err)
		}
		w.Clock.Move(3 * 24 * time.Hour)
		if tickNow(t, w); inForce(t, w, "estrie") != "1.0" {
			t.Error("a text was published that was withdrawn before its day")
		}
		if err := plan(4, "2026-11-28"); err != nil {
			t.Fatal(err)
		}
		before, _ := w.Invite(t, workflowtest.Request())
		w.Clock.Move(60 * time.Hour) // to the evening before, in Québec
		if tickNow(t, w); inForce(t, w, "estrie") != "1.0" {
			t.Error("published before its day")
		}
		w.Clock.Move(3 * time.Hour)
		if tickNow(t, w); inForce(t, w, "estrie") != "1.1" {
			t.Errorf("not published on its day, %s", w.Clock.Now())
		}
		wantKey(t, w.WithdrawDraft(ctx, a, d.ID, 5), workflow.NotFound, "record.not-found")
		if inv, err := w.Invitation(ctx, a, before.ID); err != nil || inv.DeclarationVersion != "1.0" {
			t.Errorf("an invitation changed its version to %s, %v", inv.DeclarationVersion, err)
		}
	})
}

func tickNow(t *testing.T, w *workflowtest.World) {
	t.Helper()
	if err := w.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// A planned version that was published otherwise meanwhile stops nothing else.
func TestPlannedVersionThatIsTakenGoesBackToItsWriter(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		d := written(t, w, workflow.Operator(), "", "1.1")
		if _, err := w.PublishDraft(t.Context(), workflow.Operator(), d.ID, d.Revision, "2026-11-24"); err != nil {
			t.Fatal(err)
		}
		published(t, w, "", "1.1")
		w.Clock.Move(3 * 24 * time.Hour)
		tickNow(t, w)
		if d, err := w.DeclarationDraft(t.Context(), workflow.Operator(), d.ID); err != nil || d.Planned() {
			t.Errorf("%+v, %v", d, err)
		}
	})
}

// Two instances whose clocks reach the day at once publish one version.
func TestTwoInstancesPublishOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		d := written(t, w, workflow.Operator(), "", "1.1")
		if _, err := w.PublishDraft(t.Context(), workflow.Operator(), d.ID, d.Revision, "2026-11-23"); err != nil {
			t.Fatal(err)
		}
		w.Clock.Move(24 * time.Hour)
		failed := make(chan error, 8)
		for range cap(failed) {
			go func() { failed <- w.Tick(context.WithoutCancel(t.Context())) }()
		}
		for range cap(failed) {
			if err := <-failed; err != nil {
				t.Error(err)
			}
		}
		entries, err := w.Store.JournalOf(t.Context(), "declaration:esja:1.1")
		if err != nil || len(entries) != 1 {
			t.Errorf("%d publications, %v", len(entries), err)
		}
	})
}

func TestWhoWritesWhichText(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		admin := workflow.StaffActor(hire(t, w, "admin@example.org", workflow.RoleAdmin))
		agent := workflow.StaffActor(hire(t, w, "a@example.org", workflow.RoleAgent, "estrie"))
		stranger := workflow.StaffActor(hire(t, w, "b@example.org", workflow.RoleAgent, "montreal"))
		reader := workflow.StaffActor(hire(t, w, "r@example.org", workflow.RoleReader, "estrie"))
		start := func(a workflow.Actor, pole string) error { _, err := w.StartDraft(ctx, a, pole); return err }
		wantKey(t, start(agent, ""), workflow.Forbidden, "role.insufficient")
		wantKey(t, start(reader, "estrie"), workflow.Forbidden, "role.insufficient")
		wantKey(t, start(stranger, "estrie"), workflow.NotFound, "record.not-found")
		wantKey(t, start(admin, "nulle-part"), workflow.NotFound, "record.not-found")
		everybody, own := written(t, w, admin, "", "1.1"), written(t, w, agent, "estrie", "1.1")
		for name, ask := range map[string]func(workflow.Actor, string) error{
			"read": func(a workflow.Actor, id string) error { _, err := w.DeclarationDraft(ctx, a, id); return err },
			"save": func(a workflow.Actor, id string) error {
				return w.SaveDraft(ctx, a, id, workflow.DraftForm{Revision: 2})
			},
			"check":    func(a workflow.Actor, id string) error { return w.CheckDraft(ctx, a, id) },
			"draw":     func(a workflow.Actor, id string) error { _, err := w.DraftPDF(ctx, a, id); return err },
			"publish":  func(a workflow.Actor, id string) error { _, err := w.PublishDraft(ctx, a, id, 2, ""); return err },
			"withdraw": func(a workflow.Actor, id string) error { return w.WithdrawDraft(ctx, a, id, 2) },
			"drop":     func(a workflow.Actor, id string) error { return w.DropDraft(ctx, a, id, 2) },
			"compare":  func(a workflow.Actor, id string) error { _, err := w.ComparedText(ctx, a, id); return err },
		} {
			for _, c := range []struct {
				who workflow.Actor
				id  string
			}{{agent, everybody.ID}, {stranger, own.ID}, {stranger, everybody.ID}} {
				there, nowhere := ask(c.who, c.id), ask(c.who, "nowhere")
				if there == nil || there.Error() != nowhere.Error() || !workflow.IsKind(there, workflow.NotFound) {
					t.Errorf("%s: %v for another's, %v for an unknown one", name, there, nowhere)
				}
			}
		}
		if _, err := w.PublishDraft(ctx, agent, own.ID, own.Revision, ""); err != nil {
			t.Fatal(err)
		}
		if e, m := inForce(t, w, "estrie"), inForce(t, w, "montreal"); e != "1.1-estrie" || m != "1.0" {
			t.Errorf("in force: %s in Estrie, %s in Montréal", e, m)
		}
		for who, want := range map[*workflow.Actor]int{&admin: 2, &agent: 2, &stranger: 1, &reader: 2} {
			shelf, err := w.DeclarationShelf(ctx, *who)
			if err != nil || len(shelf.Published) != want || len(shelf.Drafts) != map[bool]int{true: 1}[who == &admin] {
				t.Errorf("%s sees %d versions and %d drafts, %v", who.Staff.Email, len(shelf.Published), len(shelf.Drafts), err)
			}
		}
	})
}
