package store

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"jachete/workflow"
)

const batchRowColumns = "batch_id, line, verdict, reasons, cells, outcome, invitation_id"

func scanBatchRow(r row) (b workflow.BatchRow, err error) {
	return b, r.Scan(&b.Line, &b.Verdict, fromJSON{&b.Reasons}, fromJSON{&b.Cells}, &b.Outcome, &b.InvitationID)
}

// limited is a LIMIT; 0 asks for none.
func limited(limit int) int64 {
	if limit <= 0 {
		return math.MaxInt64
	}
	return int64(limit)
}

// BatchRows implements workflow.Reader.
func (r reader) BatchRows(ctx context.Context, f workflow.BatchRowFilter) ([]workflow.BatchRow, error) {
	w := new(where)
	w.and("batch_id = " + w.arg(f.Batch))
	if f.Waiting {
		w.and("verdict = 'good' AND outcome = ''") // the words of an index
	}
	if f.Good {
		w.and("verdict = 'good' AND outcome IN ('', 'good')")
	}
	if f.Refused {
		w.and("(verdict <> 'good' OR outcome NOT IN ('', 'good'))")
	}
	query := fmt.Sprintf("SELECT line, verdict, reasons, cells, outcome, invitation_id FROM batch_row WHERE %s ORDER BY line LIMIT %s OFFSET %s",
		w, w.arg(limited(f.Limit)), w.arg(max(f.Offset, 0)))
	return many(ctx, r.link, scanBatchRow, query, w.args...)
}

// AddBatchRows implements workflow.Tx.
func (t *tx) AddBatchRows(ctx context.Context, batchID string, rows []workflow.BatchRow) error {
	return t.addMany(ctx, "batch.exists", "batch_row", batchRowColumns, argsOf(rows, func(b workflow.BatchRow) []any {
		return []any{batchID, b.Line, b.Verdict, asJSON(b.Reasons), asJSON(b.Cells), b.Outcome, b.InvitationID}
	}))
}

// settleRows writes what became of lines.
func (t *tx) settleRows(ctx context.Context, batchID string, rows []workflow.BatchRow) error {
	for some := range slices.Chunk(rows, t.dialect.rowsOf(4)) {
		args, values := []any{batchID}, make([]string, len(some))
		for i, b := range some {
			// Values of a list have no type of their own: a number says what it is.
			values[i] = fmt.Sprintf("(CAST($%d AS BIGINT), $%d, $%d, $%d)", len(args)+1, len(args)+2, len(args)+3, len(args)+4)
			args = append(args, b.Line, b.Outcome, b.InvitationID, asJSON(b.Reasons))
		}
		_, err := t.exec(ctx, `UPDATE batch_row SET outcome = v.column2, invitation_id = v.column3, reasons = v.column4
			FROM (VALUES `+strings.Join(values, ", ")+`) AS v WHERE batch_id = $1 AND line = v.column1`, args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// DropBatchRows implements workflow.Tx.
func (t *tx) DropBatchRows(ctx context.Context, batchID string) error {
	_, err := t.exec(ctx, "DELETE FROM batch_row WHERE batch_id = $1", batchID)
	return err
}

// purgeBatches forgets people whom nobody invited from a file, and the lines of
// files that were dealt with long ago.
func (t *tx) purgeBatches(ctx context.Context, now time.Time) error {
	old, over := ms(now.Add(-workflow.PreviewLife)), ms(now.Add(-workflow.BatchRowsLife))
	_, err := t.exec(ctx, `DELETE FROM batch_row WHERE batch_id IN (SELECT id FROM batch
		WHERE state = 'preview' AND created_at <= $1 OR finished_at BETWEEN 1 AND $2)`, old, over)
	if err == nil {
		_, err = t.exec(ctx, "DELETE FROM batch WHERE state = 'preview' AND created_at <= $1", old)
	}
	return err
}
