package storetest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jachete/workflow"
	"jachete/workflow/territory"
)

// noon is when the tests happen.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 123e6, time.UTC)

// world is a store that holds one pôle, one declaration and one organisation.
type world struct {
	workflow.Store
	t   testing.TB
	ctx context.Context
}

func newWorld(t testing.TB, s workflow.Store) *world {
	t.Helper()
	w := &world{Store: s, t: t, ctx: t.Context()}
	w.must(func(tx workflow.Tx) error {
		if err := tx.AddPole(w.ctx, Pole("rive")); err != nil {
			return err
		}
		if err := tx.AddDeclaration(w.ctx, Declaration("1.0", noon.Add(-time.Hour))); err != nil {
			return err
		}
		return tx.AddOrganisation(w.ctx, Organisation("org", "Ville de Rivière-Exemple"))
	})
	return w
}

// must runs an update that has to succeed.
func (w *world) must(fn func(workflow.Tx) error) {
	w.t.Helper()
	if err := w.Update(w.ctx, fn); err != nil {
		w.t.Fatal(err)
	}
}

// refused runs an update that has to fail with a kind and a key.
func (w *world) refused(kind workflow.ErrorKind, key string, fn func(workflow.Tx) error) {
	w.t.Helper()
	wantError(w.t, w.Update(w.ctx, fn), kind, key)
}

// invite adds an invitation in that state.
func (w *world) invite(id string, state workflow.State) workflow.Invitation {
	w.t.Helper()
	i := Invitation(id)
	i.State = state
	w.must(func(tx workflow.Tx) error { return tx.AddInvitation(w.ctx, i) })
	return i
}

func wantError(t testing.TB, err error, kind workflow.ErrorKind, key string) {
	t.Helper()
	if workflow.KindOf(err) != kind || workflow.KeyOf(err) != key {
		t.Errorf("error = %v, want %s %s", err, kind, key)
	}
}

