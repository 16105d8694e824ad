package main

import (
	"bytes"
	"testing"

	"jachete/workflow"
	"jachete/workflow/journal"
	"jachete/workflow/workflowtest"
)

// The evidence of a signature names the key that signed its checkpoint, also
// after the journal has passed on to another.
func TestEvidenceUsesTheKeyOfItsCheckpoint(t *testing.T) {
	s := liveAndSign(t, sqliteIn(t))
	secret, err := newCheckpointKey()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.HandOverCheckpoints(t.Context(), workflow.Operator(), secret); err != nil {
		t.Fatal(err)
	}
	before := s.evidence(t) // the checkpoint of the passage, with both signatures
	old, err := journal.PublicKey(s.Service.Keys.Checkpoint)
	if err != nil {
		t.Fatal(err)
	}
	s.Service.Keys.Checkpoint, s.Service.Keys.FormerCheckpoints = secret, []string{old}
	if !bytes.Equal(before, s.evidence(t)) {
		t.Error("the same record gave other bytes under another key")
	}
	r := workflowtest.Request()
	r.Organisation, r.Contact.Email = "Ville de Rivière-Exemple", "camille2@example.org"
	_, token := s.Invite(t, r)
	browser, form := s.Ready(t, token)
	number, err := s.Sign(t.Context(), browser, form, workflowtest.Visit)
	if err != nil {
		t.Fatal(err)
	}
	public, err := journal.PublicKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	for key, file := range map[string][]byte{old: before, public: signedStory{World: s.World, number: number}.evidence(t)} {
		files, _ := unzip(t, file)
		if got := string(files["checkpoint.key"]); got != key+"\n" {
			t.Errorf("the key is %s, want %s", got, key)
		}
		dir := lay(t, files)
		for i, c := range readTold(t, files["VERIFY.md"]) {
			if ok, printed := c.holds(t, dir); !ok {
				t.Errorf("command %d printed\n%s\nnot\n%s", i+1, printed, c.prints)
			}
		}
	}
}
