package pdf

import (
	"time"

	"jachete/workflow"
)

// probe is content that touches every face and every part of the pages.
var probe = workflow.CertificateContent{
	Number:             "ESJ-0000-0000-0000",
	VerifyURL:          "https://example.org/v/ESJ-0000-0000-0000",
	DeclarationID:      "probe",
	DeclarationVersion: "0",
	DeclarationTitle:   "Essai",
	DeclarationText:    "# Essai\n\nNous, **ᑯᐯᒃ, Łukasz Nguyễn, Œuvre & Cie**, constatons que\u00a0:\n\n1. tout va;\n\n- rien ne manque.\n",
	Organisation:       workflow.Snapshot{Name: "Ville de Rivière-Exemple"},
	Signatory:          workflow.Signatory{Name: "Camille Exemple", Function: "essai"},
	Resolution:         workflow.Resolution{Number: "0000-000", Date: "2026-01-01"},
	Mailbox:            "c…@example.org",
	MailboxConfirmedAt: time.Unix(0, 0),
	SignedAt:           time.Unix(0, 0),
	Steps:              []workflow.CertificateStep{{Kind: workflow.StepSigned, At: time.Unix(0, 0)}},
}
