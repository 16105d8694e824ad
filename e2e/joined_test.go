package e2e

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// file writes a file for the browser to choose.
func (j *journey) file(name string, content []byte) string {
	j.t.Helper()
	path := filepath.Join(j.t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		j.t.Fatal(err)
	}
	return path
}

func (j *journey) choose(css, path string) {
	j.t.Helper()
	j.do(chromedp.SetUploadFiles(chromedp.CSS(css), []string{path}))
}

// emblem is a picture of a disc.
func emblem(t *testing.T) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 240, 240))
	for y := range 240 {
		for x := range 240 {
			if math.Hypot(float64(x-120), float64(y-120)) < 100 {
				img.Set(x, y, color.NRGBA{11, 93, 91, 255})
			}
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// pad is where the canvas is, in CSS pixels of the window.
type pad struct{ X, Y, Width, Height float64 }

func (j *journey) pad() pad {
	j.t.Helper()
	j.do(chromedp.ScrollIntoView(chromedp.CSS(`canvas`)))
	return ask(j.page, chromedp.Evaluate[pad](`(() => { const b = document.querySelector("canvas").getBoundingClientRect(); return {X: b.x, Y: b.y, Width: b.width, Height: b.height}; })()`))
}

// stroke is a place of a signature, at from 0 to 1.
func (p pad) stroke(at float64) (x, y float64) {
	return p.X + p.Width*(0.12+0.7*at+0.06*math.Cos(38*at)), p.Y + p.Height*(0.5+0.3*math.Sin(38*at)*(1-0.5*at))
}

const strokes = 120

// signsByMouse draws with the left button.
func (j *journey) signsByMouse() {
	j.t.Helper()
	p := j.pad()
	x, y := p.stroke(0)
	j.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMousePressed, x, y, chromedp.ButtonLeft, chromedp.ClickCount(1)))
	for i := range strokes {
		x, y = p.stroke(float64(i) / strokes)
		j.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x, y, chromedp.ButtonLeft))
	}
	j.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseReleased, x, y, chromedp.ButtonLeft, chromedp.ClickCount(1)))
}

// signsByFinger draws on a screen that is touched.
func (j *journey) signsByFinger() {
	j.t.Helper()
	p := j.pad()
	touch := func(kind input.DispatchTouchEventType, at float64) {
		j.t.Helper()
		params := input.DispatchTouchEventParams{Type: kind, TouchPoints: []*input.TouchPoint{}}
		if kind != input.DispatchTouchEventTypeTouchEnd {
			x, y := p.stroke(at)
			params.TouchPoints = []*input.TouchPoint{{X: x, Y: y}}
		}
		if _, err := chromedp.Call(j.ctx, input.DispatchTouchEvent, params); err != nil {
			j.t.Fatal(err)
		}
	}
	touch(input.DispatchTouchEventTypeTouchStart, 0)
	for i := range strokes {
		touch(input.DispatchTouchEventTypeTouchMove, float64(i)/strokes)
	}
	touch(input.DispatchTouchEventTypeTouchEnd, 1)
}

// drew tells whether the page has a drawing to send.
func (j *journey) drew() bool {
	j.t.Helper()
	return strings.HasPrefix(ask(j.page, valueOf(`[data-drawn]`)), "data:image/png;base64,")
}

// Everything that may be joined to the act, by somebody with long names: by
// mouse at a desk, by finger on a phone.
func TestEverythingJoinedToTheAct(t *testing.T) {
	demo, browser := startDemo(t), chromium(t)
	for _, width := range []int{phone, desk} {
		organisation := fmt.Sprintf("Municipalité régionale de comté du Haut-Essai %d", width)
		email := fmt.Sprintf("joint-%d@example.org", width)
		demo.must("invite", "--pole", "estrie", "--organisation", organisation, "--kind", "mrc", "--region", "05",
			"--name", "Marie-Antoinette Exemple-Beauséjour", "--function", "Directrice générale et greffière-trésorière adjointe", "--email", email)
		j := &journey{page: newPage(t, browser, width), demo: demo, width: width}
		j.open(demo.base + mailedLink(t, demo, email))
		j.goes(`form[method=post] button`)
		j.goes(`form[method=post] button`)
		j.goes(`form[method=post] button`)
		j.joinsExtract()
		j.confirmMailbox(email)
		j.sees("joindre")
		j.joinsTheRest()
		j.sees("joint-merci")
		number := j.text(`.number`)
		j.checkJoined(number, j.download(`a[href$="attestation.pdf"]`))
		j.goes(`a[href^="/signataires/"]`)
		j.sees("joint-registre")
		if said := j.text("main"); !strings.Contains(said, "Acheter ici, c’est bâtir ici.") || strings.Contains(said, "Marie-Antoinette") || !j.has(`img.logo[src*="/logo.png?v="]`) {
			t.Errorf("the register says:\n%s", said)
		}
	}
}

