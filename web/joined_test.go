package web

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/png"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// attached is a file of a form, or a field when it has no name.
type attached struct {
	field, name string
	content     []byte
}

// postWith sends fields and files as a browser does.
func (b *browser) postWith(path string, files []attached, pairs ...string) answer {
	b.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := 0; i < len(pairs); i += 2 {
		must(b.t, w.WriteField(pairs[i], pairs[i+1]))
	}
	for _, f := range files {
		part, err := w.CreatePart(map[string][]string{"Content-Disposition": {`form-data; name="` + f.field + `"; filename="` + strings.ReplaceAll(f.name, "\n", "%0A") + `"`},
			"Content-Type": {"application/octet-stream"}})
		must(b.t, err)
		_, err = part.Write(f.content)
		must(b.t, err)
	}
	must(b.t, w.Close())
	r := request(http.MethodPost, path, body.String())
	r.Header.Set("Content-Type", w.FormDataContentType())
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	return b.ask(r)
}

// lines is a PNG of a line on white.
func lines(t testing.TB) []byte {
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
	must(t, png.Encode(&out, img))
	return out.Bytes()
}

// withExtract is an invitation of estrie whose contact joined an extract.
func (x *teamSite) withExtract() workflow.Invitation {
	x.t.Helper()
	inv, token := x.invited()
	secret := x.world.Open(x.t, token)
	x.world.Fill(x.t, secret)
	must(x.t, x.world.SaveResolution(x.t.Context(), secret, workflow.ResolutionForm{Needed: true, Number: "2026-118", Date: "2026-11-17", Body: "Conseil",
		Extract: workflow.ExtractForm{Name: "Extrait é.pdf", Content: []byte("%PDF-1.7 extrait")}}))
	return inv
}

// toResolution takes a browser to the page of the resolution.
func (b *browser) toResolution(link string) {
	b.t.Helper()
	b.post(link).leadsTo(b.t, "/signature")
	b.post("/signature").leadsTo(b.t, "/signature/organisation")
	b.post("/signature/organisation", "organisation", "Ville de Rivière-Exemple", "name", "Camille Exemple", "function", "greffière").leadsTo(b.t, "/signature/resolution")
}

var resolutionFields = []string{"needed", "yes", "number", "2026-118", "date", "2026-11-17", "body", "Conseil municipal", "sitting", "séance ordinaire"}

func pdfNamed(name string) []attached {
	return []attached{{"extract", name, []byte("%PDF-1.7 \x00\xff " + name)}}
}

// A file that is no extract is refused beside its field; what was written
// stays.
func TestWhatIsNoExtractIsSaid(t *testing.T) {
	x := newSite(t)
	_, link := x.invite()
	b := x.browser()
	b.toResolution(link)
	for say, file := range map[string]attached{
		"n’est pas un PDF":      {"extract", "a.pdf", []byte("PK\x03\x04")},
		"ce fichier est vide":   {"extract", "a.pdf", nil},
		"ce fichier dépasse 10": {"extract", "a.pdf", append([]byte("%PDF-"), make([]byte, workflow.MaxExtract)...)},
	} {
		a := b.postWith("/signature/resolution", []attached{file}, resolutionFields...).must(t, 422)
		if page := visible(a.body); strings.Count(page, say) != 2 || !strings.Contains(a.body, `href="#extract"`) {
			t.Errorf("%q is not said twice in %s", say, page)
		}
		for _, kept := range []string{`value="2026-118"`, `value="Conseil municipal"`, `value="séance ordinaire"`, `value="yes" checked`, `aria-invalid="true"`} {
			if !strings.Contains(a.body, kept) {
				t.Errorf("%s: the page does not hold %s", say, kept)
			}
		}
	}
	b.postWith("/signature/resolution", append(pdfNamed("a.pdf"), pdfNamed("b.pdf")...), resolutionFields...).must(t, 400)
}

