package workflow_test

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"

	"jachete/workflow"
	"jachete/workflow/journal"
	"jachete/workflow/workflowtest"
)

// nextKey makes a key for checkpoints.
func nextKey(t *testing.T) (secret, public string) {
	t.Helper()
	secret, public, err := journal.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return secret, public
}

// latest is the newest checkpoint's note, with an entry made before it.
func latest(t *testing.T, w *workflowtest.World, organisation string) (note string, keys []string) {
	t.Helper()
	r := workflowtest.Request()
	r.Organisation = organisation
	w.Invite(t, r)
	if err := w.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	c, keys, err := w.LatestCheckpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return c.Note, keys
}

func TestCheckpointsPassFromKeyToKey(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		before, keys := latest(t, w, "Ville de Rivière-Exemple")
		old := keys[0]
		secret, next := nextKey(t)
		if err := w.HandOverCheckpoints(t.Context(), workflow.Operator(), secret); err != nil {
			t.Fatal(err)
		}
		c, _, err := w.LatestCheckpoint(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{old, next} {
			if s, err := journal.Open(c.Note, key); err != nil || s.Size != c.Size {
				t.Errorf("the checkpoint of the passage: %v", err)
			}
		}
		entries, err := w.Store.JournalOf(t.Context(), "journal")
		if err != nil || len(entries) != 1 || !strings.Contains(entries[0].Body, old) || !strings.Contains(entries[0].Body, next) {
			t.Errorf("the entry names them not: %+v, %v", entries, err)
		}
		w.Service.Keys.Checkpoint, w.Service.Keys.FormerCheckpoints = secret, []string{old}
		after, keys := latest(t, w, "Cégep de la Maquette")
		if len(keys) != 2 || keys[0] != next || keys[1] != old {
			t.Errorf("published: %v", keys)
		}
		if _, err := journal.Open(after, next); err != nil {
			t.Error(err)
		}
		if _, err := journal.Open(after, old); err == nil {
			t.Error("the former key still signs")
		}
		verified(t, w, before, c.Note, after)
		w.Service.Keys.FormerCheckpoints = nil
		if _, err := w.VerifyJournal(t.Context(), nil, false); workflow.IsFault(err) == nil || workflow.IsFault(err).Kind != journal.FaultCheckpoint {
			t.Errorf("without the former key: %v", err)
		}
	})
}

// verified holds the journal to what is stored and to the notes kept elsewhere.
func verified(t *testing.T, w *workflowtest.World, kept ...string) {
	t.Helper()
	report, err := w.VerifyJournal(t.Context(), kept, false)
	if err != nil || report.Checkpoints != 2*len(kept) {
		t.Errorf("%+v, %v", report, err)
	}
}

// overtaken has another instance make its checkpoint just before ours.
type overtaken struct {
	workflow.Store
	updates int
	other   func()
}

func (o *overtaken) Update(ctx context.Context, f func(workflow.Tx) error) error {
	if o.updates++; o.updates == 2 {
		o.other()
	}
	return o.Store.Update(ctx, f)
}

func TestThePassageOutlastsAnotherInstance(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		snap(t, w) // the other one's tick finds nothing to journal
		other := *w.Service
		w.Service.Store = &overtaken{Store: w.Store, other: func() {
			if err := other.Tick(t.Context()); err != nil {
				t.Error(err)
			}
		}}
		secret, next := nextKey(t)
		if err := w.HandOverCheckpoints(t.Context(), workflow.Operator(), secret); err != nil {
			t.Fatal(err)
		}
		list, err := other.Store.Checkpoints(t.Context())
		if err != nil || len(list) != 3 {
			t.Fatalf("%d checkpoints, %v", len(list), err)
		}
		if _, err := journal.Open(list[2].Note, next); err != nil {
			t.Error(err)
		}
	})
}

func TestOnlyWhoManagesPassesOn(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		secret, _ := nextKey(t)
		agent := workflow.StaffActor(workflow.Staff{ID: "x", Role: workflow.RoleAgent, Poles: []string{"estrie"}})
		if err := w.HandOverCheckpoints(t.Context(), agent, secret); !workflow.IsKind(err, workflow.Forbidden) {
			t.Errorf("an agent: %v", err)
		}
		if err := w.HandOverCheckpoints(t.Context(), workflow.Operator(), "PRIVATE+KEY+x"); err == nil {
			t.Error("no key at all was taken")
		}
		if entries, err := w.Store.JournalOf(t.Context(), "journal"); err != nil || len(entries) != 0 {
			t.Errorf("a refusal left %d entries, %v", len(entries), err)
		}
	})
}
