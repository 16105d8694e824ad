package workflow_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/journal"
	"jachete/workflow/workflowtest"
)

// snap lets the schedule do its work now.
func snap(t *testing.T, w *workflowtest.World) {
	t.Helper()
	if err := w.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// shotOf is the snapshot of a day with its content, which has its hash and the
// signature of it.
func shotOf(t *testing.T, w *workflowtest.World, day string) (workflow.DailySnapshot, string) {
	t.Helper()
	shot, packed, err := w.DailySnapshotContent(t.Context(), day)
	if err != nil {
		t.Fatal(err)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(text)
	if hex.EncodeToString(sum[:]) != shot.SHA256 || !bytes.Equal(shot.Signature, sum[:]) || shot.Size != len(text) {
		t.Errorf("%+v is not of its content", shot)
	}
	return shot, string(text)
}

// taken are the journal's entries about snapshots.
func taken(t *testing.T, w *workflowtest.World) (list []journal.Entry) {
	t.Helper()
	all, err := w.Store.JournalEntries(t.Context(), 1, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if e.Type == "snapshot.taken" {
			list = append(list, e)
		}
	}
	return list
}

func TestOneSnapshotADay(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		committed(t, w)
		snap(t, w)
		first, text := shotOf(t, w, "2026-11-22")
		w.Clock.Move(time.Minute)
		snap(t, w)
		if again, _ := shotOf(t, w, "2026-11-22"); !again.TakenAt.Equal(first.TakenAt) {
			t.Error("the snapshot of the day was taken again")
		}
		moveTo(t, w, "2026-11-23 00:01") // 05:01 UTC
		snap(t, w)
		if list, err := w.DailySnapshots(t.Context()); err != nil || len(list) != 2 || list[0].Day != "2026-11-23" {
			t.Errorf("%+v %v", list, err)
		}
		entries := taken(t, w)
		if len(entries) != 2 {
			t.Fatalf("%d events", len(entries))
		}
		if d := entries[0].Data(); d["date"] != "2026-11-22" || d["sha256"] != first.SHA256 || d["lines"] != "1" {
			t.Errorf("%v", d)
		}
		if point, err := w.Store.LastCheckpoint(t.Context()); err != nil || point.Size < entries[1].Seq {
			t.Errorf("the checkpoint does not cover it: %v %v", point, err)
		}
		wantCanonical(t, text)
		moveTo(t, w, "2028-01-05 12:00")
		snap(t, w)
		_, _, err := w.DailySnapshotContent(t.Context(), "2026-11-22")
		wantKey(t, err, workflow.Gone, "snapshot.gone")
		if kept, err := w.DailySnapshot(t.Context(), "2026-11-22"); err != nil || kept.SHA256 != first.SHA256 || !bytes.Equal(kept.Signature, first.Signature) {
			t.Errorf("%+v %v", kept, err)
		}
		for _, day := range []string{"2026-11-21", "", "2026-11-22'", "../x"} {
			_, err := w.DailySnapshot(t.Context(), day)
			wantKey(t, err, workflow.NotFound, "snapshot.not-found")
		}
	})
}

// wantCanonical: the whole is JSON, and each line of it as RFC 8785 writes it.
func wantCanonical(t *testing.T, text string) {
	t.Helper()
	var whole map[string]any
	if err := json.Unmarshal([]byte(text), &whole); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	lines := strings.Split(text, "\n")
	if total, _ := whole["total"].(float64); len(lines) != int(total)+3 || total == 0 {
		t.Errorf("%d lines for %v", len(lines), whole["total"])
	}
	for _, line := range lines[1 : len(lines)-2] {
		line = strings.TrimSuffix(line, ",")
		var v map[string]any
		if err := json.Unmarshal([]byte(line), &v); err != nil || journal.Canonical(v) != line {
			t.Errorf("%v: not canonical: %s", err, line)
		}
	}
}