// Coming back, on any device, finds the file again: its name, size and hash, and
// its exact bytes, which no browser opens as a page.
func TestExtractThroughTheForm(t *testing.T) {
	x := newSite(t)
	_, link := x.invite()
	b := x.browser()
	b.toResolution(link)
	b.open("/signature/extrait.pdf").must(t, http.StatusNotFound)
	for _, c := range []struct{ name, want string }{{"../../x.pdf", "x.pdf"}, {"a\n🏛b.pdf", "a0Ab.pdf"}, {"Procès-verbal.pdf", "Procès-verbal.pdf"}} {
		b.postWith("/signature/resolution", pdfNamed(c.name), resolutionFields...).leadsTo(t, "/signature/verification")
		b.open("/signature/resolution").must(t, 200).says(t, "Fichier joint\u00a0: "+c.want, "1\u00a0Ko")
	}
	elsewhere := x.browser()
	elsewhere.post(link)
	page := elsewhere.open("/signature/resolution").must(t, 200)
	content := string(pdfNamed("Procès-verbal.pdf")[0].content)
	hash := workflow.TextSHA256(content)
	page.says(t, "Fichier joint\u00a0: Procès-verbal.pdf", hash)
	a := elsewhere.open("/signature/extrait.pdf").must(t, 200)
	if a.body != content || a.Header.Get("Content-Type") != "application/pdf" || a.Header.Get("Cache-Control") != "no-store" ||
		a.Header.Get("Content-Security-Policy") != policyFile || a.Header.Get("X-Content-Type-Options") != "nosniff" ||
		a.Header.Get("Content-Disposition") != `attachment; filename="Proc__s-verbal.pdf"; filename*=UTF-8''Proc%C3%A8s-verbal.pdf` {
		t.Errorf("%q %v", a.body, a.Header)
	}
	x.get("/signature/extrait.pdf").must(t, http.StatusUnauthorized)

	// A form refused for its date keeps the new file; sent again, it takes it.
	wrong := append([]string(nil), resolutionFields...)
	wrong[5] = "2026-02-30"
	refused := b.postWith("/signature/resolution", []attached{{"extract", "nouveau.pdf", []byte("%PDF-2.0")}}, wrong...).must(t, 422)
	refused.says(t, "Fichier conservé, à enregistrer avec cette page\u00a0: nouveau.pdf")
	kept := inputValue(refused.body, "extractkept")
	b.open("/signature/resolution").says(t, "Fichier joint\u00a0: Procès-verbal.pdf")
	b.postWith("/signature/resolution", []attached{{"extract", "", nil}}, append([]string{"extractkept", kept}, resolutionFields...)...).leadsTo(t, "/signature/verification")
	b.open("/signature/resolution").says(t, "Fichier joint\u00a0: nouveau.pdf")
	b.postWith("/signature/resolution", nil, append([]string{"extractkept", hash}, resolutionFields...)...).must(t, 422).says(t, "n’est plus conservé")
	b.postWith("/signature/resolution", nil, append([]string{"unextract", "1", "extractkept", kept}, resolutionFields...)...).leadsTo(t, "/signature/verification")
	b.open("/signature/extrait.pdf").must(t, http.StatusNotFound)
}

// What declares more than a page takes is refused unread, with what to do.
func TestHeavyFormsSayWhatToDo(t *testing.T) {
	addr := newSite(t).listen()
	for _, path := range []string{resolutionPath, signPath} {
		head := strings.Replace(bigHead("multipart/form-data; boundary=x", 11<<30), "/verifier", path, 1)
		answer := exchange(t, addr, head+"\r\n")
		if got := statusesIn(t, answer); len(got) != 1 || got[0] != 413 || !strings.Contains(string(answer), "Le fichier choisi est trop lourd") ||
			!strings.Contains(string(answer), `href="`+path+`"`) {
			t.Errorf("%s: %v\n%.600s", path, got, answer)
		}
	}
}

