package store

import (
	"strings"
	"testing"

	"jachete/store/storetest"
)

// TestWrittenOnce goes past the port with plain SQL, as somebody with the
// database's password would.
func TestWrittenOnce(t *testing.T) {
	both(t, func(t *testing.T, dsn string) {
		s := openMigrated(t, dsn)
		storetest.Prepare(t, s, 1)
		if won := storetest.SignAll(t, s, 1, 1, ""); won != 1 {
			t.Fatal("no signature to tamper with")
		}
		mustExec(t, s, "INSERT INTO checkpoint (size, at, note, peaks) VALUES (1, 1, 'note', '')")
		for _, table := range []string{"journal", "signature", "certificate", "declaration", "checkpoint"} {
			wantRaise(t, s, "DELETE FROM "+table)
		}
		for _, statement := range []string{
			"UPDATE journal SET at = 0", "UPDATE signature SET signed_at = 0", "UPDATE certificate SET level = 'B-T'",
			"UPDATE declaration SET text_fr = ''", "UPDATE checkpoint SET note = ''", "UPDATE journal_opening SET value = ''",
		} {
			wantRaise(t, s, statement)
		}
		if s.dialect.name == "postgres" {
			wantRaise(t, s, "TRUNCATE journal CASCADE")
		}
		mustExec(t, s, "DELETE FROM journal_opening") // the law may ask for it
		storetest.WantSigned(t, s, 1)
	})
}

func mustExec(tb testing.TB, s *Store, statement string) {
	tb.Helper()
	if _, err := s.write.ExecContext(tb.Context(), statement); err != nil {
		tb.Fatalf("%s: %v", statement, err)
	}
}

func wantRaise(t *testing.T, s *Store, statement string) {
	t.Helper()
	if _, err := s.write.ExecContext(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "is written once") {
		t.Errorf("%s: %v, want it raised", statement, err)
	}
}
