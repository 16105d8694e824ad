package storetest

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"jachete/workflow"
)

// Paper is an entry of the pôle "rive" with every field set that one has before
// it is withdrawn.
func Paper(id, name string) workflow.Paper {
	c := Commitment(id, name)
	c.SignatureID, c.Number, c.Mode, c.PublicName, c.PublicFunction, c.PublicQuote, c.PublicLogo, c.Campaign, c.StatusOn = "", "", workflow.ModePaper, "", "", "", "", "", ""
	c.DeclarationID, c.Version, c.ResolutionDate, c.SignedOn, c.Announced = "", "", "", "2013-03", "before 2017-02"
	return workflow.Paper{Commitment: c, Signatory: workflow.Signatory{Name: "Camille Exemple", Function: "Mairesse"},
		Source: "https://example.org/é", Batch: "b1", EnteredBy: "someone", EnteredAt: noon}
}

// Scan is a scan of a paper original that holds its name.
func Scan(name string) workflow.PaperScan {
	content := []byte("%PDF-1.7 " + name + "\x00\xff")
	sum := sha256.Sum256(content)
	return workflow.PaperScan{MediaType: "application/pdf", SHA256: hex.EncodeToString(sum[:]), Size: len(content), ScannedBy: "Camille",
		ScannedOn: "2026-11-21", AttachedBy: "someone", AttachedAt: noon, Content: content}
}

func (w *world) enter(list ...workflow.Paper) {
	w.t.Helper()
	w.must(func(tx workflow.Tx) error { return tx.AddPapers(w.ctx, list) })
}

func papers(t *testing.T, w *world) {
	a, b := Paper("a", "Ville de Rivière-Exemple"), Paper("b", "MRC du Haut-Essai")
	w.enter(a, b)
	w.enter()
	w.publish(Commitment("c", "Cégep de la Démo"))
	wantEqual(t, read[workflow.Paper](t)(w.Paper(w.ctx, "a")), a)
	for _, id := range []string{"c", "nulle", ""} { // electronic, or none
		_, err := w.Paper(w.ctx, id)
		wantError(t, err, workflow.NotFound, "paper.not-found")
	}
	w.refused(workflow.Conflict, "commitment.exists", func(tx workflow.Tx) error { return tx.AddPapers(w.ctx, []workflow.Paper{a}) })
	w.wantFound("public", workflow.RegisterFilter{}, "c", "b", "a")
}

func paperScans(t *testing.T, w *world) {
	p := Paper("a", "A")
	w.enter(p, Paper("b", "B"))
	w.must(func(tx workflow.Tx) error { return tx.AddPaperScan(w.ctx, "a", Scan("un")) })
	w.refused(workflow.Conflict, "scan.exists", func(tx workflow.Tx) error { return tx.AddPaperScan(w.ctx, "a", Scan("deux")) })
	wantEqual(t, read[workflow.PaperScan](t)(w.PaperScan(w.ctx, "a")), Scan("un"))
	p.Scan = Scan("un")
	p.Scan.Content = nil
	wantEqual(t, read[workflow.Paper](t)(w.Paper(w.ctx, "a")), p)
	_, err := w.PaperScan(w.ctx, "b")
	wantError(t, err, workflow.NotFound, "paper.not-found")
	damaged := Scan("trois")
	damaged.Content = []byte("%PDF-1.7 another")
	w.must(func(tx workflow.Tx) error { return tx.AddPaperScan(w.ctx, "b", damaged) })
	_, err = w.PaperScan(w.ctx, "b")
	wantError(t, err, workflow.Internal, "scan.damaged")
}