// What is wrong with a picture or a quote is said beside its field, and neither
// the name nor the drawing is lost.
func TestWhatIsJoinedThroughTheForm(t *testing.T) {
	x := newSite(t)
	inv, link := x.invite()
	b := x.browser()
	review := b.ready(link)
	before := x.state(inv)
	act := []string{"review", review, "typed", "Camille Exemple", "consent", "1"}
	bomb := append([]byte(nil), lines(t)[:33]...)
	copy(bomb[16:], "\x00\x00\xea\x60\x00\x00\xea\x60") // 60,000 pixels a side
	for name, c := range map[string]struct {
		files      []attached
		pairs      []string
		field, say string
	}{
		"garbage":       {nil, []string{"drawn", "data:image/png;base64,%%%"}, "drawing", "n’est ni PNG ni JPEG"},
		"no picture":    {nil, []string{"drawn", "aGVsbG8="}, "drawing", "n’est ni PNG ni JPEG"},
		"white":         {nil, []string{"drawn", base64.StdEncoding.EncodeToString(picture(t, 60, 60))}, "drawing", "aucun trait ne se voit"},
		"heavy drawing": {[]attached{{"drawing", "a.png", make([]byte, workflow.MaxPicture+1)}}, nil, "drawing", "dépasse 1"},
		"SVG":           {[]attached{{"logo", "a.svg", []byte("<svg onload=alert(1)>")}}, []string{"publishlogo", "1"}, "logo", "ni PNG ni JPEG"},
		"a bomb":        {[]attached{{"logo", "a.png", bomb}}, []string{"publishlogo", "1"}, "logo", "image"},
		"no logo":       {[]attached{{"logo", "", nil}}, []string{"publishlogo", "1"}, "logo", "choisissez d’abord une image"},
		"unticked logo": {[]attached{{"logo", "a.png", picture(t, 40, 40)}}, nil, "logo", "cochez «\u00a0Publier notre logo\u00a0»"},
		"no quote":      {nil, []string{"publishquote", "1", "quote", " "}, "quote", "écrivez une réponse"},
		"long quote":    {nil, []string{"publishquote", "1", "quote", strings.Repeat("é", 2000)}, "quote", "280\u00a0caractères au plus"},
		"unticked":      {nil, []string{"quote", "Oui."}, "quote", "cochez «\u00a0Publier notre citation\u00a0»"},
	} {
		t.Run(name, func(t *testing.T) {
			a := b.postWith("/signature/signer", c.files, append(c.pairs, act...)...).must(t, 422)
			page := visible(a.body)
			if strings.Count(page, c.say) < 2 || !strings.Contains(a.body, `href="#`+c.field+`"`) || !strings.Contains(a.body, `id="`+c.field+`-error"`) {
				t.Errorf("%q is not said twice in %s", c.say, page)
			}
			if !strings.Contains(a.body, `value="Camille Exemple"`) || !strings.Contains(a.body, `name="consent" value="1" checked`) {
				t.Error("what was typed is lost")
			}
		})
	}
	b.postWith("/signature/signer", nil, append([]string{"drawn", strings.Repeat("A", maxDrawn+1)}, act...)...).must(t, 413)
	if after := x.state(inv); after != before {
		t.Errorf("%s became %s", before, after)
	}
}

// A refused form keeps the drawing and the logo, made safe; signing with what it
// kept joins them.
func TestRefusedFormKeepsPictures(t *testing.T) {
	x := newSite(t)
	_, link := x.invite()
	b := x.browser()
	review := b.ready(link)
	a := b.postWith("/signature/signer", []attached{{"logo", "a.png", append(picture(t, 60, 40), "<script>"...)}},
		"review", review, "typed", "Quelqu’un", "consent", "1", "drawn", "data:image/png;base64,"+base64.StdEncoding.EncodeToString(lines(t)),
		"publishlogo", "1", "publishquote", "1", "quote", "Acheter ici.\nC’est bien.").must(t, 422)
	a.says(t, "Dessin conservé.", "Image conservée.", "C’est bien.")
	drawn, logo := inputValue(a.body, "drawn"), inputValue(a.body, "logokept")
	if file, err := base64.StdEncoding.DecodeString(logo); err != nil || bytes.Contains(file, []byte("script")) || len(file) == 0 {
		t.Errorf("the logo is kept as %q, %v", file, err)
	}
	if !strings.Contains(a.body, `src="data:image/png;base64,`) || strings.Contains(a.body, "ZgotmplZ") {
		t.Error("the drawing is not shown")
	}
	again := b.again()
	again.postWith("/signature/signer", nil, "review", review, "typed", "x", "drawn", drawn, "undraw", "1", "logokept", logo).must(t, 422)
	b.postWith("/signature/signer", []attached{{"drawing", "", nil}, {"logo", "", nil}}, "review", review, "typed", "Camille Exemple", "consent", "1",
		"drawn", drawn, "logokept", logo, "publishlogo", "1", "publishquote", "1", "quote", "Acheter ici.\nC’est bien.").leadsTo(t, "/signature/merci")
	number := numberIn(t, b.open("/signature/merci").body)
	cert, err := x.service.CertificateByNumber(t.Context(), workflow.Operator(), number)
	if err != nil || base64.StdEncoding.EncodeToString(cert.Content.Drawing) != drawn {
		t.Errorf("another drawing, %v", err)
	}
	x.checkPublished(number, drawn)
}

