package workflow_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strings"
	"sync"
	"testing"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// aPDF is what the service takes for one: it never reads further.
func aPDF(name string) []byte { return []byte("%PDF-1.7 " + name + "\x00\xff") }

// strokes is a picture of a few lines.
func strokes(t *testing.T) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 300, 100))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for x := 20; x < 280; x++ {
		for y := range 4 {
			img.SetGray(x, 20+x/5+y, color.Gray{})
		}
	}
	return pictureFile(t, img)
}

func pictureFile(t *testing.T, img image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// resolved is a good form of the resolution, with an extract.
func resolved(name string, content []byte) workflow.ResolutionForm {
	return workflow.ResolutionForm{Needed: true, Number: "2026-118", Date: "2026-11-17", Body: "Conseil municipal", Sitting: "séance ordinaire",
		Extract: workflow.ExtractForm{Name: name, Content: content}}
}

// atResolution brings a browser to the page of the resolution.
func atResolution(t *testing.T, w *workflowtest.World) (secret, token string) {
	t.Helper()
	_, token = w.Invite(t, workflowtest.Request())
	secret = w.Open(t, token)
	w.Fill(t, secret)
	return secret, token
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func signing(t *testing.T, w *workflowtest.World, secret string) workflow.Signing {
	t.Helper()
	p, err := w.Signing(t.Context(), secret)
	must(t, err)
	return p
}

// What is joined is kept exactly, named by its hash in what is reviewed, and
// stays as it is once signed.
func TestExtractIsKeptWithTheSignature(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		secret, token := atResolution(t, w)
		before := signing(t, w, secret).ReviewSHA256
		must(t, w.SaveResolution(t.Context(), secret, resolved("../../x.pdf", aPDF("un"))))
		p := signing(t, w, secret)
		x, err := w.Extract(t.Context(), p)
		if err != nil || x.Name != "x.pdf" || x.Size != len(aPDF("un")) || x.SHA256 != workflow.TextSHA256(string(aPDF("un"))) || p.ReviewSHA256 == before {
			t.Fatalf("%+v, %v", x, err)
		}
		again := w.Open(t, token) // from another device
		same, err := w.SigningExtract(t.Context(), again)
		if err != nil || !bytes.Equal(same.Content, aPDF("un")) {
			t.Errorf("%q, %v", same.Content, err)
		}
		w.Confirm(t, secret)
		old := w.Form(t, secret)
		must(t, w.SaveResolution(t.Context(), again, resolved("y.pdf", aPDF("deux"))))
		_, err = w.Sign(t.Context(), secret, old, workflowtest.Visit)
		wantKey(t, err, workflow.Conflict, "step.review")
		number, err := w.Sign(t.Context(), secret, w.Form(t, secret), workflowtest.Visit)
		must(t, err)
		wantKey(t, w.SaveResolution(t.Context(), secret, resolved("z.pdf", aPDF("trois"))), workflow.Conflict, "step.signed")
		_, err = w.StashExtract(t.Context(), secret, resolved("z.pdf", aPDF("trois")).Extract)
		wantKey(t, err, workflow.Conflict, "step.signed")
		list, err := w.Store.Extracts(t.Context(), p.Invitation.ID)
		if err != nil || len(list) != 1 || list[0].Name != "y.pdf" {
			t.Errorf("%+v, %v", list, err)
		}
		cert, err := w.CertificateByNumber(t.Context(), workflow.Operator(), number)
		if err != nil || cert.Content.Resolution.ExtractSHA256 != list[0].SHA256 || cert.Content.Resolution.Sitting != "séance ordinaire" {
			t.Errorf("%+v, %v", cert.Content.Resolution, err)
		}
		if _, err := w.VerifyJournal(t.Context(), nil, true); err != nil {
			t.Error(err)
		}
	})
}

