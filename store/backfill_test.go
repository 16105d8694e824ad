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

// TestEndsOfOlderInvitations finds when invitations ended that were kept before
// that was: by the journal, by the term of those that expired, or by what else
// happened last.
func TestEndsOfOlderInvitations(t *testing.T) {
	both(t, func(t *testing.T, dsn string) {
		s := openMigrated(t, dsn)
		storetest.Prepare(t, s, 1)
		mustExec(t, s, "DELETE FROM invitation")
		ends := map[string]string{"declined": "20", "expired": "50", "silent": "9", "ready": "0", "signed": "0"}
		for id, state := range map[string]string{"declined": "declined", "expired": "expired", "silent": "revoked", "ready": "ready", "signed": "signed"} {
			mustExec(t, s, "INSERT INTO invitation (id, pole_slug, organisation_id, declaration_id, declaration_version, contact_name, contact_function, contact_email, "+
				"language, source, message, campaign, state, issue, version, code_tries, details, created_by, created_at, expires_at, sent_at, consulted_at, folded, active_at) "+
				"SELECT '"+id+"', p.slug, o.id, d.id, d.version, '', '', 'x', 'fr', '', '', '', '"+state+"', 1, 1, 0, '{}', '', 1, 50, 0, 0, '', 9 "+
				"FROM (SELECT MIN(slug) AS slug FROM pole) p, (SELECT MIN(id) AS id FROM organisation) o, (SELECT id, version FROM declaration LIMIT 1) d")
		}
		for i, kind := range []string{"invitation.decline", "invitation.annotate"} {
			n := string(rune('1' + i))
			mustExec(t, s, "INSERT INTO journal (seq, at, type, pole, record, record_seq, body, prev, record_prev, hash) VALUES (90"+n+", "+n+"0 + 10, '"+kind+"', '', 'declined', 90"+n+", '', 'p"+n+"', '', 'h"+n+"')")
		}
		script, err := migrations.ReadFile("migrations/00028_retention.sql")
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(script), "UPDATE invitation")
		fill, _, _ := strings.Cut(rest, ";")
		mustExec(t, s, "UPDATE invitation"+fill)
		for id, want := range ends {
			var got string
			if err := s.write.QueryRowContext(t.Context(), "SELECT ended_at FROM invitation WHERE id = $1", id).Scan(&got); err != nil || got != want {
				t.Errorf("%s ended at %s, %v", id, got, err)
			}
		}
	})
}
