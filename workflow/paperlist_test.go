package workflow_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// paperHead are the columns as a public list of announcements has them.
const paperHead = "organisation,kind,region,pole,announced,source\n"

func paperList(n int) []byte {
	var b strings.Builder
	b.WriteString(paperHead)
	for k := range n {
		fmt.Fprintf(&b, "Coopérative Gabarit %d,coopérative,Estrie,estrie,2019-06-21,Communiqué\n", k)
	}
	return []byte(b.String())
}

// paperVerdicts are the lines of a file with what is said of them.
func paperVerdicts(t *testing.T, w *workflowtest.World, file string) []workflow.BatchRow {
	t.Helper()
	_, rows, err := w.CheckPaper(t.Context(), workflow.Operator(), estrie([]byte(file)))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestEveryLineOfAPaperListHasItsVerdict(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		enterPaper(t, w)
		_, token := w.Invite(t, workflowtest.Request())
		secret, form := w.Ready(t, token)
		if _, err := w.Sign(t.Context(), secret, form, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		head := "Organization;type;code_municipal;mrc;region;pole;date_signature;date_annonce;signataire;fonction;resolution;source;Téléphone\n"
		for k, c := range []struct {
			line, verdict, reason string
		}{
			{"Ville de Sherbrooke;municipalite;;;Estrie;estrie;2013-03;;Jo Exemple;Mairie;2013-12;https://example.org/", "good", ""},
			{"MRC de Coaticook;MRC;;;Estrie;;;avant 2019-11-16;;;;Communiqué", "good", ""},
			{"Cégep de l’Essai;enseignement;;;05;Pôle d’entrepreneuriat collectif de l’Estrie;;2019-06-21;;;;Communiqué", "good", ""},
			{"Société d’essai;société d'État;43027;;;;2010;;;;;Communiqué", "good", "paper.early"},
			{"Coop A;coop;43027;;;;résolution 2017-10-24;;;;;x", "date", "date.paper"},
			{"Coop A;coop;43027;;;;;2023-06-15 (conseil 2023-06-14);;;;x", "date", "date.paper"},
			{"Coop A;coop;43027;;;;2031;;;;;x", "date", "date.paper-future"},
			{"Coop A;coop;43027;;;;;;;;;x", "date", "date.paper-missing"},
			{"Coop A;coop;43027;;;;2019;;;;;", "source", "paper.source-missing"},
			{"Ville de Nulle-Part;ville;;;;;2019;;;;;x", "municipality", "batch.municipality"},
			{"Ville de Valcourt;ville;;;;;2019;;;;;x", "ambiguous", "batch.ambiguous"},
			{"Ville de Laval;ville;65005;;;;2019;;;;;x", "outside", "paper.outside"},
			{"Coop A;coop;;;Laval;;2019;;;;;x", "outside", "paper.outside"},
			{"Coop A;coop;43027;;;montreal;2019;;;;;x", "pole", "paper.pole-other"},
			{"Coop A;coop;43027;;;nulle;2019;;;;;x", "pole", "paper.pole-unknown"},
			{"Coop A;poissonnerie;43027;;;;2019;;;;;x", "fields", "kind.unknown"},
			{"Coopérative gabarit;coopérative financière;43027;;;;2019;;;;;x", "paper", ""},
			{"Ville de Rivière-Exemple;ville;;;05;;2019;;;;;x", "signed", ""},
		} {
			row := paperVerdicts(t, w, head+c.line+";\n")[0]
			reason := ""
			if len(row.Reasons) > 0 {
				reason = row.Reasons[0].Key
			}
			if string(row.Verdict) != c.verdict || reason != c.reason {
				t.Errorf("line %d %q: %s, %s", k, c.line, row.Verdict, reason)
			}
		}
		twice := paperVerdicts(t, w, paperHead+"Coop A,coop,Estrie,,2019,x\nCOOP A,coop,Estrie,,2020,x\n")
		if twice[1].Verdict != workflow.RowDuplicate || twice[1].Reasons[0].Args["line"] != "2" {
			t.Errorf("%+v", twice)
		}
	})
}

