package workflow_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// vault is a world whose stored files an intruder can reach.
type vault struct {
	*workflowtest.World
	db *sql.DB

	mu     sync.Mutex
	alarms []string
}

// onBothVaults runs a test on each kind of database, with a way past the port.
func onBothVaults(t *testing.T, test func(*testing.T, *vault)) {
	for name, dsn := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := dsn(t)
			v := &vault{World: workflowtest.New(t, openStore(t, address))}
			v.Service.Alarm = func(kind, _ string, _ error) {
				v.mu.Lock()
				defer v.mu.Unlock()
				v.alarms = append(v.alarms, kind)
			}
			driver := "pgx"
			if path, isFile := strings.CutPrefix(address, "sqlite:"); isFile {
				driver, address = "sqlite", path
			}
			db, err := sql.Open(driver, address)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { db.Close() })
			v.db = db
			test(t, v)
		})
	}
}

func (v *vault) exec(t *testing.T, statement string, args ...any) {
	t.Helper()
	if _, err := v.db.ExecContext(t.Context(), statement, args...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// damages are what may become of a stored file.
var damages = map[string]func(file, other []byte) []byte{
	"flipped":   func(file, _ []byte) []byte { f := bytes.Clone(file); f[len(f)/2] ^= 1; return f },
	"truncated": func(file, _ []byte) []byte { return file[:len(file)/2] },
	"empty":     func(_, _ []byte) []byte { return []byte{} },
	"swapped":   func(_, other []byte) []byte { return other },
}

// A damaged file is never served: it is made anew first, wherever it is asked
// for, with an alarm and an entry of the journal.
func TestDamagedFilesAreMadeAnew(t *testing.T) {
	onBothVaults(t, func(t *testing.T, v *vault) {
		c := issued(t, v.World)
		for name, damage := range damages {
			v.exec(t, "UPDATE certificate SET pdf = $1 WHERE number = $2", damage(c.PDF, []byte("%PDF-1.7 another")), c.Number)
			again, err := v.CertificateByNumber(t.Context(), workflow.Operator(), c.Number)
			if err != nil || !bytes.Equal(again.PDF, c.PDF) {
				t.Errorf("%s: %v", name, err)
			}
			if found, err := v.VerifyFile(t.Context(), c.PDF); err != nil || found.Verdict != workflow.VerdictGenuine {
				t.Errorf("%s: %+v, %v", name, found, err)
			}
		}
		if len(v.alarms) != len(damages) || slices.ContainsFunc(v.alarms, func(a string) bool { return a != "certificate.restored" }) {
			t.Errorf("alarms %v", v.alarms)
		}
		verifySound(t, v.World)
	})
}

// A later revision is made anew from the one before, and both when both are
// damaged.
func TestDamagedRevisionsAreMadeAnew(t *testing.T) {
	onBothVaults(t, func(t *testing.T, v *vault) {
		c := issued(t, v.World)
		v.Service.Upgrader = &authority{}
		if err := v.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		stamped, err := v.CertificateByNumber(t.Context(), workflow.Operator(), c.Number)
		if err != nil || stamped.Revision != 1 {
			t.Fatalf("revision %d, %v", stamped.Revision, err)
		}
		v.exec(t, "UPDATE certificate SET pdf = $1", []byte("%PDF-1.7"))
		again, err := v.CertificateByNumber(t.Context(), workflow.Operator(), c.Number)
		if err != nil || !bytes.Equal(again.PDF, stamped.PDF) {
			t.Errorf("%v", err)
		}
		report, err := v.Scrub(t.Context())
		if err != nil || report.Files != 2 || len(report.Damaged) > 0 {
			t.Errorf("%+v, %v", report, err)
		}
	})
}

// otherPages is a sealer of a later release, which draws pages otherwise.
type otherPages struct{ workflowtest.Sealer }

// Remake implements workflow.Sealer.
func (otherPages) Remake(context.Context, workflow.CertificateContent, []byte, workflow.Sealed) ([]byte, error) {
	return nil, errors.New("drawn otherwise today")
}

// What cannot be made anew is refused and told of, until a kept copy is put
// back; no other file is taken.
func TestDamagedFileIsRefusedUntilItsCopyIsBack(t *testing.T) {
	onBothVaults(t, func(t *testing.T, v *vault) {
		ctx := t.Context()
		c := issued(t, v.World)
		v.Service.Sealer = otherPages{}
		v.exec(t, "UPDATE certificate SET pdf = $1", []byte("%PDF-1.7"))
		for range 2 {
			served, err := v.CertificateByNumber(ctx, workflow.Operator(), c.Number)
			wantKey(t, err, workflow.Internal, workflow.KeyDamaged)
			if len(served.PDF) > 0 {
				t.Error("a damaged file was served")
			}
		}
		if twin, err := v.VerifyNumber(ctx, c.Number, workflowtest.Visit); err != nil || twin.Record.Content.Number != c.Number {
			t.Errorf("the page of the number needs the file: %v", err)
		}
		report, err := v.Scrub(ctx)
		if err != nil || !slices.Equal(report.Damaged, []string{c.Number}) {
			t.Errorf("%+v, %v", report, err)
		}
		noted, err := v.Service.Store.JournalOf(ctx, "certificate:"+c.Number)
		if err != nil || len(noted) != 1 || noted[0].Type != workflow.KeyDamaged {
			t.Errorf("journal %+v, %v", noted, err)
		}
		_, err = v.RestoreCertificate(ctx, workflow.Operator(), append(bytes.Clone(c.PDF), 'x'))
		wantKey(t, err, workflow.NotFound, "certificate.not-issued")
		if number, err := v.RestoreCertificate(ctx, workflow.Operator(), c.PDF); err != nil || number != c.Number {
			t.Errorf("%s, %v", number, err)
		}
		wantServed(t, v, c)
	})
}

func wantServed(t *testing.T, v *vault, c workflow.Certificate) {
	t.Helper()
	again, err := v.CertificateByNumber(t.Context(), workflow.Operator(), c.Number)
	if err != nil || !bytes.Equal(again.PDF, c.PDF) || again.Level != c.Level || again.UnsealedSHA256 != c.UnsealedSHA256 ||
		!again.SealedAt.Equal(c.SealedAt) || again.SignatureID != c.SignatureID {
		t.Errorf("%+v, %v", again.Sealed.SHA256, err)
	}
	if _, err := v.VerifyJournal(t.Context(), nil, true); err != nil {
		t.Error(err)
	}
}

// A file that is gone is found by the journal, and comes back whole.
func TestMissingFileIsFoundAndPutBack(t *testing.T) {
	onBothVaults(t, func(t *testing.T, v *vault) {
		c := issued(t, v.World)
		for _, drop := range []string{"DROP TRIGGER certificate_no_delete", "DROP TRIGGER certificate_written_once ON certificate"} {
			v.db.ExecContext(t.Context(), drop) // one of them is there
		}
		v.exec(t, "DELETE FROM certificate")
		report, err := v.Scrub(t.Context())
		if err != nil || !slices.Equal(report.Damaged, []string{c.Number}) || !slices.Contains(v.alarms, workflow.KeyDamaged) {
			t.Errorf("%+v, %v, alarms %v", report, err, v.alarms)
		}
		if _, err := v.RestoreCertificate(t.Context(), workflow.Operator(), c.PDF); err != nil {
			t.Fatal(err)
		}
		wantServed(t, v, c)
	})
}

// All files are read twice a day, by one instance.
func TestScrubTwiceADay(t *testing.T) {
	onBothVaults(t, func(t *testing.T, v *vault) {
		issued(t, v.World)
		for _, want := range []int{1, 0} {
			if report, err := v.Scrub(t.Context()); err != nil || report.Files != want {
				t.Errorf("%+v, %v, want %d", report, err, want)
			}
		}
		v.Clock.Move(12 * time.Hour)
		if report, err := v.Scrub(t.Context()); err != nil || report.Files != 1 {
			t.Errorf("%+v, %v", report, err)
		}
	})
}

func TestOnlyTheOperatorPutsFilesBack(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		c := issued(t, w)
		_, err := w.RestoreCertificate(t.Context(), workflow.Actor{}, c.PDF)
		if workflow.KindOf(err) != workflow.Unauthenticated {
			t.Errorf("%v", err)
		}
	})
}