// paperWithdrawn: it leaves the register, once, and stays for the staff.
func paperWithdrawn(t *testing.T, w *world) {
	p := Paper("a", "A")
	w.enter(p, Paper("b", "B"))
	w.wantFound("before", workflow.RegisterFilter{}, "a", "b")
	p.Reason, p.WithdrawnBy, p.WithdrawnAt = "Erreur", "someone", noon
	wantEqual(t, w.parallel(8, func(tx workflow.Tx) (bool, error) { return true, tx.WithdrawPaper(w.ctx, p, "2026-11-22") }), 1)
	w.wantFound("after", workflow.RegisterFilter{}, "b")
	w.wantFound("for the staff", workflow.RegisterFilter{Hidden: true}, "a", "b")
	p.Commitment.Status, p.Commitment.StatusOn = workflow.CommitmentWithdrawn, "2026-11-22"
	found := read[workflow.Paper](t)(w.Paper(w.ctx, "a"))
	wantEqual(t, found.Commitment.PublishedAt.IsZero(), true)
	found.Commitment.PublishedAt = p.Commitment.PublishedAt
	wantEqual(t, found, p)
	w.publish(Commitment("c", "C"))
	w.refused(workflow.Conflict, workflow.KeyPaperWithdrawn, func(tx workflow.Tx) error { return tx.WithdrawPaper(w.ctx, Paper("c", "C"), "2026-11-22") })
	wantEqual(t, read[[]string](t)(w.CommittedAmong(w.ctx, "rive", []string{"org"}, workflow.ModePaper, noon)), []string{"org"}) // b
}

func paperFilters(_ *testing.T, w *world) {
	hidden := Commitment("d", "D")
	hidden.PublishedAt = noon.AddDate(0, 1, 0)
	w.enter(Paper("a", "A"))
	w.publish(Commitment("c", "C"), hidden)
	w.wantFound("paper", workflow.RegisterFilter{Mode: workflow.ModePaper}, "a")
	w.wantFound("electronic", workflow.RegisterFilter{Mode: workflow.ModeElectronic, Hidden: true}, "c", "d")
	w.wantFound("own", workflow.RegisterFilter{Poles: []string{"nulle", "rive"}}, "a", "c")
	w.wantFound("of others", workflow.RegisterFilter{Poles: []string{"autre"}, Hidden: true})
	w.wantFound("of nobody", workflow.RegisterFilter{Poles: []string{}, Hidden: true})
}

// paperYears: a signature counts in its year, one that is only announced in
// that of the announcement, and « before » in none.
func paperYears(t *testing.T, w *world) {
	signed, announced, before := Paper("a", "A"), Paper("b", "B"), Paper("c", "C")
	signed.Commitment.SignedOn, signed.Commitment.Announced = "2013-03", "2017"
	announced.Commitment.SignedOn, announced.Commitment.Announced = "", "2019-05-28"
	before.Commitment.SignedOn = "before 2017-02"
	w.enter(signed, announced, before)
	w.wantFound("2013", workflow.RegisterFilter{Year: 2013}, "a")
	w.wantFound("2019", workflow.RegisterFilter{Year: 2019}, "b")
	w.wantFound("2017", workflow.RegisterFilter{Year: 2017})
	counts := read[workflow.RegisterCounts](t)(w.RegisterCounts(w.ctx, workflow.RegisterFilter{}, noon))
	wantEqual(t, counts.ByYear, map[int]int{2013: 1, 2019: 1})
}

func batchFinishedOnce(t *testing.T, w *world) {
	b := Batch("b1")
	b.Purpose = workflow.BatchOfPaper
	w.addBatch(b)
	w.addBatch(Batch("b2"))
	wantEqual(t, len(read[[]workflow.Batch](t)(w.Batches(w.ctx, workflow.BatchFilter{Purpose: workflow.BatchOfPaper}))), 1)
	b.State, b.Made, b.Skipped, b.ConfirmedBy, b.ConfirmedAt, b.FinishedAt = workflow.BatchDone, 2, 1, "someone", noon, noon
	rows := batchRows()
	rows[0].Outcome, rows[0].InvitationID = workflow.RowGood, "c"
	w.must(func(tx workflow.Tx) error { return tx.FinishBatch(w.ctx, b, rows[:1]) })
	wantEqual(t, read[workflow.Batch](t)(w.Batch(w.ctx, "b1")), b)
	wantEqual(t, read[[]workflow.BatchRow](t)(w.BatchRows(w.ctx, workflow.BatchRowFilter{Batch: "b1"})), rows)
	w.refused(workflow.Conflict, workflow.KeyBatchMoved, func(tx workflow.Tx) error { return tx.FinishBatch(w.ctx, b, rows[:1]) })
}
