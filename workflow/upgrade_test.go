package workflow_test

import (
	"bytes"
	"context"
	"path"
	"testing"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// authority is an Upgrader that adds a line, or is down.
type authority struct{ down bool }

func (a *authority) improve(s workflow.Sealed, level string) (workflow.Sealed, error) {
	if a.down {
		return workflow.Sealed{}, &workflow.Error{Kind: workflow.Unavailable, Key: "error.unavailable"}
	}
	s.Growth = []byte(level + "\n%%EOF\n")
	s.PDF = append(s.PDF[:len(s.PDF):len(s.PDF)], s.Growth...)
	s.SHA256, s.Level = workflow.TextSHA256(string(s.PDF)), level
	return s, nil
}

// Timestamp implements workflow.Upgrader.
func (a *authority) Timestamp(_ context.Context, s workflow.Sealed) (workflow.Sealed, error) {
	return a.improve(s, "B-LT")
}

// Archive implements workflow.Upgrader.
func (a *authority) Archive(_ context.Context, s workflow.Sealed) (workflow.Sealed, error) {
	return a.improve(s, "B-LTA")
}

func TestSealsAreTimestampedWhenAnAuthorityAnswers(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		c := issued(t, w)
		_, err := w.ArchiveCertificate(ctx, workflow.Operator(), c.Number)
		wantKey(t, err, workflow.Conflict, "timestamp.none")
		tsa := &authority{down: true}
		w.Service.Upgrader = tsa
		if err := w.Tick(ctx); err == nil {
			t.Error("an authority that is down was not reported")
		}
		level := func() string {
			v, err := w.VerifyNumber(ctx, c.Number, workflowtest.Visit)
			if err != nil {
				t.Fatal(err)
			}
			return v.Record.Level
		}
		if got := level(); got != "B-B" {
			t.Errorf("an invented level: %s", got)
		}
		tsa.down = false
		for range 2 {
			if err := w.Tick(ctx); err != nil {
				t.Fatal(err)
			}
			if got := level(); got != "B-LT" {
				t.Errorf("level %s", got)
			}
		}
		archived, err := w.ArchiveCertificate(ctx, workflow.Operator(), c.Number)
		if err != nil || archived.Revision != 2 || archived.Level != "B-LTA" {
			t.Errorf("archived %+v, %v", archived.Level, err)
		}
		for _, file := range [][]byte{c.PDF, archived.PDF} {
			if v, err := w.VerifyFile(ctx, file); err != nil || v.Verdict != workflow.VerdictGenuine {
				t.Errorf("%s, %v", v.Verdict, err)
			}
		}
		report, err := w.VerifyJournal(ctx, nil, true)
		if err != nil || report.Certificates != 3 {
			t.Errorf("%+v, %v", report, err)
		}
	})
}

// An altered copy of any revision is offered that very revision, whatever proofs
// the certificate has grown since.
func TestOriginalInsideIsOfItsRevision(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		c := issued(t, w)
		w.Service.Upgrader = &authority{}
		if err := w.Tick(ctx); err != nil {
			t.Fatal(err)
		}
		later, err := w.CertificateByNumber(ctx, workflow.Operator(), c.Number)
		if err != nil || later.Revision != 1 {
			t.Fatalf("revision %d, %v", later.Revision, err)
		}
		for _, original := range [][]byte{c.PDF, later.PDF} {
			found, err := w.VerifyUpload(ctx, append(original[:len(original):len(original)], "more"...), workflowtest.Visit)
			if err != nil || found.Added != len("more") {
				t.Fatalf("%+v, %v", found, err)
			}
			mailed, err := w.MailedCertificate(ctx, path.Base(found.Original), workflowtest.Visit)
			if err != nil || !bytes.Equal(mailed.Certificate.PDF, original) {
				t.Errorf("%d bytes offered, want %d: %v", len(mailed.Certificate.PDF), len(original), err)
			}
		}
	})
}