func TestExtractIsReplacedKeptAndRemoved(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		secret, _ := atResolution(t, w)
		joined := func() string { return signing(t, w, secret).Invitation.Details.Resolution.ExtractSHA256 }
		save := func(change func(*workflow.ResolutionForm)) error {
			form := resolved("", nil)
			change(&form)
			return w.SaveResolution(t.Context(), secret, form)
		}
		must(t, w.SaveResolution(t.Context(), secret, resolved("un.pdf", aPDF("un"))))
		first := joined()
		must(t, save(func(f *workflow.ResolutionForm) { f.Number = "2026-119" }))
		if joined() != first {
			t.Error("saving the number again lost the extract")
		}
		// A form refused for its date: the file waits beside the one in force.
		version := signing(t, w, secret).Invitation.Version
		kept, err := w.StashExtract(t.Context(), secret, workflow.ExtractForm{Name: "deux.pdf", Content: aPDF("deux")})
		if err != nil || kept.Name != "deux.pdf" || joined() != first {
			t.Fatalf("%+v, %v", kept, err)
		}
		if signing(t, w, secret).Invitation.Version == version { // then it could drop what somebody joins this instant
			t.Error("a file that waits does not take its turn among those that are joined")
		}
		if kept, err = w.StashExtract(t.Context(), secret, workflow.ExtractForm{Kept: kept.SHA256}); err != nil || kept.Name != "deux.pdf" || kept.Content != nil {
			t.Errorf("%+v, %v", kept, err)
		}
		must(t, save(func(f *workflow.ResolutionForm) { f.Extract.Kept = kept.SHA256 }))
		if joined() != kept.SHA256 {
			t.Error("the file that waited was not taken")
		}
		wantField(t, save(func(f *workflow.ResolutionForm) { f.Extract.Kept = first }), "extract", "extract.gone")
		must(t, save(func(f *workflow.ResolutionForm) { f.Extract.Drop = true }))
		inv := signing(t, w, secret).Invitation
		if list, err := w.Store.Extracts(t.Context(), inv.ID); err != nil || len(list) != 0 || joined() != "" {
			t.Errorf("%v, %v", list, err)
		}
		for _, end := range []func() error{
			func() error { return w.SaveResolution(t.Context(), secret, workflow.ResolutionForm{}) },
			func() error {
				return w.AwaitResolution(t.Context(), secret, workflow.MeetingForm{Date: "2026-12-07", Body: "Conseil municipal"})
			},
		} {
			must(t, w.SaveResolution(t.Context(), secret, resolved("un.pdf", aPDF("un"))))
			must(t, end())
			if list, err := w.Store.Extracts(t.Context(), inv.ID); err != nil || len(list) != 0 {
				t.Errorf("without a resolution there is %v, %v", list, err)
			}
		}
	})
}

