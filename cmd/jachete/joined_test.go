package main

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"jachete/store/storetest"
	"jachete/workflow"
)

// linesPNG is a picture of a few lines on white, as big as a logo may be.
func linesPNG(t testing.TB) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 300, 100))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for x := 20; x < 280; x++ {
		img.SetGray(x, 20+x/5, color.Gray{})
		img.SetGray(x, 21+x/5, color.Gray{})
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// signedWithAll signs with an extract, a drawing, a quote and a logo.
func signedWithAll(t testing.TB, dsn string) signedStory {
	t.Helper()
	return liveAndSignWith(t, dsn, workflow.ResolutionForm{Needed: true, Number: "2026-118", Date: "2026-11-17", Body: "Conseil municipal",
		Sitting: "séance ordinaire", Extract: workflow.ExtractForm{Name: "extrait.pdf", Content: []byte("%PDF-1.7 extrait\x00\xff")}},
		workflow.Joined{Drawing: linesPNG(t), PublishQuote: true, Quote: "Acheter ici,\nc’est bien.", PublishLogo: true, Logo: linesPNG(t)})
}

// What is joined to the act is in the bundle, and the same commands check it.
func TestEvidenceHoldsWhatIsJoined(t *testing.T) {
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": sqliteIn, "postgres": func(t testing.TB) string { return storetest.Postgres(t) }} {
		t.Run(name, func(t *testing.T) {
			files, names := unzip(t, signedWithAll(t, dsn(t)).evidence(t))
			if !slices.Contains(names, "extract.pdf") || string(files["extract.pdf"]) != "%PDF-1.7 extrait\x00\xff" || !slices.Contains(names, "drawing.png") {
				t.Errorf("%v", names)
			}
			dir := lay(t, files)
			for i, c := range readTold(t, files["VERIFY.md"]) {
				if ok, printed := c.holds(t, dir); !ok {
					t.Errorf("command %d printed\n%s\nnot\n%s", i+1, printed, c.prints)
				}
			}
		})
	}
}

// A file that is changed, gone or too much is found by whoever makes the list
// of sums anew too; and so are other facts about what is joined.
func TestEvidenceOfWhatIsJoinedCannotLie(t *testing.T) {
	sound, _ := unzip(t, signedWithAll(t, sqliteIn(t)).evidence(t))
	commands := readTold(t, sound["VERIFY.md"])
	for _, script := range []string{
		`printf x >> extract.pdf`, `printf x >> drawing.png`, `rm extract.pdf`, `rm drawing.png`,
		`jq '.signatory.resolution.extract_sha256 = null' evidence.json > new && mv new evidence.json; rm extract.pdf`,
		`jq '.signatory.drawing_sha256 = null' evidence.json > new && mv new evidence.json; rm drawing.png`,
		`jq '.signatory.resolution.sitting = "séance spéciale"' evidence.json > new && mv new evidence.json`,
		`jq '.consent.publish_quote = "Non."' evidence.json > new && mv new evidence.json`,
		`jq '.consent.publish_quote = null' evidence.json > new && mv new evidence.json`,
		`jq '.consent.publish_logo = null' evidence.json > new && mv new evidence.json`,
	} {
		dir := lay(t, sound)
		cmd := exec.CommandContext(t.Context(), "bash", "-c", script)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", script, err, out)
		}
		if err := os.Remove(filepath.Join(dir, "SHA256SUMS")); err != nil {
			t.Fatal(err)
		}
		if !found(t, dir, commands, 2, 4, 7) {
			t.Errorf("%s was not found", script)
		}
	}
}
