package mail

import (
	"testing"
	"time"

	"go.uber.org/goleak"

	"jachete/workflow"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var (
	testTime  = time.Date(2026, 11, 22, 15, 4, 5, 0, time.UTC)
	testClock = workflow.ClockFunc(func() time.Time { return testTime })
)

const testFrom = "signature@jachete.example.org"

func newComposer(t testing.TB) *Composer {
	t.Helper()
	c, err := NewComposer(testFrom, testClock)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var testPole = workflow.Pole{
	Slug: "essai", Name: "Pôle d’économie sociale du Haut-Essai", Short: "Pôle Haut-Essai",
	Contact: workflow.PoleContact{
		PostalAddress: "12, rue de la Démo, Rivière-Exemple (Québec) J0X 0X0",
		Phone:         "819 555-0142, poste 3", Email: "bonjour@pole.example.org",
	},
}

// sampleDelivery is a mail of that kind in that language, with everything said.
func sampleDelivery(kind workflow.DeliveryKind, lang workflow.Language) workflow.MailContent {
	m := workflow.MailContent{
		Delivery: workflow.Delivery{
			ID: "D1", Kind: kind, Recipient: "camille@ville.example.org", Language: lang,
			MessageID: "d1@jachete.example.org", CreatedAt: testTime, LeaseUntil: testTime.Add(time.Hour),
		},
		Pole: testPole, Organisation: "Ville de Rivière-Exemple",
		Recipient: workflow.Contact{Name: "Camille Exemple", Function: "Greffière", Email: "camille@ville.example.org"},
		LinkURL:   "https://jachete.example.org/i/abc.def.ghi",
	}
	if kind == workflow.DeliveryInvitation || kind == workflow.DeliveryReminder {
		m.Source, m.InvitedAt = "https://ville.example.org/conseil", testTime.AddDate(0, 0, -10)
		m.Message = "Bonjour Camille,\nau plaisir de vous voir le 1er décembre!"
		m.UnsubscribeURL = "https://jachete.example.org/desabonnement/xyz"
		m.ExpiresAt = testTime.AddDate(0, 2, 0)
		return m
	}
	if kind == workflow.DeliveryWelcome {
		m.Organisation, m.Recipient.Function, m.Role = "", "", workflow.RoleAdmin
		m.LinkURL = "https://jachete.example.org/equipe/connexion"
		return m
	}
	if kind == workflow.DeliveryTransferred || kind == workflow.DeliveryDeclined {
		m.ToPole, m.ExpiresAt, m.LinkURL = true, testTime.AddDate(0, 2, 0), "https://jachete.example.org/equipe/invitations/abc"
		m.Successor, m.TransferReason = workflow.Contact{Name: "Dominique Gabarit", Function: "Mairesse"}, "Elle signe les déclarations"
		m.Refusal = workflow.Refusal{Reason: workflow.RefusedByCouncil, Words: "Le conseil préfère attendre.\nMerci!"}
		return m
	}
	if kind == workflow.DeliveryRequest {
		m.ToPole, m.Recipient, m.LinkURL = true, workflow.Contact{}, "https://jachete.example.org/equipe/demandes/abc"
		m.AskedKind, m.AskedPlace, m.AskedAt = workflow.KindMunicipality, "Magog, MRC de Memphrémagog, Estrie", testTime
		return m
	}
	m.VerifyURL = "https://jachete.example.org/v/ESJ-2026-7KQ4-M2XD"
	m.SignedAt, m.Number = testTime, "ESJ-2026-7KQ4-M2XD"
	m.Signatory = workflow.Signatory{Name: "Camille Exemple", Function: "Greffière"}
	switch kind {
	case workflow.DeliveryAnniversary:
		m.Suppliers, m.SuppliersURL = 28, "https://jachete.example.org/fournisseurs?mrc=580"
		m.UnsubscribeURL, m.VerifyURL, m.ExpiresAt = "https://jachete.example.org/desabonnement/xyz", "", testTime.AddDate(0, 6, 0)
	case workflow.DeliveryCosign:
		m.VerifyURL, m.ExpiresAt = "", testTime.AddDate(0, 2, 0)
		m.Signatories = []workflow.Signatory{m.Signatory, {Name: "Dominique Essai", Function: "Greffier"}}
	case workflow.DeliveryRetrieval:
		m.Certificates = []workflow.LinkedCertificate{
			{Organisation: "Ville de Rivière-Exemple", Number: "ESJ-2026-7KQ4-M2XD", SignedAt: testTime, URL: "https://jachete.example.org/c/abc.def.ghi"},
			{Organisation: "MRC du Haut-Essai", Number: "ESJ-2025-7KQ4-M2XD", SignedAt: testTime, URL: "https://jachete.example.org/c/jkl.mno.pqr"},
		}
		m.Pole, m.LinkURL = workflow.Pole{}, ""
	case workflow.DeliveryWithdrawn:
		m.WithdrawnOn = "2027-03-01"
	case workflow.DeliveryCorrection:
		m.Correction = workflow.Correction{Field: "function", Wanted: "Mairesse, et non greffière.\nMerci!"}
	default:
		m.PDF = []byte("%PDF-1.7 sealed")
	}
	return m
}

func sampleCode(purpose workflow.CodePurpose, lang workflow.Language) workflow.CodeMail {
	m := workflow.CodeMail{
		Purpose: purpose, To: "camille@ville.example.org", Language: lang,
		Code: "123456", Life: workflow.CodeLife, Organisation: "Ville de Rivière-Exemple", Pole: testPole,
	}
	if purpose == workflow.PurposeSignIn {
		m.Code, m.Organisation, m.Pole = "7KQ4M2XD", "", workflow.Pole{}
	}
	return m
}

// samples are all mails in all languages, by name.
func samples(t testing.TB, c *Composer) map[string]Message {
	t.Helper()
	all := map[string]Message{}
	keep := func(name string, m Message, err error) {
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[name] = m
	}
	for _, lang := range []workflow.Language{workflow.French, workflow.English} {
		for _, kind := range []workflow.DeliveryKind{workflow.DeliveryInvitation, workflow.DeliveryReminder, workflow.DeliveryCertificate, workflow.DeliveryPoleCopy, workflow.DeliveryWelcome,
			workflow.DeliveryRetrieval, workflow.DeliveryWithdrawn, workflow.DeliveryCorrection, workflow.DeliveryTransferred, workflow.DeliveryDeclined,
			workflow.DeliveryCosign, workflow.DeliveryAnniversary, workflow.DeliveryRequest} {
			m, err := c.Delivery(sampleDelivery(kind, lang))
			keep(string(kind)+"."+string(lang), m, err)
		}
		for _, purpose := range []workflow.CodePurpose{workflow.PurposeSign, workflow.PurposeSignIn, workflow.PurposeManage} {
			m, err := c.Code(sampleCode(purpose, lang))
			keep("code-"+string(purpose)+"."+string(lang), m, err)
		}
	}
	return all
}

func parse(t testing.TB, m Message) Letter {
	t.Helper()
	l, err := ParseLetter(m.Raw)
	if err != nil {
		t.Fatalf("%v\n%s", err, m.Raw)
	}
	return l
}