// Of several who join a file at once one comes last, and its file is there.
func TestExtractsJoinedAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		secret, _ := atResolution(t, w)
		var group sync.WaitGroup
		for _, name := range []string{"a", "b", "c", "d"} {
			group.Go(func() {
				if err := w.SaveResolution(t.Context(), secret, resolved(name, aPDF(name))); err != nil && workflow.KeyOf(err) != workflow.KeyMoved {
					t.Error(err)
				}
				if _, err := w.StashExtract(t.Context(), secret, workflow.ExtractForm{Name: name, Content: aPDF(name + name)}); err != nil && workflow.KeyOf(err) != workflow.KeyMoved {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if x, err := w.SigningExtract(t.Context(), secret); err != nil || !bytes.HasPrefix(x.Content, []byte("%PDF-")) {
			t.Errorf("%+v, %v", x, err)
		}
		if list, err := w.Store.Extracts(t.Context(), signing(t, w, secret).Invitation.ID); err != nil || len(list) > 2 {
			t.Errorf("%d files are kept, %v", len(list), err)
		}
	})
}

func TestWhatIsNoExtractIsRefused(t *testing.T) {
	w := sqliteWorld(t)
	secret, _ := atResolution(t, w)
	for key, form := range map[string]workflow.ResolutionForm{
		"extract.empty": resolved("vide.pdf", nil), "extract.type": resolved("a.pdf", []byte("PK\x03\x04%PDF-")),
		"extract.large": resolved("a.pdf", append(aPDF(""), make([]byte, workflow.MaxExtract)...)),
	} {
		wantField(t, w.SaveResolution(t.Context(), secret, form), "extract", key)
	}
	long := resolved("", nil)
	long.Sitting = strings.Repeat("é", 81)
	wantField(t, w.SaveResolution(t.Context(), secret, long), "sitting", "text.long")
}

func TestNamesOfExtracts(t *testing.T) {
	w := sqliteWorld(t)
	secret, _ := atResolution(t, w)
	for name, want := range map[string]string{
		"../../x.pdf": "x.pdf", `C:\Users\a\Procès-verbal.PDF`: "Procès-verbal.pdf", "a\nb\x00🏛.pdf": "ab.pdf", "..": "extrait.pdf", "/": "extrait.pdf",
		"\u202efdp.exe": "fdp.exe.pdf", strings.Repeat("é", 300) + ".pdf": strings.Repeat("é", 80) + ".pdf", "\xff.pdf": "extrait.pdf",
		`"><script>.pdf`: "script.pdf", ".pdf": "extrait.pdf", "Extrait no 2026-118.pdf": "Extrait no 2026-118.pdf",
	} {
		must(t, w.SaveResolution(t.Context(), secret, resolved(name, aPDF(name))))
		if x, err := w.Extract(t.Context(), signing(t, w, secret)); err != nil || x.Name != want {
			t.Errorf("%q became %q, want %q (%v)", name, x.Name, want, err)
		}
	}
}

// Staff of the pôle may look, which the journal keeps; for others there is
// nothing.
func TestStaffLookAtTheExtract(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		secret, _ := atResolution(t, w)
		id := signing(t, w, secret).Invitation.ID
		_, err := w.InvitationExtract(t.Context(), paperAgent("estrie"), id)
		wantKey(t, err, workflow.NotFound, "record.not-found")
		must(t, w.SaveResolution(t.Context(), secret, resolved("un.pdf", aPDF("un"))))
		_, err = w.InvitationExtract(t.Context(), paperAgent("longueuil"), id)
		wantKey(t, err, workflow.NotFound, "record.not-found")
		x, err := w.InvitationExtract(t.Context(), paperAgent("estrie"), id)
		if err != nil || !bytes.Equal(x.Content, aPDF("un")) {
			t.Errorf("%+v, %v", x, err)
		}
		events, err := w.Store.JournalOf(t.Context(), id)
		must(t, err)
		last := events[len(events)-1]
		if last.Type != "extract.seen" || !strings.Contains(last.Body, "agent-estrie") || strings.Contains(last.Body, "un.pdf") {
			t.Errorf("%s %s", last.Type, last.Body)
		}
	})
}

func TestChoicesMadeWithTheAct(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, token := w.Invite(t, workflowtest.Request())
		secret, form := w.Ready(t, token)
		form.Joined = workflow.Joined{Drawing: strokes(t), PublishQuote: true, Quote: " Acheter ici,\r\nc’est bien. ", PublishLogo: true,
			Logo: pictureFile(t, image.NewNRGBA(image.Rect(0, 0, 1200, 300)))}
		number, err := w.Sign(t.Context(), secret, form, workflowtest.Visit)
		must(t, err)
		v, err := w.VerifyNumber(t.Context(), number, workflowtest.Visit)
		must(t, err)
		c := v.Commitment
		if c.PublicQuote != "Acheter ici,\nc’est bien." || c.PublicName != "" || c.PublicLogo == "" {
			t.Errorf("%+v", c)
		}
		logo, err := w.OrganisationLogo(t.Context(), c.Slug)
		if err != nil || logo.Width != 600 || logo.SHA256 != c.PublicLogo {
			t.Errorf("%d pixels, %v", logo.Width, err)
		}
		sig, err := w.Store.Signature(t.Context(), c.SignatureID)
		must(t, err)
		drawing := v.Record.Content.Drawing
		if sig.DrawingSHA256 == "" || workflow.TextSHA256(string(drawing)) != sig.DrawingSHA256 || bytes.Equal(drawing, form.Joined.Drawing) {
			t.Errorf("drawing %q of %d bytes", sig.DrawingSHA256, len(drawing))
		}
		if again, problem := workflow.CleanDrawing(drawing); problem != nil || !bytes.Equal(again, drawing) {
			t.Errorf("%v: what was kept is not what it would be again", problem)
		}
	})
}

