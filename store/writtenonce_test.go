package store

import (
	"strings"
	"testing"

	"jachete/store/storetest"
	"jachete/workflow"
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

// The extract that a signature names stays; others may go.
func TestExtractOfASignatureIsWrittenOnce(t *testing.T) {
	both(t, func(t *testing.T, dsn string) {
		s := openMigrated(t, dsn)
		storetest.Prepare(t, s, 1)
		if won := storetest.SignAll(t, s, 1, 1, ""); won != 1 {
			t.Fatal("no signature")
		}
		signed := storetest.Signature("", "").Resolution.ExtractSHA256
		for _, sha256 := range []string{signed, "other"} {
			mustExec(t, s, "INSERT INTO resolution_extract (invitation_id, sha256, name, size, uploaded_at, content) VALUES ('inv-0', '"+sha256+"', 'a.pdf', 1, 1, 'x')")
		}
		wantRaise(t, s, "DELETE FROM resolution_extract")
		wantRaise(t, s, "UPDATE resolution_extract SET content = 'y'")
		if s.dialect.name == "postgres" {
			wantRaise(t, s, "TRUNCATE resolution_extract")
		}
		err := s.Update(t.Context(), func(tx workflow.Tx) error { return tx.DropExtracts(t.Context(), "inv-0", signed) })
		if list, readErr := s.Extracts(t.Context(), "inv-0"); err != nil || readErr != nil || len(list) != 1 || list[0].SHA256 != signed {
			t.Errorf("%v %v %v", list, err, readErr)
		}
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