// Instances that tick together, all of which found no snapshot, take one and
// journal it once.
func TestInstancesTakeOneSnapshot(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		const instances = 3
		committed(t, w)
		var signing, ticking sync.WaitGroup
		signing.Add(instances)
		for range instances {
			other := workflowtest.New(t, w.Store)
			sign := other.Signer
			other.Signer = func(ctx context.Context, content []byte, at time.Time) ([]byte, error) {
				signing.Done()
				signing.Wait()
				return sign(ctx, content, at)
			}
			ticking.Go(func() {
				if err := other.Tick(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		ticking.Wait()
		if n := len(taken(t, w)); n != 1 {
			t.Errorf("%d snapshots in the journal", n)
		}
		shotOf(t, w, "2026-11-22")
		verifySound(t, w)
	})
}

// A seal that is away for a while costs no snapshot: it is taken later that day.
func TestSnapshotWaitsForTheSeal(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		sign := w.Signer
		w.Signer = func(context.Context, []byte, time.Time) ([]byte, error) { return nil, errors.New("no token") }
		if err := w.Tick(t.Context()); err == nil {
			t.Error("the fault is not told")
		}
		if _, err := w.Store.LastCheckpoint(t.Context()); err != nil {
			t.Errorf("the rest of the schedule was not kept: %v", err)
		}
		w.Signer = sign
		snap(t, w)
		if shot, _ := shotOf(t, w, "2026-11-22"); shot.Lines != 0 {
			t.Errorf("%+v", shot)
		}
	})
}

func TestSnapshotHoldsWhatIsPublicThen(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, number, _ := embargoed(t, w)
		snap(t, w)
		if shot, text := shotOf(t, w, "2026-11-22"); shot.Lines != 0 || strings.Contains(text, number) || strings.Contains(text, "Rivière-Exemple") {
			t.Errorf("a commitment under embargo is in the snapshot: %s", text)
		}
		w.Clock.Move(24 * time.Hour)
		snap(t, w)
		if shot, text := shotOf(t, w, "2026-11-23"); shot.Lines != 1 || !strings.Contains(text, number) {
			t.Errorf("after: %s", text)
		}
	})
}

// Who chose to be named, and to have a word published, can take that back; a
// file that others keep cannot.
func TestSnapshotNamesNobody(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, token := w.Invite(t, workflowtest.Request())
		secret, form := w.Ready(t, token)
		form.Publish.Signatory = true
		form.Joined.PublishQuote, form.Joined.Quote = true, "Acheter ici, c’est bâtir."
		if _, err := w.Sign(t.Context(), secret, form, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		snap(t, w)
		list, err := w.OrganisationCommitments(t.Context(), "ville-de-riviere-exemple")
		if err != nil || list[0].PublicName != "Camille Exemple" || list[0].PublicQuote == "" {
			t.Fatalf("nothing was published: %+v %v", list, err)
		}
		_, text := shotOf(t, w, "2026-11-22")
		for _, personal := range []string{"Camille", "Greffière", "example.org", "bâtir", "192.0.2.7"} {
			if strings.Contains(text, personal) {
				t.Errorf("the snapshot says %s: %s", personal, text)
			}
		}
	})
}

func TestLatestSignatories(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, number, _ := embargoed(t, w)
		w.Clock.Move(time.Hour)
		_, other := committed(t, w, func(r *workflow.InviteRequest) {
			r.Organisation, r.Kind = "Coopérative Gabarit", workflow.KindCooperative
		})
		latest := func() (numbers []string) {
			list, err := w.LatestSignatories(t.Context(), workflow.RegisterFilter{}, 50)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range list {
				numbers = append(numbers, c.Number)
			}
			return numbers
		}
		if got := latest(); !slices.Equal(got, []string{other}) {
			t.Errorf("under embargo: %v", got)
		}
		w.Clock.Move(24 * time.Hour)
		if got := latest(); !slices.Equal(got, []string{number, other}) {
			t.Errorf("by the moment of publication: %v", got)
		}
	})
}

func TestChangedAt(t *testing.T) {
	appeared := dayAt(t, "2026-11-22 10:00")
	c := workflow.Commitment{Mode: workflow.ModeElectronic, Status: workflow.CommitmentActive, SignedOn: "2026-11-22", PublishedAt: appeared}
	for name, want := range map[string]struct {
		change func(*workflow.Commitment)
		at     time.Time
	}{
		"new":                  {func(*workflow.Commitment) {}, appeared},
		"withdrawn later":      {func(c *workflow.Commitment) { c.Status, c.StatusOn = workflow.CommitmentWithdrawn, "2027-03-01" }, dayAt(t, "2027-03-01 00:00")},
		"withdrawn that day":   {func(c *workflow.Commitment) { c.Status, c.StatusOn = workflow.CommitmentWithdrawn, "2026-11-22" }, appeared},
		"without news of late": {func(c *workflow.Commitment) { c.Status = workflow.CommitmentLapsed }, dayAt(t, "2028-05-22 00:00")},
	} {
		changed := c
		want.change(&changed)
		if got := changed.ChangedAt(); !got.Equal(want.at) {
			t.Errorf("%s: %s, want %s", name, got, want.at)
		}
	}
}
