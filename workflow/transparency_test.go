package workflow_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/journal"
	"jachete/workflow/workflowtest"
)

// signedNumber signs an invitation and gives its number.
func signedNumber(t *testing.T, w *workflowtest.World, r workflow.InviteRequest) string {
	t.Helper()
	_, token := w.Invite(t, r)
	secret, form := w.Ready(t, token)
	number, err := w.Sign(t.Context(), secret, form, workflowtest.Visit)
	if err != nil {
		t.Fatal(err)
	}
	return number
}

// fileOf is a proof as it is published.
func fileOf(i workflow.Inclusion) journal.InclusionFile {
	return journal.InclusionFile{Number: i.Number, Checkpoint: i.Latest.Note, Path: i.Proof.Hex(),
		Entry: journal.EntryFile{Seq: i.Entry.Seq, Body: i.Entry.Body, Prev: i.Entry.Prev, RecordPrev: i.Entry.RecordPrev, Hash: i.Entry.Hash}}
}

// The proof of a number holds, and no longer does once anything of it is another.
func TestNumbersAreProvedToBeInTheJournal(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		number, paper := signedNumber(t, w, workflowtest.Request()), enterPaper(t, w).Commitment.Number
		visit := workflow.Visit{IP: "192.0.2.7"}
		if _, err := w.JournalInclusion(t.Context(), number, visit); workflow.KeyOf(err) != "journal.soon" {
			t.Errorf("before a checkpoint: %v", err)
		}
		if err := w.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		_, keys, err := w.LatestCheckpoint(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range []string{number, paper, strings.ToLower(number)} {
			found, err := w.JournalInclusion(t.Context(), n, visit)
			if err != nil {
				t.Fatalf("%s: %v", n, err)
			}
			file := fileOf(found)
			if at, err := file.Check(keys...); err != nil || at.Size != found.Latest.Size {
				t.Errorf("%s: %v", n, err)
			}
			for name, forge := range map[string]func(*journal.InclusionFile){
				"another number": func(f *journal.InclusionFile) { f.Number = "ESJ-2026-0000-0000" },
				"another body": func(f *journal.InclusionFile) {
					f.Entry.Body = strings.Replace(f.Entry.Body, `"at":"2026`, `"at":"2013`, 1)
				},
				"another place":        func(f *journal.InclusionFile) { f.Entry.Seq-- },
				"another past":         func(f *journal.InclusionFile) { f.Entry.Prev = strings.Repeat("0", 64) },
				"a shorter path":       func(f *journal.InclusionFile) { f.Path = f.Path[1:] },
				"an edited checkpoint": func(f *journal.InclusionFile) { f.Checkpoint = strings.Replace(f.Checkpoint, "\n", "\n1", 1) },
			} {
				forged := file
				forge(&forged)
				if _, err := forged.Check(keys...); err == nil {
					t.Errorf("%s: %s is accepted", n, name)
				}
			}
			if text, err := json.Marshal(file); err != nil || strings.Contains(string(text), "192.0.2.7") || strings.Contains(string(text), "Camille") || strings.Contains(string(text), "@") {
				t.Errorf("the proof names somebody: %s %v", text, err)
			}
		}
		if _, err := w.JournalInclusion(t.Context(), "ESJ-2026-0000-0000", visit); !workflow.IsKind(err, workflow.NotFound) {
			t.Error(err)
		}
	})
}

// What is under embargo is answered as what does not exist.
func TestNoProofUnderEmbargo(t *testing.T) {
	w := sqliteWorld(t)
	c, err := w.AddCampaign(t.Context(), workflow.Operator(), "estrie", workflow.CampaignRequest{Name: "Fête", Embargo: workflow.LocalTimeOf(w.Clock.Now().Add(time.Hour))})
	if err != nil {
		t.Fatal(err)
	}
	r := workflowtest.Request()
	r.Pole, r.Campaign = "estrie", c.Slug
	number := signedNumber(t, w, r)
	if err := w.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, during := w.JournalInclusion(t.Context(), number, workflow.Visit{IP: "192.0.2.7"})
	_, unknown := w.JournalInclusion(t.Context(), "ESJ-2026-0000-0000", workflow.Visit{IP: "192.0.2.7"})
	if during == nil || unknown == nil || during.Error() != unknown.Error() || workflow.KeyOf(during) != "certificate.not-found" {
		t.Errorf("%v, unknown: %v", during, unknown)
	}
	w.Clock.Move(2 * time.Hour)
	if err := w.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := w.JournalInclusion(t.Context(), number, workflow.Visit{IP: "192.0.2.7"}); err != nil {
		t.Error(err)
	}
}

// Every older checkpoint is continued by the latest one.
func TestJournalGrowsFromEveryCheckpoint(t *testing.T) {
	w := sqliteWorld(t)
	for range 3 {
		enterPaper(t, w, func(r *workflow.PaperRequest) { r.Organisation += " " + w.Clock.Now().Format("150405") })
		w.Clock.Move(2 * time.Minute)
		if err := w.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	latest, keys, err := w.LatestCheckpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	now, err := journal.Open(latest.Note, keys...)
	if err != nil {
		t.Fatal(err)
	}
	list, err := w.Store.Checkpoints(t.Context())
	if err != nil || len(list) < 3 {
		t.Fatal(len(list), err)
	}
	for _, c := range list {
		old, err := journal.Open(c.Note, keys...)
		if err != nil {
			t.Fatal(err)
		}
		g, err := w.JournalGrowth(t.Context(), c.Size)
		if err != nil || journal.CheckGrowth(old, now, g.Proof) != nil {
			t.Errorf("%d: %v", c.Size, err)
		}
	}
	for _, size := range []int64{0, -1, latest.Size + 1} {
		if _, err := w.JournalGrowth(t.Context(), size); !workflow.IsKind(err, workflow.NotFound) {
			t.Errorf("%d: %v", size, err)
		}
	}
}
