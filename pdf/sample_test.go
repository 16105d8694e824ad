package pdf

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"testing"
	"time"

	"jachete/pdf/archive"
	"jachete/pdf/archive/lint"
	"jachete/pdf/pades"
	"jachete/workflow"
)

// noon is when the samples are signed: 14:03:05 in Toronto, winter time.
var noon = time.Date(2019, 11, 16, 19, 3, 5, 0, time.UTC)

const sampleText = "**Déclaration d’engagement — L’économie sociale, j’achète!**\n\n" +
	"Nous, **Ville de Rivière-Exemple**, constatons que\u00a0:\n\n" +
	"1. les coopératives, les mutuelles et les organismes à but non lucratif qui vendent des biens ou des services répondent d’abord aux besoins de leurs membres et de leur milieu, et que la Loi sur l’économie sociale (RLRQ, chapitre E-1.1.1) reconnaît leur apport au développement du Québec;\n" +
	"2. chacun de nos achats peut, en plus de combler un besoin, soutenir l’emploi, l’inclusion, l’environnement et la vitalité de notre territoire;\n" +
	"3. plusieurs de ces entreprises offrent déjà ce que nous achetons, mais demeurent peu connues des équipes d’approvisionnement.\n\n" +
	"Nous déclarons donc vouloir faire une plus grande place à l’économie sociale dans nos achats. Selon nos besoins et nos moyens, nous nous engageons à\u00a0:\n\n" +
	"- **Connaître**\u00a0: nous informer de l’offre des entreprises d’économie sociale de notre territoire et la faire connaître à nos équipes;\n" +
	"- **Ouvrir**\u00a0: considérer ces entreprises et, lorsque nos règles le permettent, les inviter à présenter une offre quand leurs biens ou leurs services correspondent à un besoin;\n" +
	"- **Adapter**\u00a0: repérer, dans nos façons de faire, ce qui leur complique l’accès à nos contrats et améliorer ce qui peut l’être;\n" +
	"- **Désigner**\u00a0: nommer une personne-ressource pour le suivi du présent engagement;\n" +
	"- **Partager**\u00a0: faire le point une fois par année avec notre pôle d’économie sociale et, si nous le souhaitons, faire connaître nos bons coups.\n\n" +
	"**Portée.** La présente déclaration exprime une volonté. Elle n’est pas un contrat\u00a0: elle ne crée aucune obligation d’achat, aucun quota, aucune exclusivité ni aucun traitement préférentiel, et ne change rien aux lois, aux accords de commerce, aux règlements et aux politiques qui encadrent nos contrats. Elle prend effet à la date de sa signature et peut être retirée en tout temps, par un simple avis écrit et sans justification.\n\n" +
	"Signée au nom de **Ville de Rivière-Exemple** par **Camille Exemple**, mairesse, personne autorisée à signer par la résolution no 2019-118 adoptée le 15 novembre 2019.\n"

// sample is a certificate as the service asks for it.
func sample() workflow.CertificateContent {
	return workflow.CertificateContent{
		Number:             "ESJ-2019-7KQ4-M2XD",
		VerifyURL:          "https://declaration.example.org/v/ESJ-2019-7KQ4-M2XD",
		BaseURL:            "https://declaration.example.org",
		DeclarationID:      "esja",
		DeclarationVersion: "1.0",
		DeclarationTitle:   "Déclaration d’engagement — L’économie sociale, j’achète!",
		DeclarationText:    sampleText,
		DeclarationSHA256:  "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
		Organisation: workflow.Snapshot{
			Name: "Ville de Rivière-Exemple", Kind: workflow.KindMunicipality,
			MRCName: "Le Haut-Essai", RegionName: "Capitale-Nationale", NEQ: "8899999906",
		},
		Pole:               workflow.PoleSnapshot{Name: "Pôle d’économie sociale de la Démo", Short: "Pôle de la Démo"},
		Signatory:          workflow.Signatory{Name: "Camille Exemple", Function: "Mairesse"},
		Resolution:         workflow.Resolution{Number: "2019-118", Date: "2019-11-15", Body: "conseil municipal"},
		Mailbox:            "c…@example.org",
		MailboxConfirmedAt: noon.Add(-65 * time.Second),
		Consent:            "En cliquant sur “Signer”, je confirme avoir lu la déclaration, avoir l’autorisation de la signer au nom de Ville de Rivière-Exemple, et vouloir que ce geste tienne lieu de signature.",
		ConsentSHA256:      "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
		SignedAt:           noon,
		Steps: []workflow.CertificateStep{
			{Kind: workflow.StepInvited, At: noon.Add(-72 * time.Hour)},
			{Kind: workflow.StepMailed, At: noon.Add(-72*time.Hour + 4*time.Second)},
			{Kind: workflow.StepConsulted, At: noon.Add(-12 * time.Minute)},
			{Kind: workflow.StepCodeSent, At: noon.Add(-2 * time.Minute)},
			{Kind: workflow.StepCodeConfirmed, At: noon.Add(-65 * time.Second)},
			{Kind: workflow.StepSigned, At: noon},
		},
	}
}

// testKey is a fresh authority, valid around noon.
func testKey(t testing.TB) pades.Key {
	t.Helper()
	key, _, err := pades.Generate(rand.Reader, noon.AddDate(0, -1, 0), "Service d’essai")
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// rsaKey has a certificate of its own, valid around noon.
func rsaKey(t testing.TB) pades.Key {
	t.Helper()
	signer, err := rsa.GenerateKey(rand.Reader, pades.MinRSA)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.CreateCertificate(rand.Reader, rsaTemplate, rsaTemplate, signer.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return pades.Key{Signer: signer, Chain: []*x509.Certificate{leaf}}
}

var rsaTemplate = &x509.Certificate{
	SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Service d’essai RSA"}, KeyUsage: x509.KeyUsageDigitalSignature,
	NotBefore: noon.AddDate(0, -1, 0), NotAfter: noon.AddDate(1, 0, 0),
}

func testSealer(t testing.TB) (*Sealer, pades.Key) {
	t.Helper()
	key := testKey(t)
	s, err := New(key, nil, noon)
	if err != nil {
		t.Fatal(err)
	}
	return s, key
}

// seal makes the certificate of c or ends the test.
func seal(t testing.TB, c workflow.CertificateContent) workflow.Sealed {
	t.Helper()
	s, _ := testSealer(t)
	sealed, err := s.Seal(t.Context(), c, noon.Add(3*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	conforms(t, sealed.PDF)
	return sealed
}

// conforms tells every fault a file has against PDF/A-2a and PDF/UA-1.
func conforms(t testing.TB, file []byte) {
	t.Helper()
	for _, fault := range lint.Check(file) {
		t.Error(fault)
	}
}

func unsealed(t testing.TB, file *archive.File) []byte {
	t.Helper()
	plain, err := file.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	conforms(t, plain)
	return plain
}