func confirmPaper(t *testing.T, w *workflowtest.World, file []byte) workflow.Batch {
	t.Helper()
	b, err := w.PreviewPaper(t.Context(), workflow.Operator(), estrie(file))
	if err != nil {
		t.Fatal(err)
	}
	if b.Good() == 0 {
		return b
	}
	if b, err = w.ConfirmPaper(t.Context(), workflow.Operator(), b.ID, seen(b)); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestPaperListEntersOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		file := paperList(30)
		b, err := w.PreviewPaper(t.Context(), workflow.Operator(), estrie(file))
		if err != nil || publicNames(t, w) != nil {
			t.Fatal("the preview entered something", err)
		}
		var group sync.WaitGroup
		for range 6 { // of many confirmations, one works
			group.Go(func() {
				done, err := w.ConfirmPaper(t.Context(), workflow.Operator(), b.ID, seen(b))
				if err != nil || done.State != workflow.BatchDone || done.Made != 30 {
					t.Errorf("%s, %d: %v", done.State, done.Made, err)
				}
			})
		}
		group.Wait()
		list, err := w.Register(t.Context(), workflow.RegisterFilter{Limit: 100})
		if err != nil || list.Total != 30 || list.Commitments[0].SignedOn != "" || list.Commitments[0].Announced != "2019-06-21" {
			t.Fatalf("%d, %v", list.Total, err)
		}
		events, err := w.Store.JournalOf(t.Context(), "commitment:"+list.Commitments[0].ID)
		if err != nil || len(events) != 1 || events[0].Type != "paper.imported" || events[0].Data()["batch"] != b.ID {
			t.Errorf("%+v, %v", events, err)
		}
		if again := confirmPaper(t, w, file); again.Good() != 0 || again.Counts[workflow.RowPaper] != 30 {
			t.Errorf("the same file again: %v", again.Counts)
		}
		rows, err := w.PaperRows(t.Context(), workflow.Operator(), workflow.BatchRowFilter{Batch: b.ID})
		if p, paperErr := w.Paper(t.Context(), workflow.Operator(), rows[0].InvitationID); err != nil || paperErr != nil || p.Batch != b.ID {
			t.Error(err, paperErr)
		}
	})
}

// Two lists that name the same organisations, at once.
func TestPaperListsAtOnceEnterEachOrganisationOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		var lists []workflow.Batch
		for range 4 {
			lists = append(lists, must1(w.PreviewPaper(t.Context(), workflow.Operator(), estrie(paperList(20)))))
		}
		var group sync.WaitGroup
		for _, b := range lists {
			group.Go(func() {
				if _, err := w.ConfirmPaper(t.Context(), workflow.Operator(), b.ID, seen(b)); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if list, err := w.Register(t.Context(), workflow.RegisterFilter{}); err != nil || list.Total != 20 {
			t.Errorf("%d, %v", list.Total, err)
		}
	})
}

// What has happened since the preview counts.
func TestPaperLinesAreJudgedAgain(t *testing.T) {
	w := sqliteWorld(t)
	b, err := w.PreviewPaper(t.Context(), workflow.Operator(), estrie(paperList(2)))
	if err != nil {
		t.Fatal(err)
	}
	enterPaper(t, w, func(r *workflow.PaperRequest) {
		r.Organisation, r.Place.MunicipalityCode, r.Place.RegionCode = "Coopérative Gabarit 1", "", "05"
	})
	if b, err = w.ConfirmPaper(t.Context(), workflow.Operator(), b.ID, seen(b)); err != nil || b.Made != 1 || b.Skipped != 1 {
		t.Fatalf("%+v, %v", b, err)
	}
	rows, err := w.PaperRows(t.Context(), workflow.Operator(), workflow.BatchRowFilter{Batch: b.ID, Refused: true})
	if err != nil || len(rows) != 1 || rows[0].Fate() != workflow.RowPaper {
		t.Errorf("%+v, %v", rows, err)
	}
	if err := w.CancelPaper(t.Context(), workflow.Operator(), b.ID); workflow.KeyOf(err) != "paper.list-done" {
		t.Error(err)
	}
}

