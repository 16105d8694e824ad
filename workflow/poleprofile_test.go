package workflow_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

func TestProfileOfAPole(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		admin := workflow.StaffActor(hire(t, w, "admin@example.org", workflow.RoleAdmin))
		agent := workflow.StaffActor(hire(t, w, "agent@example.org", workflow.RoleAgent, "estrie"))
		stranger := workflow.StaffActor(hire(t, w, "b@example.org", workflow.RoleAgent, "montreal"))
		reader := workflow.StaffActor(hire(t, w, "r@example.org", workflow.RoleReader, "estrie"))
		form := workflow.PoleForm{Contact: workflow.PoleContact{PostalAddress: "3, rue du Gabarit", Phone: "819 555-0103", Email: "Pole@example.org",
			SenderName: "Achats sociaux", Privacy: "Claude Exemple, 819 555-0104"}}
		if err := w.SavePole(ctx, agent, "estrie", form); err != nil {
			t.Fatal(err)
		}
		p, err := w.Pole(ctx, "estrie")
		form.Contact.Email = "pole@example.org"
		if err != nil || p.Contact != form.Contact || p.Name == "" {
			t.Errorf("%+v, %v", p, err)
		}
		named := form
		named.Name = "Pôle du Gabarit"
		wantKey(t, w.SavePole(ctx, agent, "estrie", named), workflow.Forbidden, "role.insufficient")
		if err := w.SavePole(ctx, admin, "estrie", named); err != nil {
			t.Error(err)
		}
		if err := w.SavePole(ctx, agent, "estrie", named); err != nil {
			t.Errorf("the name it has already: %v", err)
		}
		bad := form
		bad.Contact.SenderName, bad.Contact.Privacy = "exemple.com", strings.Repeat("a", 201)
		err = w.SavePole(ctx, agent, "estrie", bad)
		wantField(t, err, "sender", "text.address")
		wantField(t, err, "privacy", "text.long")
		wantKey(t, w.SavePole(ctx, reader, "estrie", form), workflow.Forbidden, "role.insufficient")
		for _, slug := range []string{"estrie", "nulle-part"} {
			wantKey(t, w.SavePole(ctx, stranger, slug, form), workflow.NotFound, "record.not-found")
			wantKey(t, w.SetPoleLogo(ctx, stranger, slug, nil), workflow.NotFound, "record.not-found")
			wantKey(t, w.DropPoleLogo(ctx, stranger, slug), workflow.NotFound, "record.not-found")
		}
		wantKey(t, w.SavePole(ctx, admin, "nulle-part", form), workflow.NotFound, "record.not-found")
		wantFieldNames(t, w, "address phone email sender privacy", "name")
	})
}

// wantFieldNames expects the journal to name what changed and keep no value.
func wantFieldNames(t *testing.T, w *workflowtest.World, want ...string) {
	t.Helper()
	entries, err := w.Store.JournalOf(t.Context(), "pole:estrie")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		var body struct{ Data map[string]string }
		if err := json.Unmarshal([]byte(e.Body), &body); err != nil {
			t.Fatal(err)
		}
		if e.Type == "pole.changed" {
			got = append(got, body.Data["fields"])
		}
		if strings.Contains(e.Body, "Gabarit") || strings.Contains(e.Body, "555-01") {
			t.Errorf("the journal keeps a value: %s", e.Body)
		}
	}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("journal: %q, want %q", got, want)
	}
}

// picture is a PNG of that size.
func picture(t *testing.T, w, h int) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	img.Set(0, 0, color.NRGBA{R: 200, A: 255})
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestLogoOfAPole(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx, a := t.Context(), workflow.Operator()
		if err := w.SetPoleLogo(ctx, a, "estrie", picture(t, 1200, 300)); err != nil {
			t.Fatal(err)
		}
		l, err := w.PoleLogo(ctx, "estrie")
		if err != nil || l.Width != 600 || l.Height != 150 || !bytes.HasPrefix(l.PNG, []byte("\x89PNG")) {
			t.Errorf("%d × %d, %v", l.Width, l.Height, err)
		}
		if p, err := w.Pole(ctx, "estrie"); err != nil || p.Logo != l.SHA256 {
			t.Errorf("the pôle's logo is %q, %v", p.Logo, err)
		}
		for key, file := range map[string][]byte{"logo.type": []byte("GIF89a"), "logo.small": picture(t, 1, 1), "logo.big": picture(t, 4001, 20),
			"logo.broken": picture(t, 40, 40)[:60]} {
			wantField(t, w.SetPoleLogo(ctx, a, "estrie", file), "logo", key)
		}
		if err := w.DropPoleLogo(ctx, a, "estrie"); err != nil {
			t.Fatal(err)
		}
		_, err = w.PoleLogo(ctx, "estrie")
		wantKey(t, err, workflow.NotFound, "logo.not-found")
	})
}
