package web

import (
	"bytes"
	"encoding/csv"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"jachete/workflow"
	"jachete/workflow/roster"
)

const listHead = "organisation;type;code_municipal;nom;fonction;courriel\n"

// goodLines are n lines that can be sent.
func goodLines(n int) string {
	var b strings.Builder
	for k := range n {
		b.WriteString("Coopérative Gabarit " + strconv.Itoa(k) + ";coopérative;43027;Camille Exemple;Direction;c" + strconv.Itoa(k) + "@example.org\n")
	}
	return b.String()
}

// listed makes a list of estrie that waits for its confirmation.
func (x *teamSite) listed() workflow.Batch {
	x.t.Helper()
	b, err := x.world.PreviewBatch(x.t.Context(), workflow.Operator(), workflow.BatchRequest{Pole: "estrie", FileName: "liste.csv",
		File: []byte(listHead + goodLines(2) + "Coop;coopérative;43027;Jo Exemple;Direction;jo@\n")})
	if err != nil {
		x.t.Fatal(err)
	}
	return b
}

// sendList sends a file and fields as the form does.
func (b *browser) sendList(name, file string, pairs ...string) answer {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := 0; i < len(pairs); i += 2 {
		_ = w.WriteField(pairs[i], pairs[i+1]) // into memory
	}
	part, _ := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="file"; filename="` + name + `"`}})
	_, _ = part.Write([]byte(file))
	_ = w.Close()
	b.headers["Content-Type"] = w.FormDataContentType()
	defer delete(b.headers, "Content-Type")
	return b.send(http.MethodPost, importPath, body.String())
}

func (x *teamSite) invitations() int {
	x.t.Helper()
	_, total, err := x.world.Invitations(x.t.Context(), workflow.Operator(), workflow.InvitationFilter{Limit: 1})
	if err != nil {
		x.t.Fatal(err)
	}
	return total
}

var hidden = regexp.MustCompile(`<input type="hidden" name="(\w+)" value="(\w+)">`)

// shown are the hidden fields of a preview's form.
func shown(a answer) (pairs []string) {
	for _, m := range hidden.FindAllStringSubmatch(a.body, -1) {
		pairs = append(pairs, m[1], m[2])
	}
	return pairs
}

func TestFromListToInvitations(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	form := b.open(importPath).must(t, 200)
	form.says(t, "Inviter plusieurs organisations", "rien ne part avant votre confirmation", "Lire la liste")
	if strings.Contains(form.body, `name="pole"`) {
		t.Error("there is one pôle, and the form asks which")
	}
	file := strings.Replace(listHead, "courriel\n", "courriel;Téléphone\n", 1) + goodLines(3) + "Coop;coopérative;43027;Jo Exemple;Direction;jo@;555-0100\n"
	to := b.sendList("C:\\listes\\Mes «<b>villes.csv", file).must(t, 303).Header.Get("Location")
	page := b.open(to).must(t, 200)
	page.says(t, "Vérifiez la liste avant de l’envoyer", "Mes «<b>villes.csv", "4 lignes", "1 colonne n’est pas utilisée", "Téléphone",
		"Envoyer 3 invitations", "Adresse à corriger", "écrivez une adresse complète")
	if page.Header.Get("Refresh") != "" || x.invitations() != 0 {
		t.Error("something runs before the confirmation")
	}
	b.open(to+"?voir=bonnes").must(t, 200).says(t, "Coopérative Gabarit 2")
	b.post(to+"/confirmer", shown(page)...).leadsTo(t, to)
	b.post(to+"/confirmer", shown(page)...).leadsTo(t, to)
	running := b.open(to).must(t, 200)
	running.says(t, "0 de 3 lignes traitées", "Arrêter l’envoi")
	if !strings.Contains(running.body, `<progress id="progress" max="3" value="0">`) || running.Header.Get("Refresh") == "" {
		t.Error("the progress is not shown")
	}
	if err := x.world.WorkBatches(t.Context()); err != nil {
		t.Fatal(err)
	}
	done := b.open(to).must(t, 200)
	done.says(t, "3 invitations sont créées")
	if done.Header.Get("Refresh") != "" || x.invitations() != 3 {
		t.Errorf("%d invitations", x.invitations())
	}
	b.open(importPath).must(t, 200).says(t, "Listes récentes", "Terminée", "3 pour 4\u00a0lignes")
	link := regexp.MustCompile(`href="(/equipe/invitations/[A-Z2-7]{26})"`).FindStringSubmatch(b.open(to + "?voir=bonnes").body)
	if link == nil {
		t.Fatal("no way to an invitation")
	}
	b.open(link[1]).must(t, 200).says(t, "En file")
}

func TestConfirmingAnythingElseIsRefused(t *testing.T) {
	x := newTeam(t)
	b, list := x.as("agent"), x.listed()
	at := batchPath(list.ID) + "/confirmer"
	for _, pairs := range [][]string{nil, {"lines", "3", "sha256", list.SHA256}, {"lines", "2", "sha256", "0"}, {"lines", "2"},
		{"lines", "02x", "sha256", list.SHA256}, {"lines", "-1", "sha256", list.SHA256}} {
		b.post(at, pairs...).must(t, 422).says(t, "n’est pas ce que la page montrait")
	}
	if err := x.world.WorkBatches(t.Context()); err != nil || x.invitations() != 0 {
		t.Errorf("%d invitations, %v", x.invitations(), err)
	}
	other := x.listed()
	good := func(l workflow.Batch) []string { return []string{"lines", "2", "sha256", l.SHA256} }
	b.post(at, good(list)...).must(t, 303)
	b.post(batchPath(other.ID)+"/confirmer", good(other)...).must(t, 409).says(t, "Une autre liste de ce pôle est en préparation", "Envoyer 2 invitations")
	b.post(batchPath(other.ID)+"/annuler").must(t, 303)
	b.open(batchPath(other.ID)).must(t, 200).says(t, "Rien n’a été envoyé")
	b.post(batchPath(other.ID)+"/confirmer", good(other)...).must(t, 409).says(t, "Téléversez-la de nouveau")
}

// Each bad file gets its sentence, and leaves nothing behind.
func TestFilesThatAreNoLists(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	for file, want := range map[string]string{
		"":                                     "Le fichier est vide",
		listHead:                               "Il n’y a aucune ligne sous celle qui nomme les colonnes",
		listHead + "\"Coop;x\n":                "Ligne 2\u00a0: un guillemet droit",
		"PK\x03\x04":                           "Ce fichier est un classeur",
		"nom;ville\nJo;A\n":                    "il manque organisation, type, fonction, courriel",
		listHead + "a\x00b;cccccccccccccccc\n": "Ligne 2\u00a0: un caractère nul",
	} {
		b.sendList("liste.csv", file).must(t, 422).says(t, "Fichier", want)
	}
	b.sendList("", "").must(t, 422).says(t, "choisissez le fichier CSV")
	b.sendList("liste.csv", strings.Repeat("x", roster.MaxBytes+1)).must(t, 413)
	b.sendList("liste.csv", listHead+goodLines(1), "campaign", "nulle").must(t, 422).says(t, "n’a pas cette campagne")
	b.sendList("liste.csv", listHead+goodLines(1), "pole", "montreal").must(t, 303) // one pôle: it is the person's own
	list, err := x.world.Batches(t.Context(), workflow.Operator(), 10)
	if err != nil || len(list) != 1 || list[0].PoleSlug != "estrie" {
		t.Errorf("%d lists, %v", len(list), err)
	}
	x.enrol()
	admin := x.as("admin")
	admin.sendList("liste.csv", listHead+goodLines(1)).must(t, 422).says(t, "choisissez le pôle qui invite")
	admin.sendList("liste.csv", listHead+goodLines(1), "pole", "nulle-part").must(t, 422).says(t, "ce pôle n’existe pas")
}

// What a cell holds stays text: on the page, and in the file that goes back to
// a spreadsheet.
func TestHostileCellsStayText(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	lines := `"=HYPERLINK(""http://evil.example"")";coopérative;43027;"<script>alert(1)</script>";+1;a@` + "\n" + `"@SUM(1)";"-2";43027;"` + "\t" + `x";"{{.}}";"a;b"` + "\n"
	to := b.sendList("=1+1.csv", listHead+lines).must(t, 303).Header.Get("Location")
	page := b.open(to).must(t, 200)
	if strings.Contains(page.body, "<script>alert") || strings.Contains(page.body, `href="http://evil`) {
		t.Error("a cell became part of the page")
	}
	page.says(t, "Aucune ligne n’est à envoyer", "<script>alert(1)</script>")
	file := b.open(to+"/ecartees.csv").must(t, 200)
	if file.Header.Get("Content-Disposition") != `attachment; filename="lignes-ecartees.csv"; filename*=UTF-8''lignes-ecartees.csv` ||
		!strings.HasPrefix(file.Header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%v", file.Header)
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.body, "\ufeff")))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatal(rows, err)
	}
	for _, row := range rows[1:] {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(cell)[0]) {
				t.Errorf("a spreadsheet computes %q", cell)
			}
		}
	}
	if rows[1][2] != `'=HYPERLINK("http://evil.example")` || rows[1][0] != "2" || !strings.Contains(rows[1][1], "Champs à corriger") {
		t.Errorf("%q", rows[1])
	}
}

