package store

import (
	"testing"

	"jachete/workflow"
)

// What proves a snapshot stays as it is, whoever has the database's password.
func TestSnapshotsAreWrittenOnce(t *testing.T) {
	both(t, func(t *testing.T, dsn string) {
		s := openMigrated(t, dsn)
		err := s.Update(t.Context(), func(tx workflow.Tx) error {
			return tx.AddDailySnapshot(t.Context(), workflow.DailySnapshot{Day: "2026-11-22"}, []byte("x"))
		})
		if err != nil {
			t.Fatal(err)
		}
		mustExec(t, s, "INSERT INTO daily_snapshot (day, taken_at, line_count, size, sha256, signature) VALUES ('2026-11-23', 1, 1, 1, '', '')")
		for _, statement := range []string{"DELETE FROM daily_snapshot WHERE day = '2026-11-23'", "UPDATE daily_snapshot SET sha256 = 'x'",
			"UPDATE daily_snapshot_content SET content = ''"} {
			wantRaise(t, s, statement)
		}
		mustExec(t, s, "DELETE FROM daily_snapshot_content")
	})
}
