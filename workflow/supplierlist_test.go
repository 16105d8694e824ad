package workflow_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

const supplierHead = "nom;municipalite;mrc;region;categories;site;description\n"

func supplierFile(n int) []byte {
	var b strings.Builder
	b.WriteString(supplierHead)
	for k := range n {
		fmt.Fprintf(&b, "Coopérative Gabarit %d;Magog;;;Traiteur | textile;gabarit.example.org;Des repas et du linge.\n", k)
	}
	return []byte(b.String())
}

func supplierVerdicts(t *testing.T, w *workflowtest.World, file string) []workflow.BatchRow {
	t.Helper()
	_, rows, err := w.CheckSuppliers(t.Context(), workflow.Operator(), estrie([]byte(file)))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestEveryLineOfASupplierListHasItsVerdict(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		addSupplier(t, w)
		hidden := addSupplier(t, w, func(f *workflow.SupplierForm) { f.Name = "Retirée" })
		if err := w.WithdrawSupplier(t.Context(), workflow.Operator(), hidden.ID); err != nil {
			t.Fatal(err)
		}
		for k, c := range []struct {
			line, verdict, reason string
		}{
			{"Coop A;Magog;;;alimentation;;Repas", "good", ""},
			{"Coop A;45072;;;Food and catering|INFORMATIQUE;www.a.example.org;Repas", "good", ""},
			{"Coop A;;MRC de Coaticook;;textile|textile|;;Repas", "good", ""},
			{"Coop A;;;Estrie;conseil;;Repas", "good", ""},
			{"Coop A;;;;conseil;;Repas", "municipality", "place.missing"},
			{"Coop A;Nulle-Part;;;conseil;;Repas", "municipality", "batch.municipality"},
			{"Coop A;Valcourt;;;conseil;;Repas", "ambiguous", "batch.ambiguous"},
			{"Coop A;Laval;;;conseil;;Repas", "outside", "supplier.outside"},
			{"Coop A;;;Montréal;conseil;;Repas", "outside", "supplier.outside"},
			{"Coop A;Magog;;;armes;;Repas", "fields", "supplier.category-unknown"},
			{"Coop A;Magog;;;;;Repas", "fields", "supplier.category-missing"},
			{"Coop A;Magog;;;conseil;javascript:alert(1);Repas", "fields", "supplier.site"},
			{"Coop A;Magog;;;conseil;;", "fields", "text.empty"},
			{"Coop A;Laval;;;armes;;Repas", "fields", "supplier.outside"},
			{"buanderie de l'oeuvre exemple;Magog;;;conseil;;Repas", "listed", ""},
			{"Retirée;Magog;;;conseil;;Repas", "listed", "supplier.withdrawn"},
		} {
			row := supplierVerdicts(t, w, supplierHead+c.line+"\n")[0]
			reason := ""
			if len(row.Reasons) > 0 {
				reason = row.Reasons[0].Key
			}
			if string(row.Verdict) != c.verdict || reason != c.reason {
				t.Errorf("line %d %q: %s, %s", k, c.line, row.Verdict, reason)
			}
		}
		twice := supplierVerdicts(t, w, supplierHead+"Coop A;Magog;;;conseil;;Repas\n\nCOOP-A;;450;;conseil;;Autre\n")
		if twice[1].Verdict != workflow.RowDuplicate || twice[1].Reasons[0].Args["line"] != "2" {
			t.Errorf("%+v", twice)
		}
	})
}

func TestSupplierListEntersOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		file := supplierFile(30)
		b, err := w.PreviewSuppliers(t.Context(), supplierAgent("estrie"), estrie(file))
		if err != nil || shownSuppliers(t, w, workflow.SupplierFilter{}) != nil {
			t.Fatal("the preview listed something", err)
		}
		var group sync.WaitGroup
		for range 6 { // of many confirmations, one works
			group.Go(func() {
				done, err := w.ConfirmSuppliers(t.Context(), supplierAgent("estrie"), b.ID, seen(b))
				if err != nil || done.State != workflow.BatchDone || done.Made != 30 {
					t.Errorf("%s, %d: %v", done.State, done.Made, err)
				}
			})
		}
		group.Wait()
		page, err := w.Suppliers(t.Context(), workflow.SupplierFilter{Limit: 100})
		if err != nil || page.Total != 30 || page.Offers != 60 || page.Suppliers[0].Site != "https://gabarit.example.org" {
			t.Fatalf("%+v, %v", page, err)
		}
		events, err := w.Store.JournalOf(t.Context(), "supplier:"+page.Suppliers[0].ID)
		if err != nil || len(events) != 1 || events[0].Type != "supplier.imported" || events[0].Data()["batch"] != b.ID {
			t.Errorf("%+v, %v", events, err)
		}
		again, rows, err := w.CheckSuppliers(t.Context(), workflow.Operator(), estrie(file))
		if err != nil || again.Good() != 0 || again.Counts[workflow.RowListed] != 30 || rows[0].Line != 2 {
			t.Errorf("the same file again: %v, %v", again.Counts, err)
		}
		rows, err = w.SupplierRows(t.Context(), workflow.Operator(), workflow.BatchRowFilter{Batch: b.ID, Good: true})
		if v, viewErr := w.Supplier(t.Context(), workflow.Operator(), rows[0].InvitationID); err != nil || viewErr != nil || v.Batch != b.ID || v.Name != "Coopérative Gabarit 0" {
			t.Error(v.Supplier, err, viewErr)
		}
	})
}

// Two lists that name the same enterprises, in another order, at once.
func TestSupplierListsAtOnceEnterEachOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		lines := strings.SplitAfter(strings.TrimPrefix(string(supplierFile(20)), supplierHead), "\n")
		backwards := slices.Clone(lines)
		slices.Reverse(backwards)
		var lists []workflow.Batch
		for k := range 4 {
			order := [][]string{lines, backwards}[k%2]
			lists = append(lists, must1(w.PreviewSuppliers(t.Context(), workflow.Operator(), estrie([]byte(supplierHead+strings.Join(order, ""))))))
		}
		var group sync.WaitGroup
		for _, b := range lists {
			group.Go(func() {
				if _, err := w.ConfirmSuppliers(t.Context(), workflow.Operator(), b.ID, seen(b)); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if page, err := w.Suppliers(t.Context(), workflow.SupplierFilter{}); err != nil || page.Total != 20 {
			t.Errorf("%d, %v", page.Total, err)
		}
	})
}

// Lists that name the same enterprises add them in the same order, whatever that
// of the file: or two at once would each wait for what the other has added.
func TestSupplierListsAddInOneOrder(t *testing.T) {
	w := sqliteWorld(t)
	b := must1(w.PreviewSuppliers(t.Context(), workflow.Operator(), estrie([]byte(supplierHead+"Zone;Magog;;;conseil;;x\nAtelier;Magog;;;conseil;;x\nMaison;Magog;;;conseil;;x\n"))))
	must1(w.ConfirmSuppliers(t.Context(), workflow.Operator(), b.ID, seen(b)))
	var added []string
	for _, e := range must1(w.Store.JournalEntries(t.Context(), 1, 100)) {
		if e.Type == "supplier.imported" {
			added = append(added, e.Data()["slug"])
		}
	}
	if !slices.Equal(added, []string{"atelier", "maison", "zone"}) {
		t.Error(added)
	}
}

// What has happened since the preview counts.
func TestSupplierLinesAreJudgedAgain(t *testing.T) {
	w := sqliteWorld(t)
	b := must1(w.PreviewSuppliers(t.Context(), workflow.Operator(), estrie(supplierFile(2))))
	addSupplier(t, w, func(f *workflow.SupplierForm) { f.Name = "Coopérative Gabarit 1" })
	b, err := w.ConfirmSuppliers(t.Context(), workflow.Operator(), b.ID, seen(b))
	if err != nil || b.Made != 1 || b.Skipped != 1 {
		t.Fatalf("%+v, %v", b, err)
	}
	rows, err := w.SupplierRows(t.Context(), workflow.Operator(), workflow.BatchRowFilter{Batch: b.ID, Refused: true})
	if err != nil || len(rows) != 1 || rows[0].Fate() != workflow.RowListed {
		t.Errorf("%+v, %v", rows, err)
	}
	if err := w.CancelSuppliers(t.Context(), workflow.Operator(), b.ID); workflow.KeyOf(err) != "supplier.list-done" {
		t.Error(err)
	}
}

