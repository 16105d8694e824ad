package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"jachete/workflow"
)

const (
	paperColumns = "commitment_id, signatory_name, signatory_function, source, batch, entered_by, entered_at, " +
		"reason, withdrawn_by, withdrawn_at"
	scanColumns = "media_type, sha256, size, scanned_by, scanned_on, attached_by, attached_at"

	withdrawPaper = `UPDATE commitment SET status = 'withdrawn', status_on = $2, published_at = 0, edition = -edition
		WHERE id = $1 AND mode = 'paper' AND status <> 'withdrawn'`
)

var (
	selectPaper = "SELECT " + paperColumns + " FROM paper WHERE "
	selectScan  = "SELECT " + scanColumns + " FROM paper_scan WHERE commitment_id = $1"
	insertScan  = insert("paper_scan", "commitment_id, "+scanColumns+", content")
)

func scanPaper(r row) (p workflow.Paper, err error) {
	return p, r.Scan(&p.Commitment.ID, &p.Signatory.Name, &p.Signatory.Function, &p.Source, &p.Batch, &p.EnteredBy,
		(*instant)(&p.EnteredAt), &p.Reason, &p.WithdrawnBy, (*instant)(&p.WithdrawnAt))
}

func scanInto(s *workflow.PaperScan) []any {
	return []any{&s.MediaType, &s.SHA256, &s.Size, &s.ScannedBy, &s.ScannedOn, &s.AttachedBy, (*instant)(&s.AttachedAt)}
}

// Paper implements workflow.Reader.
func (r reader) Paper(ctx context.Context, id string) (workflow.Paper, error) {
	p, err := one(ctx, r.link, "paper.not-found", scanPaper, selectPaper+"commitment_id = $1", id)
	if err != nil {
		return workflow.Paper{}, err
	}
	if p.Commitment, err = one(ctx, r.link, "paper.not-found", scanCommitment, selectCommitment+"id = $1", id); err != nil {
		return workflow.Paper{}, err
	}
	scans, err := many(ctx, r.link, func(r row) (s workflow.PaperScan, err error) { return s, r.Scan(scanInto(&s)...) }, selectScan, id)
	if len(scans) > 0 {
		p.Scan = scans[0]
	}
	return p, err
}

// PaperScan implements workflow.Reader.
func (r reader) PaperScan(ctx context.Context, id string) (workflow.PaperScan, error) {
	query := "SELECT " + scanColumns + ", content FROM paper_scan WHERE commitment_id = $1"
	s, err := one(ctx, r.link, "paper.not-found", func(r row) (s workflow.PaperScan, err error) {
		return s, r.Scan(append(scanInto(&s), &s.Content)...)
	}, query, id)
	if err != nil {
		return workflow.PaperScan{}, err
	}
	if sum := sha256.Sum256(s.Content); hex.EncodeToString(sum[:]) != s.SHA256 {
		return workflow.PaperScan{}, &workflow.Error{Kind: workflow.Internal, Key: "scan.damaged"}
	}
	return s, nil
}

// AddPapers implements workflow.Tx.
func (t *tx) AddPapers(ctx context.Context, list []workflow.Paper) error {
	if len(list) == 0 {
		return nil
	}
	t.listed = true
	err := t.addMany(ctx, "commitment.exists", "commitment", listedColumns, argsOf(list, func(p workflow.Paper) []any {
		return commitmentArgs(p.Commitment)
	}))
	if err != nil {
		return err
	}
	return t.addMany(ctx, "commitment.exists", "paper", paperColumns, argsOf(list, func(p workflow.Paper) []any {
		return []any{p.Commitment.ID, p.Signatory.Name, p.Signatory.Function, p.Source, p.Batch, p.EnteredBy, ms(p.EnteredAt),
			p.Reason, p.WithdrawnBy, ms(p.WithdrawnAt)}
	}))
}

// AddPaperScan implements workflow.Tx.
func (t *tx) AddPaperScan(ctx context.Context, id string, s workflow.PaperScan) error {
	return t.add(ctx, workflow.KeyScanExists, insertScan, id, s.MediaType, s.SHA256, s.Size, s.ScannedBy, s.ScannedOn, s.AttachedBy,
		ms(s.AttachedAt), blob(s.Content))
}

// UnnumberedPapers implements workflow.Reader.
func (r reader) UnnumberedPapers(ctx context.Context) ([]string, error) {
	return many(ctx, r.link, value[string], "SELECT id FROM commitment WHERE mode = 'paper' AND number = '' ORDER BY id")
}

// NumberPaper implements workflow.Tx.
func (t *tx) NumberPaper(ctx context.Context, id, number string) error {
	t.shown = true
	return t.change(ctx, conflict("paper.numbered"), "UPDATE commitment SET number = $2 WHERE id = $1 AND mode = 'paper' AND number = ''", id, number)
}

// WithdrawPaper implements workflow.Tx. The line gets a new edition, by which
// every instance learns that it is out: see commitmentNumber.
func (t *tx) WithdrawPaper(ctx context.Context, p workflow.Paper, on string) error {
	t.listed = true
	err := t.change(ctx, conflict(workflow.KeyPaperWithdrawn), withdrawPaper, p.Commitment.ID, on)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, "UPDATE paper SET reason = $2, withdrawn_by = $3, withdrawn_at = $4 WHERE commitment_id = $1",
		p.Commitment.ID, p.Reason, p.WithdrawnBy, ms(p.WithdrawnAt))
	return err
}