// The embargo of a campaign covers the logo, and so does the end of a
// commitment.
func TestLogoIsPublicWithItsCommitment(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		c := workflow.Commitment{Status: workflow.CommitmentActive, PublicLogo: "x", PublicQuote: "y"}
		for status, shown := range map[workflow.CommitmentStatus]string{workflow.CommitmentActive: "xy", workflow.CommitmentRenewed: "xy", workflow.CommitmentWithdrawn: "", workflow.CommitmentSuperseded: ""} {
			if c.Status = status; c.ShownLogo()+c.ShownQuote() != shown {
				t.Errorf("%s shows %q", status, c.ShownLogo()+c.ShownQuote())
			}
		}
		for _, slug := range []string{"nulle-part", "../x", ""} {
			_, err := w.OrganisationLogo(t.Context(), slug)
			wantKey(t, err, workflow.NotFound, "register.not-found")
		}
	})
}

func TestWhatIsWrongWithTheChoicesIsAllSaid(t *testing.T) {
	w := sqliteWorld(t)
	_, token := w.Invite(t, workflowtest.Request())
	secret, good := w.Ready(t, token)
	for name, c := range map[string]struct {
		joined     workflow.Joined
		field, key string
	}{
		"garbage drawn":    {workflow.Joined{Drawing: []byte("iVBORw0KGgo")}, "drawing", "drawing.type"},
		"white":            {workflow.Joined{Drawing: pictureFile(t, image.NewNRGBA(image.Rect(0, 0, 60, 60)))}, "drawing", "drawing.blank"},
		"cut short":        {workflow.Joined{Drawing: strokes(t)[:60]}, "drawing", "drawing.broken"},
		"heavy drawing":    {workflow.Joined{Drawing: make([]byte, workflow.MaxPicture+1)}, "drawing", "joined.large"},
		"no quote":         {workflow.Joined{PublishQuote: true, Quote: " \n"}, "quote", "text.empty"},
		"unticked quote":   {workflow.Joined{Quote: "Oui."}, "quote", "joined.quote-unticked"},
		"long quote":       {workflow.Joined{PublishQuote: true, Quote: strings.Repeat("a", 281)}, "quote", "text.long"},
		"bent quote":       {workflow.Joined{PublishQuote: true, Quote: "a\u202eb"}, "quote", "text.direction"},
		"no logo":          {workflow.Joined{PublishLogo: true}, "logo", "logo.none"},
		"unticked logo":    {workflow.Joined{Logo: strokes(t)}, "logo", "joined.logo-unticked"},
		"SVG":              {workflow.Joined{PublishLogo: true, Logo: []byte("<svg/>")}, "logo", "logo.type"},
		"heavy logo":       {workflow.Joined{PublishLogo: true, Logo: make([]byte, workflow.MaxPicture+1)}, "logo", "joined.large"},
		"beside the typed": {workflow.Joined{PublishLogo: true}, "typed", "signature.name"},
	} {
		form := good
		form.Joined = c.joined
		if c.field == "typed" {
			form.TypedName = "x"
		}
		_, err := w.Sign(t.Context(), secret, form, workflowtest.Visit)
		if err == nil {
			t.Fatalf("%s: signed", name)
		}
		wantField(t, err, c.field, c.key)
	}
	if p := signing(t, w, secret); p.Step != workflow.StepSign {
		t.Errorf("%s", p.Step)
	}
}
