package pdf

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jachete/pdf/archive/lint"
	"jachete/workflow"
)

// sampleReport is a campaign with that many organisations on either side.
func sampleReport(signed, awaited int) workflow.CampaignReport {
	r := workflow.CampaignReport{Pole: "Pôle d’économie sociale de l’Exemple", MadeAt: noon,
		Campaign: workflow.Campaign{Name: "Les villes de l’Exemple, automne 2019", Place: "Salle de l’Essai", CeremonyAt: noon.Add(26 * time.Hour), EmbargoUntil: noon.Add(time.Hour)},
		Progress: workflow.Progress{Invited: signed + awaited + 1, Signed: signed, Ready: awaited, Declined: 1}}
	for i := range signed {
		o := workflow.ReportedSignature{Organisation: fmt.Sprintf("Ville de Rivière-Exemple %03d", i), Kind: workflow.KindMunicipality, SignedOn: "2019-11-15", Mode: workflow.ModeElectronic}
		if i == 1 {
			o.Mode, o.Organisation = workflow.ModePaper, "Centre de services scolaire des Rives-de-l’Exemple et de la Vallée-du-Haut-Essai"
			o.Kind = workflow.KindSchool
		}
		r.Signed = append(r.Signed, o)
	}
	for i := range awaited {
		r.Awaited = append(r.Awaited, workflow.ReportedState{Organisation: fmt.Sprintf("MRC du Haut-Essai %03d", i), Kind: workflow.KindMRC, State: workflow.StateAwaitingResolution})
	}
	return r
}

// reportOf makes a report, which must conform.
func reportOf(t testing.TB, r workflow.CampaignReport) []byte {
	t.Helper()
	s, _ := testSealer(t)
	file, err := s.Report(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	conforms(t, file)
	return file
}

func TestReportSaysWhereTheCampaignStands(t *testing.T) {
	text := strings.Join(strings.Fields(extract(t, reportOf(t, sampleReport(3, 2)))), " ")
	for _, want := range []string{"Bilan de campagne", "Pôle d’économie sociale de l’Exemple", "Le 17 novembre 2019 à 16 h 03, Salle de l’Essai",
		"Confidentiel jusqu’au 16 novembre 2019 à 15 h 03", "3 organisations ont signé, sur 6 invitées.", "2019-11-15, signé sur papier",
		"MRC du Haut-Essai 001 MRC En attente de résolution", "Page 1 de", "Document interne du pôle, produit le 16 novembre 2019 à 14 h 03"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing from %s", want, text)
		}
	}
	empty := extract(t, reportOf(t, workflow.CampaignReport{Pole: "Pôle", Campaign: workflow.Campaign{Name: "Automne"}, MadeAt: noon}))
	for _, want := range []string{"Aucune organisation n’est encore invitée.", "Aucune organisation n’a encore signé.", "Aucune organisation n’est attendue.", "Sans date"} {
		if !strings.Contains(empty, want) {
			t.Errorf("%q is missing from %s", want, empty)
		}
	}
}

// Five hundred lines go over many pages: each says which columns it holds, no
// line is lost, and the headings are read out once.
func TestLongReportRepeatsItsHeadings(t *testing.T) {
	file := reportOf(t, sampleReport(250, 250))
	pages := strings.Split(strings.TrimSuffix(run(t, "pdftotext", "-layout", "-enc", "UTF-8", write(t, "r.pdf", file), "-"), "\f"), "\f")
	if len(pages) < 8 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, page := range pages {
		if !strings.Contains(page, "Organisation  ") || !strings.Contains(page, fmt.Sprintf("Page %d de %d", i+1, len(pages))) {
			t.Errorf("page %d: %s", i+1, page)
		}
	}
	all := strings.Join(pages, "")
	if n := strings.Count(all, "Ville de Rivière-Exemple "); n != 249 {
		t.Errorf("%d cities", n)
	}
	if n := strings.Count(all, "MRC du Haut-Essai "); n != 250 {
		t.Errorf("%d MRC", n)
	}
	listing, err := lint.Listing(file)
	if err != nil || strings.Count(listing, "Signature") != 1 {
		t.Errorf("headings are read out %d times (%v)", strings.Count(listing, "Signature"), err)
	}
}

func TestEveryKindAndStateIsWorded(t *testing.T) {
	for _, k := range workflow.OrganisationKinds {
		if kindWords[k] == "" {
			t.Errorf("%s has no word", k)
		}
	}
	for _, s := range workflow.States {
		if (s.Open() || s == workflow.StateExpired) && stateWords[s] == "" {
			t.Errorf("%s has no word", s)
		}
	}
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1\u00a0000", 1234567: "1\u00a0234\u00a0567"} {
		if got := grouped(n); got != want {
			t.Errorf("%d is %q", n, got)
		}
	}
}
