package store

import (
	"strings"
	"testing"

	"jachete/store/storetest"
	"jachete/workflow"
)

// TestMailboxesOfOlderSignatures forgets the mailboxes kept beside signatures and
// finds them again as the migration did. The addresses and the browser of the
// sample are hard on readers of JSON.
func TestMailboxesOfOlderSignatures(t *testing.T) {
	both(t, func(t *testing.T, dsn string) {
		s := openMigrated(t, dsn)
		storetest.Prepare(t, s, 2)
		signatures := map[string]string{"sig-a": "Camille.O'Brien@example.org", "sig-b": "r&d@example.org"}
		err := s.Update(t.Context(), func(tx workflow.Tx) error {
			invitations, _, err := tx.Invitations(t.Context(), workflow.InvitationFilter{})
			if err != nil {
				return err
			}
			for id, email := range signatures {
				sig := storetest.Signature(id, invitations[0].ID)
				sig.Evidence.Email, sig.PoleSlug, sig.OrganisationID = email, invitations[0].PoleSlug, invitations[0].OrganisationID
				if err := tx.AddSignature(t.Context(), sig); err != nil {
					return err
				}
				invitations = invitations[1:]
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		script, err := migrations.ReadFile("migrations/00022_after_signing." + s.dialect.name + ".sql")
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(script), "INSERT INTO signature_mailbox")
		fill, _, _ := strings.Cut(rest, ";")
		for _, statement := range []string{"DELETE FROM signature_mailbox", "INSERT INTO signature_mailbox" + fill} {
			if _, err := s.write.ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
		for mailbox, id := range map[string]string{"camille.o'brien@example.org": "sig-a", "r&d@example.org": "sig-b"} {
			found, err := s.SignaturesFrom(t.Context(), mailbox)
			if err != nil || len(found) != 1 || found[0].ID != id {
				t.Errorf("%s: %d signatures, %v", mailbox, len(found), err)
			}
		}
	})
}