func wantEqual(t testing.TB, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// read fails the test when the store does not answer.
func read[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// Pole is a pôle with every field set.
func Pole(slug string) workflow.Pole {
	return workflow.Pole{
		Slug: slug, Name: "Pôle de la Rive-Exemple", Short: "Rive-Exemple",
		Territory:  territory.Set{Regions: []string{"16"}, MRCs: []string{"480", "540"}},
		InMovement: "founding", NameConfirmed: true,
		Contact: workflow.PoleContact{PostalAddress: "1, rue de l’Exemple", Phone: "555-0100", Email: "pole@example.org",
			SenderName: "Le pôle", Privacy: "Claude Exemple"},
		Logo:      workflow.TextSHA256("logo"),
		Reminders: workflow.ReminderPlan{AfterDays: []int{7}, BeforeDays: []int{10, 2}, Hour: 8},
	}
}

// Declaration is a version of a declaration, published at that time.
func Declaration(version string, published time.Time) workflow.Declaration {
	fr, en := "Nous, {organisation}, version "+version, "We, {organization}, version "+version
	return workflow.Declaration{ID: "esja", Version: version, TitleFR: "Déclaration", TitleEN: "Declaration",
		TextFR: fr, TextEN: en, SHA256FR: workflow.TextSHA256(fr), SHA256EN: workflow.TextSHA256(en), PublishedAt: published}
}

// Organisation is a cooperative of that name in region 16, with every field set.
func Organisation(id, name string) workflow.Organisation {
	return workflow.Organisation{ID: id, Slug: "slug-" + id, Name: name, Kind: workflow.KindCooperative,
		MunicipalityCode: "58227", MRCCode: "580", RegionCode: "16", NEQ: "1199999906"}
}

// Invitation is an invitation of the pôle "rive" to the organisation "org",
// ready to be signed, with every field set.
func Invitation(id string) workflow.Invitation {
	return workflow.Invitation{
		ID: id, PoleSlug: "rive", OrganisationID: "org", DeclarationID: "esja", DeclarationVersion: "1.0",
		Contact:  workflow.Contact{Name: "Camille Exemple", Function: "Mairesse", Email: "c.exemple@example.org", Civility: workflow.Madame},
		Language: workflow.French, Source: "https://example.org/conseil", Message: "Bonjour,\nà bientôt.",
		Note: "Rappeler lundi", MeetingOn: "2026-12-07", Renews: "commitment", Reminders: 1, RemindAt: noon.Add(24 * time.Hour),
		RemindedAt: noon.Add(-24 * time.Hour), RemindersOff: true, SnoozedUntil: "2026-12-01",
		Refusal:         workflow.Refusal{Reason: workflow.RefusedByCouncil, Words: "Pas cette année.\nMerci."},
		TransferredFrom: "earlier", TransferredTo: "later", TransferReason: "Elle est en congé",
		Campaign: "automne", State: workflow.StateReady, Issue: 1, Version: 1,
		Details: workflow.Details{Organisation: "Ville de Rivière-Exemple",
			Signatory:  workflow.Signatory{Name: "Camille Exemple", Function: "Mairesse"},
			Resolution: workflow.Resolution{Number: "2026-118", Date: "2026-11-02", Body: "conseil municipal"}},
		CreatedBy: "operator", CreatedAt: noon.Add(-48 * time.Hour), ExpiresAt: noon.Add(60 * 24 * time.Hour), EndedAt: noon.Add(-time.Minute),
		SentAt: noon.Add(-47 * time.Hour), ConsultedAt: noon.Add(-time.Hour),
	}
}

// Signature is the signature of an invitation, with every field set.
func Signature(id, invitation string) workflow.Signature {
	return workflow.Signature{
		ID: id, InvitationID: invitation, OrganisationID: "org", PoleSlug: "rive", DeclarationID: "esja",
		DeclarationVersion: "1.0", DeclarationSHA256: workflow.TextSHA256("texte"), Organisation: snapshot("Ville de Rivière-Exemple"),
		Signatory:  workflow.Signatory{Name: "Camille Exemple", Function: "Mairesse"},
		Resolution: workflow.Resolution{Number: "2026-118", Date: "2026-11-02", Body: "conseil municipal", Sitting: "séance ordinaire", ExtractSHA256: workflow.TextSHA256("extrait")},
		Language:   workflow.French, Consent: "Je signe", Publish: workflow.Publish{Signatory: true, Quote: "Oui.", Logo: workflow.TextSHA256("logo")},
		SessionHash: "session", ReviewSHA256: workflow.TextSHA256("revue"), DrawingSHA256: workflow.TextSHA256("dessin"),
		Evidence: workflow.Evidence{Email: "c.exemple@example.org", IP: "192.0.2.1", UserAgent: "Exemple/1 \x00\xff",
			InvitedAt: noon.Add(-time.Hour), Service: workflow.Build{Version: "test"}},
		SignedAt: noon,
	}
}

func snapshot(name string) workflow.Snapshot {
	return workflow.Snapshot{Name: name, Kind: workflow.KindMunicipality, MunicipalityCode: "58227", MRCCode: "580",
		MRCName: "Longueuil", RegionCode: "16", RegionName: "Montérégie", NEQ: "1199999906"}
}

// Certificate is a certificate of a signature; its file holds its number.
func Certificate(number, signature string) workflow.Certificate {
	pdf := []byte("%PDF-1.7 " + number + "\x00\xff")
	sum := sha256.Sum256(pdf)
	return workflow.Certificate{Number: number, SignatureID: signature,
		Content: workflow.CertificateContent{Number: number, Signatory: workflow.Signatory{Name: "Camille Exemple", Function: "Mairesse"},
			SignedAt: noon, Steps: []workflow.CertificateStep{{Kind: workflow.StepSigned, At: noon}}},
		Sealed: workflow.Sealed{PDF: pdf, SHA256: hex.EncodeToString(sum[:]), UnsealedSHA256: workflow.TextSHA256(number),
			Level: "B-B", SealedAt: noon, StampedAt: noon.Add(time.Minute), StampedBy: "Horodatage d’essai", StampedOwn: true, Growth: []byte{0, 1, 255}}}
}

// Commitment is an electronic line of the register, published at noon.
func Commitment(id, name string) workflow.Commitment {
	return workflow.Commitment{ID: id, Slug: "slug-" + id, OrganisationID: "org", SignatureID: "sig-" + id,
		Number: "ESJ-" + id, PoleSlug: "rive", Organisation: snapshot(name), DeclarationID: "esja", Version: "1.0",
		Mode: workflow.ModeElectronic, Status: workflow.CommitmentActive, SignedOn: "2026-11-22", PublishedAt: noon,
		PublicName: "Camille Exemple", PublicFunction: "Mairesse", PublicQuote: "Oui.", PublicLogo: workflow.TextSHA256("logo"), ResolutionNumber: "2026-118", ResolutionDate: "2026-11-02",
		Campaign: "automne", Replaces: "earlier", StatusOn: "2026-11-22"}
}

// Delivery is a mail that waits since noon.
func Delivery(id, invitation string) workflow.Delivery {
	return workflow.Delivery{ID: id, Key: "key-" + id, Kind: workflow.DeliveryInvitation, InvitationID: invitation,
		PoleSlug: "rive", Issue: 1, Recipient: "c.exemple@example.org", Language: workflow.French,
		MessageID: id + "@example.org", State: workflow.DeliveryWaiting, RunAt: noon, CreatedAt: noon, StaffID: "s", Copy: "Bonjour"}
}

// Staff is an agent of the pôle "rive".
func Staff(id string) workflow.Staff {
	return workflow.Staff{ID: id, Email: fmt.Sprintf("%s@example.org", id), Name: "Équipe " + id, Role: workflow.RoleAgent,
		Poles: []string{"rive"}, CreatedAt: noon}
}
