package web

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jachete/workflow"
)

const sheetPath = "/equipe/signataires/exporter"

// rowsOf reads an export in CSV.
func rowsOf(t *testing.T, a answer) [][]string {
	t.Helper()
	text, marked := strings.CutPrefix(a.body, "\ufeff")
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil || !marked {
		t.Fatalf("%v: %.200q", err, a.body)
	}
	return rows
}

func TestListGoesOutAsItIsFiltered(t *testing.T) {
	x := newTeam(t)
	c := x.campaign()
	x.invited(func(r *workflow.InviteRequest) {
		r.Organisation, r.Campaign, r.Message = "=Ville de l’Essai", c.Slug, "Bonjour\nà vous"
	})
	x.invited(func(r *workflow.InviteRequest) {
		r.Organisation = "MRC du Haut-Essai"
		r.Contact.Email = "mrc@example.org"
	})
	x.invited(func(r *workflow.InviteRequest) {
		r.Pole, r.Organisation, r.Contact.Email = "montreal", "Ville de l’Ailleurs", "ailleurs@example.org"
	})
	b := x.as("agent")
	page := b.open("/equipe/invitations?q=essai&tri=nom").must(t, 200)
	if !strings.Contains(page.body, `href="/equipe/invitations/exporter?format=xlsx&amp;q=essai&amp;tri=nom"`) {
		t.Error("the list does not lead to its export")
	}
	a := b.open("/equipe/invitations/exporter?format=csv&q=essai&tri=nom").must(t, 200)
	if got := a.Header.Get("Content-Disposition"); got != `attachment; filename="invitations-2026-11-22.csv"; filename*=UTF-8''invitations-2026-11-22.csv` {
		t.Error(got)
	}
	for header, want := range map[string]string{"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
		"Content-Type": "text/csv; charset=utf-8; header=present", "Content-Security-Policy": policyFile} {
		if got := a.Header.Get(header); got != want {
			t.Errorf("%s: %q", header, got)
		}
	}
	rows := rowsOf(t, a)
	if len(rows) != 3 || rows[2][0] != "MRC du Haut-Essai" || rows[1][0] != "'=Ville de l’Essai" {
		t.Fatalf("%q", rows)
	}
	at := func(heading string) string { return rows[1][slices.Index(rows[0], heading)] }
	for heading, want := range map[string]string{"Type": "Municipalité", "Nom de la région": "Estrie", "Mot personnel": "Bonjour à vous", "Campagne": c.Name,
		"État": "Envoyée", "Créée le (heure de l’Est)": "2026-11-22 10:00", "Courriel": "camille@example.org", "Prochain rappel (heure de l’Est)": "2026-12-02 09:00"} {
		if at(heading) != want {
			t.Errorf("%s: %q, want %q", heading, at(heading), want)
		}
	}
	masked := x.as("reader").open("/equipe/invitations/exporter?format=csv").must(t, 200).body
	if strings.Contains(masked, "camille@example.org") || !strings.Contains(masked, "c…@example.org") || strings.Contains(masked, "Ailleurs") {
		t.Error("a reader takes out more than the pages show")
	}
}

