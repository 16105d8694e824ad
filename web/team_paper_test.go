package web

import (
	"bytes"
	"crypto/rand"
	"html"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
	"testing"

	"jachete/workflow"
	"jachete/workflow/roster"
	"jachete/workflow/territory"
)

// sampleScan begins as a PDF does; nothing here reads further.
const sampleScan = "%PDF-1.7\n<script>alert(1)</script>\x00\xff"

const paperListHead = "organisation;type;region;pole;date_signature;date_annonce;signataire;fonction;source\n"

// onPaper enters a signatory of estrie, with a scan.
func (x *teamSite) onPaper() workflow.Paper {
	x.t.Helper()
	p, err := x.world.EnterPaper(x.t.Context(), workflow.Operator(), workflow.PaperRequest{Pole: "estrie", Organisation: "Gabarit " + rand.Text(),
		Kind: workflow.KindCooperative, Place: territory.Place{MunicipalityCode: "43027"}, Signed: "2013-03", Announced: "avant 2017-02",
		Signatory: workflow.Signatory{Name: "Prudence Secrète", Function: "Présidence"}, Source: "Archives du pôle",
		Scan: workflow.ScanRequest{Content: []byte(sampleScan), By: "Camille Équipe"}})
	if err != nil {
		x.t.Fatal(err)
	}
	return p
}

// paperListed makes a list of estrie that waits for its confirmation.
func (x *teamSite) paperListed() workflow.Batch {
	x.t.Helper()
	b, err := x.world.PreviewPaper(x.t.Context(), workflow.Operator(), workflow.BatchRequest{Pole: "estrie", FileName: "papier.csv",
		File: []byte(paperListHead + "Liste " + rand.Text() + ";coop;05;;2013;;;;x\nCoop B;coop;05;;hier;;;;x\n")})
	if err != nil {
		x.t.Fatal(err)
	}
	return b
}