// checkPublished: the quote and the logo are public, how the person signs is
// not.
func (x *site) checkPublished(number, drawn string) {
	x.t.Helper()
	page := x.get("/signataires/ville-de-riviere-exemple").must(x.t, 200)
	page.says(x.t, "Acheter ici. C’est bien.")
	address := srcOf(page.body, "/signataires/ville-de-riviere-exemple/logo.png?v=")
	if address == "" || !strings.Contains(page.body, `alt="Logo de Ville de Rivière-Exemple"`) || strings.Contains(page.body, "Camille") {
		x.t.Errorf("the page shows %q", address)
	}
	picture := x.get(address).must(x.t, 200)
	if picture.Header.Get("Content-Type") != "image/png" || picture.Header.Get("Cache-Control") != "public, max-age=3600" || picture.Header.Get("Content-Security-Policy") != policyFile {
		x.t.Error(picture.Header)
	}
	for _, path := range []string{"/api/v1/signatories.json", "/api/v1/signatories/ville-de-riviere-exemple", "/api/v1/signatories.csv"} {
		data := x.get(path).must(x.t, 200)
		if !strings.Contains(data.body, "Acheter ici.") || !strings.Contains(data.body, "http://"+testHost+"/signataires/ville-de-riviere-exemple/logo.png") {
			x.t.Errorf("%s: %s", path, data.body)
		}
	}
	if public := x.get("/v/"+number).must(x.t, 200); strings.Contains(public.body, drawn) {
		x.t.Error("the page of the number shows how the person signs")
	}
}

// srcOf finds the address of a picture on a page.
func srcOf(html, begin string) string {
	_, rest, found := strings.Cut(html, `src="`+begin)
	if !found {
		return ""
	}
	end, _, _ := strings.Cut(rest, `"`)
	return begin + end
}

// Until the embargo ends nobody sees the logo, nor that there is one.
func TestLogoUnderEmbargo(t *testing.T) {
	x := newTeam(t)
	campaign := x.campaign(func(r *workflow.CampaignRequest) { r.Embargo = workflow.LocalTime{Day: "2026-12-15", Hour: "16 h"} })
	inv, token := x.invited(func(r *workflow.InviteRequest) { r.Campaign = campaign.Slug })
	secret, form := x.world.Ready(t, token)
	form.Joined = workflow.Joined{PublishLogo: true, Logo: picture(t, 60, 40)}
	_, err := x.world.Sign(t.Context(), secret, form, workflowtest.Visit)
	must(t, err)
	view, err := x.world.Store.InvitationView(t.Context(), inv.ID)
	must(t, err)
	path := "/signataires/" + view.Organisation.Slug + "/logo.png"
	before, unknown := x.browser().open(path), x.browser().open("/signataires/nulle-part/logo.png")
	if before.StatusCode != 404 || visible(before.body) != visible(unknown.body) {
		t.Errorf("%d: %s", before.StatusCode, visible(before.body))
	}
	x.world.Clock.Move(30 * 24 * 60 * 60 * 1e9)
	x.browser().open(path).must(t, 200)
}

// Whoever signs what has changed meanwhile reads it again: nothing typed is
// lost but the consent, which was to something else.
func TestChangedMeanwhileIsReadAgain(t *testing.T) {
	x := newSite(t)
	inv, link := x.invite()
	b := x.browser()
	review := b.ready(link)
	other := x.browser()
	other.post(link)
	other.postWith("/signature/resolution", pdfNamed("extrait.pdf"), resolutionFields...).must(t, http.StatusSeeOther)
	drawn := base64.StdEncoding.EncodeToString(lines(t))
	a := b.postWith("/signature/signer", nil, "review", review, "typed", "Camille Exemple", "consent", "1", "publish", "1", "drawn", drawn).must(t, http.StatusConflict)
	a.says(t, "Quelque chose a changé\u00a0: relisez.", "extrait.pdf", "séance ordinaire", "Dessin conservé.")
	if !strings.Contains(a.body, `value="Camille Exemple"`) || !strings.Contains(a.body, `name="publish" value="1" checked`) || strings.Contains(a.body, `name="consent" value="1" checked`) {
		t.Error("the name or the choice is lost, or the consent is not")
	}
	if !strings.HasPrefix(x.state(inv), "ready ") {
		t.Error(x.state(inv))
	}
	again := reviewField.FindStringSubmatch(a.body)[1]
	b.postWith("/signature/signer", nil, "review", again, "typed", "Camille Exemple", "consent", "1", "drawn", inputValue(a.body, "drawn")).leadsTo(t, "/signature/merci")
	other.post("/signature/signer", "review", again, "typed", "Camille Exemple", "consent", "1").must(t, http.StatusConflict) // signed: no summary any more
}

// The addresses that take files take what theirs may weigh, and no other.
func TestJoinedLimits(t *testing.T) {
	for address, want := range map[string]int{resolutionPath: workflow.MaxExtract + extractSlack + maxEnvelope, signPath: maxAct + maxEnvelope,
		resolutionPath + "?x": bodyLimit, signPath + "/": bodyLimit, "/signature/organisation": bodyLimit} {
		if got := mostOf(requestHeader("POST", address)); got != want {
			t.Errorf("%s may weigh %s bytes, want %d", address, strconv.Itoa(got), want)
		}
	}
}