func TestListGoesOutAsWorkbook(t *testing.T) {
	x := newTeam(t)
	x.invited(func(r *workflow.InviteRequest) { r.Organisation = "=Ville de l’Essai" })
	b := x.as("agent")
	b.headers["Accept-Language"] = "en"
	a := b.open("/equipe/invitations/exporter?format=xlsx&lang=en").must(t, 200)
	f, err := excelize.OpenReader(bytes.NewReader([]byte(a.body)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Invitations")
	if err != nil || len(rows) != 2 || rows[0][0] != "Organization" || rows[1][0] != "=Ville de l’Essai" {
		t.Errorf("%q, %v", rows, err)
	}
}

// What the service writes it reads again, in both languages and for every
// kind of organisation, as it was.
func TestExportIsReadBack(t *testing.T) {
	for _, lang := range []string{"fr", "en"} {
		x := newTeam(t)
		for i, kind := range workflow.OrganisationKinds {
			x.invited(func(r *workflow.InviteRequest) {
				r.Kind, r.Organisation, r.Contact.Email = kind, "-Organisation '"+string(kind), string(kind)+"@example.org"
				r.Contact.Function, r.Contact.Civility = "+Direction", workflow.Civilities[i%3]
				r.Language = []workflow.Language{workflow.French, workflow.English}[i%2]
				r.Message = "@vous"
			})
		}
		file := x.as("agent").open("/equipe/invitations/exporter?format=csv&lang="+lang).must(t, 200).body
		_, rows, err := x.world.CheckBatch(t.Context(), workflow.Operator(), workflow.BatchRequest{Pole: "estrie", FileName: "x.csv", File: []byte(file)})
		if err != nil || len(rows) != len(workflow.OrganisationKinds) {
			t.Fatalf("%s: %d lines, %v", lang, len(rows), err)
		}
		for _, row := range rows {
			if len(row.Reasons) > 0 && row.Verdict != workflow.RowInvited {
				t.Errorf("%s: %q is %s: %v", lang, row.Cells["organisation"], row.Verdict, row.Reasons)
			}
			if row.Cells["fonction"] != "+Direction" || row.Cells["message"] != "@vous" || !strings.HasPrefix(row.Cells["organisation"], "-Organisation '") {
				t.Errorf("%s: %q", lang, row.Cells)
			}
		}
	}
}

func TestExportHoldsNoSecret(t *testing.T) {
	x := newTeam(t)
	_, token := x.invited()
	x.signedOne(func(r *workflow.InviteRequest) { r.Contact.Email = "b@example.org" })
	for _, at := range []string{exportPath + "?format=csv", sheetPath + "?format=csv", sheetPath + "?format=json"} {
		body := x.as("agent").open(at).must(t, 200).body
		if strings.Contains(body, token) || strings.Contains(body, "/i/") || strings.Contains(body, "/desabonnement/") || strings.Contains(body, "/c/") {
			t.Errorf("%s holds a link", at)
		}
	}
}

func TestSignatoriesGoOut(t *testing.T) {
	x := newTeam(t)
	x.signedOne()
	b := x.as("reader")
	var lines []map[string]string
	a := b.open(sheetPath+"?format=json").must(t, 200)
	if err := json.Unmarshal([]byte(a.body), &lines); err != nil || len(lines) != 1 || lines[0]["kind"] != "municipality" || lines[0]["mode"] != "electronic" ||
		lines[0]["signed_on"] != "2026-11-22" || lines[0]["pole"] != "estrie" || lines[0]["signatory"] != "" {
		t.Errorf("%v, %v", lines, err)
	}
	if rows := rowsOf(t, b.open(sheetPath+"?format=csv&annee=2026").must(t, 200)); len(rows) != 2 {
		t.Errorf("%q", rows)
	}
	if rows := rowsOf(t, b.open(sheetPath+"?format=csv&annee=2025").must(t, 200)); len(rows) != 1 {
		t.Errorf("%q", rows)
	}
	if rows := rowsOf(t, x.as("elsewhere").open(sheetPath+"?format=csv").must(t, 200)); len(rows) != 1 {
		t.Errorf("another pôle takes %q", rows)
	}
}

func TestExportOfWhatIsNotOnes(t *testing.T) {
	x := newTeam(t)
	x.enrol()
	for _, path := range []string{exportPath, sheetPath} {
		for _, kind := range []string{"elsewhere", "admin"} {
			b := x.as(kind)
			unknown := b.open(path+"?format=csv&pole=partir").must(t, 404)
			for _, slug := range []string{"nulle-part", "PAR%2FTIR", "estrie"} {
				if slug == "estrie" && kind == "admin" {
					continue
				}
				other := b.open(path+"?format=csv&pole="+slug).must(t, 404)
				if strings.ReplaceAll(other.body, slug, "partir") != unknown.body {
					t.Errorf("%s as %s: %s is told from partir", path, kind, slug)
				}
			}
		}
		for _, query := range []string{"", "?format=xls", "?format=csv&format=csv"} {
			if a := x.as("agent").open(path + query); a.StatusCode < 400 || a.StatusCode >= 500 {
				t.Errorf("%s%s: %d", path, query, a.StatusCode)
			}
		}
	}
	x.as("agent").open(exportPath+"?format=csv&du=demain").must(t, 422)
	x.as("elsewhere").open(exportPath+"?format=csv&campagne=estrie/automne").must(t, 404)
	if entries, err := x.world.Store.JournalOf(t.Context(), "list:invitations"); err != nil || len(entries) != 0 {
		t.Errorf("%d exports are said to have gone, %v", len(entries), err)
	}
	x.as("agent").send("HEAD", exportPath+"?format=csv", "").must(t, 200)
	if entries, err := x.world.Store.JournalOf(t.Context(), "list:invitations"); err != nil || len(entries) != 0 {
		t.Errorf("%d exports after a HEAD, %v", len(entries), err)
	}
}

// Staff take out what their list shows: partial dates as they are known, and
// what the public may not know of yet.
func TestSignatoriesOnPaperAndUnderEmbargoGoOut(t *testing.T) {
	x := newTeam(t)
	c := x.campaign(func(r *workflow.CampaignRequest) { r.Embargo = workflow.LocalTime{Day: "2026-12-15", Hour: "16 h"} })
	x.signedOne(func(r *workflow.InviteRequest) { r.Campaign = c.Slug })
	b := x.as("agent")
	b.sendFile(paperPath, scanField, "", goodPaper("signed", "avant 2017-02")...).must(t, 303)
	page := b.open(signatoriesPath+"?mode=paper").must(t, 200)
	if !strings.Contains(page.body, `href="`+sheetPath+`?format=csv&amp;mode=paper"`) {
		t.Error("the list does not lead to its export")
	}
	rows := rowsOf(t, b.open(sheetPath+"?format=csv&mode=paper").must(t, 200))
	if len(rows) != 2 || rows[1][slices.Index(rows[0], "Date de signature")] != "avant\u00a02017-02" || rows[1][slices.Index(rows[0], "Signature")] != "Sur papier" {
		t.Errorf("%q", rows)
	}
	if rows := rowsOf(t, b.open(sheetPath+"?format=csv").must(t, 200)); len(rows) != 3 {
		t.Errorf("what is under embargo is not in %q", rows)
	}
}