// Lines that want the same address get one each.
func TestSuppliersOfOneNameInTwoPlaces(t *testing.T) {
	w := sqliteWorld(t)
	lines := "Friperie;;;Estrie;textile;;Vêtements\nFriperie;Magog;;;textile;;Vêtements\nFriperie;Coaticook;;;textile;;Vêtements\n"
	b := must1(w.PreviewSuppliers(t.Context(), workflow.Operator(), estrie([]byte(supplierHead+lines))))
	if b, err := w.ConfirmSuppliers(t.Context(), workflow.Operator(), b.ID, seen(b)); err != nil || b.Made != 3 {
		t.Fatal(b.Made, err)
	}
	var slugs []string
	for _, x := range must1(w.Suppliers(t.Context(), workflow.SupplierFilter{})).Suppliers {
		slugs = append(slugs, x.Slug)
	}
	slices.Sort(slugs)
	if !slices.Equal(slugs, []string{"friperie", "friperie-coaticook", "friperie-memphremagog"}) {
		t.Error(slugs)
	}
}

// A list of one purpose is none of the others, and of another pôle none at all.
func TestSupplierListsAreNothingElse(t *testing.T) {
	w := sqliteWorld(t)
	b := must1(w.PreviewSuppliers(t.Context(), workflow.Operator(), estrie(supplierFile(1))))
	paper := must1(w.PreviewPaper(t.Context(), workflow.Operator(), estrie(paperList(1))))
	if err := w.ConfirmBatch(t.Context(), workflow.Operator(), b.ID, seen(b)); !workflow.IsKind(err, workflow.NotFound) {
		t.Error(err)
	}
	if _, err := w.ConfirmPaper(t.Context(), workflow.Operator(), b.ID, seen(b)); !workflow.IsKind(err, workflow.NotFound) {
		t.Error(err)
	}
	if _, err := w.ConfirmSuppliers(t.Context(), workflow.Operator(), paper.ID, seen(paper)); !workflow.IsKind(err, workflow.NotFound) {
		t.Error(err)
	}
	if _, err := w.ConfirmSuppliers(t.Context(), supplierAgent("montreal"), b.ID, seen(b)); !workflow.IsKind(err, workflow.NotFound) {
		t.Error(err)
	}
	if _, err := w.PreviewSuppliers(t.Context(), supplierAgent("montreal"), estrie(supplierFile(1))); !workflow.IsKind(err, workflow.NotFound) {
		t.Error(err)
	}
	if _, err := w.ConfirmSuppliers(t.Context(), workflow.Operator(), b.ID, workflow.Seen{Good: 2, SHA256: b.SHA256}); workflow.KeyOf(err) != "batch.altered" {
		t.Error(err)
	}
	if err := w.CancelSuppliers(t.Context(), workflow.Operator(), b.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := w.ConfirmSuppliers(t.Context(), workflow.Operator(), b.ID, seen(b)); workflow.KeyOf(err) != "batch.cancelled" {
		t.Error(err)
	}
	if got := must1(w.SupplierBatches(t.Context(), workflow.Operator(), 9)); len(got) != 1 || got[0].ID != b.ID {
		t.Errorf("%+v", got)
	}
	if got := must1(w.SupplierBatches(t.Context(), supplierAgent("montreal"), 9)); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	events := must1(w.Store.JournalOf(t.Context(), "batch:"+b.ID))
	if len(events) != 2 || events[0].Type != "suppliers.previewed" || events[1].Type != "suppliers.cancelled" {
		t.Errorf("%+v", events)
	}
}

func TestSupplierListIsReadAsSpreadsheetsSaveIt(t *testing.T) {
	w := sqliteWorld(t)
	plain := "Entreprise;Code municipal;Catégories;Site Web;Description courte;Téléphone\nCoopérative Été;45072;Aide à domicile et soins;;Des soins à l’année;555-0100\n"
	latin, err := charmap.Windows1252.NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{plain, "\ufeff" + plain, latin, strings.ReplaceAll(plain, ";", ",")} {
		b, rows, err := w.CheckSuppliers(t.Context(), workflow.Operator(), estrie([]byte(file)))
		if err != nil || len(rows) != 1 || rows[0].Verdict != workflow.RowGood || len(b.Unknown) != 1 || b.Unknown[0] != "Téléphone" {
			t.Errorf("%+v, %v", rows, err)
		}
	}
	if _, _, err := w.CheckSuppliers(t.Context(), workflow.Operator(), estrie([]byte("nom;site\na;b\n"))); len(fieldsOf(err)) != 1 || fieldsOf(err)[0].Key != "roster.missing" {
		t.Error(err)
	}
}