func mailedLink(t *testing.T, demo *server, email string) string {
	t.Helper()
	s := newSigner(t, demo.installation, email)
	return s.link()
}

// joinsExtract tries what is no PDF first, and finds the file again afterwards.
func (j *journey) joinsExtract() {
	j.t.Helper()
	j.click(`input[value=yes]`)
	j.fill(`input[name=number]`, "2026-118")
	j.fill(`input[name=date]`, "2026-02-28")
	j.fill(`input[name=body]`, "Conseil de la municipalité régionale de comté")
	j.fill(`input[name=sitting]`, "séance ordinaire")
	j.choose(`#extract`, j.file("note.pdf", []byte("pas un PDF")))
	if status := j.follow(`form[method=post] button`); status != 422 {
		j.t.Errorf("what is no PDF is answered %d", status)
	}
	j.sees("extrait-erreur")
	minutes := []byte("%PDF-1.7\nprocès-verbal\n%%EOF\n")
	j.choose(`#extract`, j.file("Extrait du procès-verbal.pdf", minutes))
	j.goes(`form[method=post] button`)
	j.open(j.demo.base + "/signature/resolution")
	j.sees("extrait-joint")
	if back := j.download(`a[href="/signature/extrait.pdf"]`); !bytes.Equal(back, minutes) {
		j.t.Error("the extract is another file than the one that was sent")
	}
	j.goes(`form[method=post] button`)
}

// joinsTheRest draws, forgets to consent, and finds the drawing again.
func (j *journey) joinsTheRest() {
	j.t.Helper()
	j.tick("publishquote")
	j.do(chromedp.SendKeys(chromedp.CSS(`#quote`), "Acheter ici, c’est bâtir ici."))
	j.tick("publishlogo")
	j.choose(`#logo`, j.file("emblème.png", emblem(j.t)))
	j.click(`details > summary[data-draw]`)
	draw := j.signsByMouse
	if j.width == phone {
		draw = j.signsByFinger
	}
	draw()
	if !j.drew() {
		j.t.Fatal("nothing was drawn")
	}
	if said := j.text(`[data-said]`); said != "Le dessin sera joint." {
		j.t.Errorf("a drawing is told as %q", said)
	}
	j.click(`[data-clear]`)
	if j.drew() {
		j.t.Error("the drawing is not erased")
	}
	draw()
	j.sees("dessin")
	if status := j.follow(`form[method=post] button`); status != 422 {
		j.t.Errorf("signing without consent is answered %d", status)
	}
	j.sees("dessin-conserve")
	j.fill(`input[name=typed]`, "Marie-Antoinette Exemple-Beauséjour")
	j.tick("consent")
	j.goes(`form[method=post] button`)
}

// checkJoined looks at the file with other programs.
func (j *journey) checkJoined(number string, file []byte) {
	j.t.Helper()
	path := j.file("attestation.pdf", file)
	if len(file) > 45_000 {
		j.t.Errorf("the certificate has %d bytes", len(file))
	}
	flat := strings.Join(strings.Fields(tool(j.t, "pdftotext", path, "-")), " ")
	for _, want := range []string{number, "Marie-Antoinette Exemple-Beauséjour", "séance ordinaire", "Extrait du procès-verbal", "Signature dessinée"} {
		if !strings.Contains(flat, want) {
			j.t.Errorf("the certificate does not hold %q:\n%s", want, flat)
		}
	}
	if out := tool(j.t, "pdfinfo", "-struct", path); !strings.Contains(out, "Figure") {
		j.t.Errorf("no figure in %s", out)
	}
	tool(j.t, "qpdf", "--check", path)
	j.demo.must("certificate", "verify", path)
	if folder := os.Getenv("SCREENSHOTS"); folder != "" {
		tool(j.t, "pdftoppm", "-r", "80", "-png", path, filepath.Join(folder, fmt.Sprintf("attestation-%d", j.width)))
	}
}