// sendFile sends a file and fields as a form with a file does.
func (b *browser) sendFile(at, field, file string, pairs ...string) answer {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := 0; i < len(pairs); i += 2 {
		_ = w.WriteField(pairs[i], pairs[i+1]) // into memory
	}
	part, _ := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="` + field + `"; filename="` + map[bool]string{true: "", false: "x.html"}[file == ""] + `"`},
		"Content-Type": {"text/html"}})
	_, _ = part.Write([]byte(file))
	_ = w.Close()
	b.headers["Content-Type"] = w.FormDataContentType()
	defer delete(b.headers, "Content-Type")
	return b.send(http.MethodPost, at, body.String())
}

// holds looks for what no reader is told: the values of fields, and classes.
func (a answer) holds(t *testing.T, parts ...string) {
	t.Helper()
	body := html.UnescapeString(a.body)
	for _, part := range parts {
		if !strings.Contains(body, part) {
			t.Errorf("%s is not in the page", part)
		}
	}
}

// goodPaper are the fields of the form, the pairs that follow instead.
func goodPaper(pairs ...string) []string {
	fields := []string{"organisation", "Coopérative Gabarit", "kind", "cooperative", "municipality", "43027", "signed", "2013-03", "announced", "avant 2017-02",
		"number", "2013-12", "proof", "https://example.org/", "name", "Prudence Secrète", "function", "Présidence", "scanner", "Jo Exemple", "scannedon", "2026-01-02"}
	for i := 0; i < len(pairs); i += 2 {
		for k := 0; k < len(fields); k += 2 {
			if fields[k] == pairs[i] {
				fields[k+1] = pairs[i+1]
			}
		}
	}
	return fields
}

func TestFromOrganisationToPaperEntry(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	b.open(paperPath+"?q=sherbrooke").must(t, 200).says(t, "Étape 1 de 2", "Quelle organisation a signé sur papier?", "Sherbrooke")
	if body := b.open(paperPath+"/organisations.json?q=sherbrooke").must(t, 200).body; !strings.Contains(body, paperPath+"?choix=m43027") {
		t.Errorf("the proposals lead elsewhere: %s", body)
	}
	b.open(paperPath+"?choix=m43027").must(t, 200).holds(t, "Inscrire un signataire", `value="Ville de Sherbrooke"`, "Inscrire au registre")
	b.open(paperPath+"?choix=autre&nom=Gabarit").must(t, 200).holds(t, `value="Gabarit"`)

	again := b.sendFile(paperPath, scanField, "GIF89a", goodPaper("signed", "résolution 2017-10-24", "proof", "", "organisation", "")...).must(t, 422)
	again.says(t, "écrivez seulement la date connue", "dites comment cette signature est connue", "ni un PDF, ni un PNG, ni un JPEG",
		"choisissez-le de nouveau")
	again.holds(t, `value="résolution 2017-10-24"`, `value="Prudence Secrète"`)
	to := b.sendFile(paperPath, scanField, sampleScan, goodPaper()...).must(t, 303).Header.Get("Location")
	page := b.open(to).must(t, 200)
	page.says(t, "L’inscription est au registre", "signé sur papier", "en mars\u00a02013", "avant février\u00a02017", "Prudence Secrète", "Jamais public", "https://example.org/",
		"Jo Exemple", "2\u00a0janvier\u00a02026", "Signataire sur papier inscrit", "Document numérisé joint", workflow.TextSHA256(sampleScan))
	b.sendFile(paperPath, scanField, "", goodPaper()...).must(t, 409).holds(t, "déjà au registre, signée sur papier", `value="Coopérative Gabarit"`)
	b.open("/equipe/signataires").must(t, 200).says(t, "Coopérative Gabarit", "2013-03", "signé sur papier")
	b.open("/equipe/signataires?mode=electronic").must(t, 200).says(t, "Aucun")
}

// Nothing public makes paper look electronic, and no person is named.
func TestPaperNeverLooksElectronic(t *testing.T) {
	x := newTeam(t)
	p := x.onPaper()
	announced := x.as("agent").sendFile(paperPath, scanField, "", goodPaper("signed", "", "announced", "2019-05-28", "number", "")...)
	announced.must(t, 303)
	public := x.browser()
	for _, path := range []string{"/signataires", "/signataires/" + p.Commitment.Slug, "/regions/estrie", "/poles/estrie"} {
		page := public.open(path).must(t, 200)
		page.holds(t, `class="tag on-paper">signé sur papier`)
		for _, wrong := range []string{"Secrète", "Présidence", "Archives", "Numéro de l’attestation", "attestation scell", "attestation.pdf", "QR", `<time datetime="before`} {
			if main := page.body[strings.Index(page.body, "<main"):strings.Index(page.body, "</main>")]; strings.Contains(main, wrong) {
				t.Errorf("%s says %q", path, wrong)
			}
		}
	}
	public.open("/signataires/"+p.Commitment.Slug).says(t, "Engagement signé sur papier en mars\u00a02013", "avant février\u00a02017")
	public.open("/signataires/cooperative-gabarit").must(t, 200).says(t, "Engagement signé sur papier, annoncé le 28\u00a0mai\u00a02019")
	public.open("/signataires/cooperative-gabarit?lang=en").must(t, 200).says(t, "Commitment signed on paper, announced on May 28, 2019")
	data := public.open("/api/v1/signatories/"+p.Commitment.Slug).must(t, 200).body
	for _, want := range []string{`"mode":"paper"`, `"signed_on":"2013-03"`, `"announced_before":"2017-02"`} {
		if !strings.Contains(data, want) {
			t.Errorf("no %s in %s", want, data)
		}
	}
	csv := public.open("/api/v1/signatories.csv").must(t, 200).body
	for _, all := range []string{data, csv} {
		if strings.Contains(all, "Secrète") || strings.Contains(all, "Archives") {
			t.Errorf("the open data says too much: %s", all)
		}
	}
	if !strings.Contains(csv, ",2013-03,paper,") || !strings.Contains(csv, "avant\u00a02017-02") {
		t.Error(csv)
	}
}