// A list of one purpose is none of the other, and of another pôle none at all.
func TestPaperListsAreNoInvitations(t *testing.T) {
	w := sqliteWorld(t)
	paper, err := w.PreviewPaper(t.Context(), workflow.Operator(), estrie(paperList(1)))
	if err != nil {
		t.Fatal(err)
	}
	invitations := preview(t, w, list(1))
	if err := w.ConfirmBatch(t.Context(), workflow.Operator(), paper.ID, seen(paper)); !workflow.IsKind(err, workflow.NotFound) {
		t.Error(err)
	}
	if _, err := w.ConfirmPaper(t.Context(), workflow.Operator(), invitations.ID, seen(invitations)); !workflow.IsKind(err, workflow.NotFound) {
		t.Error(err)
	}
	if _, err := w.ConfirmPaper(t.Context(), paperAgent("montreal"), paper.ID, seen(paper)); !workflow.IsKind(err, workflow.NotFound) {
		t.Error(err)
	}
	if _, err := w.ConfirmPaper(t.Context(), workflow.Operator(), paper.ID, workflow.Seen{Good: 2, SHA256: paper.SHA256}); workflow.KeyOf(err) != "batch.altered" {
		t.Error(err)
	}
	if err := w.CancelPaper(t.Context(), workflow.Operator(), paper.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := w.ConfirmPaper(t.Context(), workflow.Operator(), paper.ID, seen(paper)); workflow.KeyOf(err) != "batch.cancelled" {
		t.Error(err)
	}
	for name, found := range map[string][]workflow.Batch{"paper": must1(w.PaperBatches(t.Context(), workflow.Operator(), 9)), "invitations": must1(w.Batches(t.Context(), workflow.Operator(), 9))} {
		if len(found) != 1 {
			t.Errorf("%s: %d lists", name, len(found))
		}
	}
}

func must1[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestPaperListIsReadAsSpreadsheetsSaveIt(t *testing.T) {
	w := sqliteWorld(t)
	plain := "Organisation;Catégorie;Région;Signée le;Référence;Téléphone\nCoopérative Été;coopérative;Estrie;avant 2017-02;Communiqué;555-0100\n"
	latin, err := charmap.Windows1252.NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{plain, "\ufeff" + plain, latin, strings.ReplaceAll(plain, ";", ",")} {
		b, rows, err := w.CheckPaper(t.Context(), workflow.Operator(), estrie([]byte(file)))
		if err != nil || len(rows) != 1 || rows[0].Verdict != workflow.RowGood || len(b.Unknown) != 1 || b.Unknown[0] != "Téléphone" {
			t.Errorf("%+v, %v", rows, err)
		}
	}
	if _, _, err := w.CheckPaper(t.Context(), workflow.Operator(), estrie([]byte("organisation;type\na;b\n"))); len(fieldsOf(err)) != 1 || fieldsOf(err)[0].Key != "roster.missing" {
		t.Error(err)
	}
}

// Who signed on paper may be invited to adhere again: the line is good and says
// so.
func TestPaperSignatoriesMayBeInvited(t *testing.T) {
	w := sqliteWorld(t)
	enterPaper(t, w)
	_, rows, err := w.CheckBatch(t.Context(), workflow.Operator(), estrie([]byte(batchHead+"Coopérative Gabarit;coopérative;43027;;;Camille Exemple;Direction;c@example.org\n")))
	if err != nil || rows[0].Verdict != workflow.RowGood || len(rows[0].Reasons) != 1 || rows[0].Reasons[0].Key != "batch.on-paper" {
		t.Errorf("%+v, %v", rows, err)
	}
}