// The lines left out can be corrected and sent again as they come back.
func TestModelAndLinesLeftOutAreLists(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	model := b.open(importPath+"/modele.csv").must(t, 200)
	if !strings.HasPrefix(model.body, "\ufefforganisation;type;") {
		t.Errorf("%q", model.body)
	}
	b.sendList("modele.csv", model.body).must(t, 422).says(t, "Ajoutez les personnes à inviter")
	left := b.open(batchPath(x.listed().ID)+"/ecartees.csv").must(t, 200).body
	to := b.sendList("reste.csv", strings.Replace(left, "jo@", "jo@example.org", 1)).must(t, 303).Header.Get("Location")
	b.open(to).must(t, 200).says(t, "Envoyer 1 invitation", "2 colonnes ne sont pas utilisées")
}

func TestLinesOfAListArePaged(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	to := b.sendList("liste.csv", listHead+goodLines(2*batchPageSize+1)).must(t, 303).Header.Get("Location")
	first := b.open(to+"?voir=bonnes").must(t, 200)
	first.says(t, "Page 1 de 3")
	b.open(to+"?voir=bonnes&page=3").must(t, 200).says(t, "Page précédente", "Coopérative Gabarit 100")
	for _, bad := range []string{"voir=x", "page=0", "page=x", "voir=bonnes&voir=bonnes"} {
		b.open(to+"?"+bad).must(t, 422)
	}
}