// A scan comes back exactly as it went, as something to keep and not to open.
func TestScanIsServedToBeKept(t *testing.T) {
	x := newTeam(t)
	p := x.onPaper()
	a := x.as("reader").open(paperPath+"/"+p.Commitment.ID+scanEnd).must(t, 200)
	want := map[string]string{"Content-Type": "application/pdf", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": policyFile, "Cache-Control": "no-store"}
	for name, value := range want {
		if got := a.Header.Get(name); got != value {
			t.Errorf("%s: %q", name, got)
		}
	}
	if a.body != sampleScan || !strings.HasPrefix(a.Header.Get("Content-Disposition"), `attachment; filename="papier-gabarit-`) {
		t.Errorf("%q, %s", a.body, a.Header.Get("Content-Disposition"))
	}
}

func TestScansOfAllSizes(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	most := "\x89PNG\r\n\x1a\n" + strings.Repeat("x", workflow.MaxScan-8)
	to := b.sendFile(paperPath, scanField, "", goodPaper()...).must(t, 303).Header.Get("Location")
	at, _, _ := strings.Cut(to, "?")
	b.sendFile(at+scanEnd, scanField, most+"x").must(t, 413)
	b.sendFile(at+scanEnd, scanField, "").must(t, 422).says(t, "choisissez le fichier")
	b.sendFile(at+scanEnd, scanField, "<html>", "scanner", "Jo").must(t, 422).holds(t, "ni un PDF", `value="Jo"`)
	b.sendFile(at+scanEnd, scanField, most).leadsTo(t, at+"?fait=jointe")
	b.open(at+"?fait=jointe").must(t, 200).says(t, "Le document numérisé est joint", "Image PNG", "10\u00a0240\u00a0ko", "Camille Équipe")
	b.sendFile(at+scanEnd, scanField, most).must(t, 409).says(t, "ne se remplace pas")
	b.sendFile(paperPath, scanField, most+"x", goodPaper("organisation", "Autre")...).must(t, 413)
}

func TestWithdrawingAndCorrectingAnEntry(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	p := x.onPaper()
	at := paperPath + "/" + p.Commitment.ID
	b.open(at).must(t, 200).says(t, "Retirer cette inscription", "Corriger cette inscription")
	if body := x.as("reader").open(at).must(t, 200).body; strings.Contains(body, "retirer\"") || strings.Contains(body, "Corriger") {
		t.Error("a reader is offered to change it")
	}
	b.post(at+"/retirer", "reason", "").must(t, 422).says(t, "écrivez pourquoi")
	fixed := b.open(paperPath+"?corrige="+p.Commitment.ID).must(t, 200)
	fixed.holds(t, `name="corrige" value="`+p.Commitment.ID, `value="2013-03"`, "avant\u00a02017-02", "Archives du pôle")
	to := b.sendFile(paperPath, scanField, "", append(goodPaper("signed", "2013-04", "organisation", p.Commitment.Organisation.Name), "corrige", p.Commitment.ID)...).must(t, 303).Header.Get("Location")
	b.open(to).must(t, 200).says(t, "avril\u00a02013", "Voir l’inscription que celle-ci corrige")
	b.open(at).must(t, 200).says(t, "une autre la corrige", "Inscription remplacée par une correction")
	b.open(paperPath+"?corrige="+p.Commitment.ID).must(t, 409)
	next, _, _ := strings.Cut(to, "?")
	b.post(next+"/retirer", "reason", "Pas la <b>bonne</b> organisation").leadsTo(t, next+"?fait=retiree")
	b.open(next+"?fait=retiree").must(t, 200).says(t, "L’inscription est retirée du registre", "Pas la <b>bonne</b> organisation", "Retiré")
	b.post(next+"/retirer", "reason", "Encore").must(t, 409).says(t, "n’est plus au registre")
	x.browser().open("/signataires/"+p.Commitment.Slug).must(t, 404)
	b.open("/equipe/signataires").must(t, 200).says(t, p.Commitment.Organisation.Name, "Retiré")
	x.as("elsewhere").open(paperPath+"?corrige="+p.Commitment.ID).must(t, 404)
}

func TestFromListToPaperEntries(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	b.open(paperImportPath).must(t, 200).says(t, "rien n’est inscrit avant votre confirmation")
	file := strings.Replace(paperListHead, "source\n", "source;Téléphone\n", 1) + "Coop A;coop;Estrie;estrie;2013-03;;Jo;Direction;x;555-0100\n" +
		"Coop B;coop;Estrie;;;avant 2017-02;;;y;\n=Coop C;coop;Estrie;;résolution 2017-10-24;;;;z;\nCoop D;coop;Estrie;montreal;2017;;;;z;\n"
	to := b.sendFile(paperImportPath, listField, file).must(t, 303).Header.Get("Location")
	page := b.open(to).must(t, 200)
	page.says(t, "Vérifiez la liste avant de l’inscrire", "1 colonne n’est pas utilisée", "Téléphone", "Inscrire 2 signataires", "Date à corriger", "D’un autre pôle", "résolution 2017-10-24")
	if x.browser().open("/signataires/coop-a").StatusCode != 404 {
		t.Error("the preview entered something")
	}
	b.open(to+"?voir=bonnes").must(t, 200).says(t, "Coop A", "avant 2017-02")
	refused := b.open(to+"/ecartees.csv").must(t, 200).body
	if !strings.Contains(refused, "'=Coop C") || !strings.Contains(refused, "résolution 2017-10-24") {
		t.Error(refused)
	}
	b.post(to+"/confirmer", "lines", "3", "sha256", "0").must(t, 422)
	b.post(to+"/confirmer", shown(page)...).leadsTo(t, to)
	b.post(to+"/confirmer", shown(page)...).leadsTo(t, to)
	b.open(to).must(t, 200).says(t, "2 signataires sont inscrits")
	b.post(to+"/annuler").must(t, 409).says(t, "déjà au registre")
	x.browser().open("/signataires/coop-b").must(t, 200).says(t, "annoncé avant février")
	again := b.sendFile(paperImportPath, listField, file).must(t, 303).Header.Get("Location")
	b.open(again).must(t, 200).says(t, "Aucune ligne n’est à inscrire", "Signé sur papier, déjà au registre")
	b.sendFile(paperImportPath, listField, "").must(t, 422).says(t, "choisissez le fichier CSV")
	b.sendFile(paperImportPath, listField, strings.Repeat("x", roster.MaxBytes+1)).must(t, 413)
	model := b.open(paperImportPath+"/modele.csv").must(t, 200).body
	if model != "\ufefforganisation;type;code_municipal;mrc;region;pole;date_signature;date_annonce;signataire;fonction;resolution;source\r\n" {
		t.Error(model)
	}
}

// Staff still see, while choosing whom to invite, who signed on paper.
func TestInvitingWhoSignedOnPaper(t *testing.T) {
	x := newTeam(t)
	p := x.onPaper()
	b := x.as("agent")
	b.open(invitePath+"?q=gabarit").must(t, 200).says(t, "signé sur papier")
	b.open(invitePath+"?choix=o"+p.Commitment.OrganisationID).must(t, 200).says(t, "Engagement signé sur papier en mars\u00a02013")
	list := b.sendList("liste.csv", listHead+p.Commitment.Organisation.Name+";coopérative;43027;Jo Exemple;Direction;jo@example.org\n").must(t, 303).Header.Get("Location")
	b.open(list+"?voir=bonnes").must(t, 200).says(t, "Bonne", "a déjà signé sur papier")
}
