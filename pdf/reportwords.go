package pdf

import (
	"fmt"
	"strconv"

	"jachete/workflow"
)

// Words of the report of a campaign.
const (
	wordReport       = "Bilan de campagne"
	wordReportTitle  = "Bilan de campagne – %s"
	wordReportMade   = "Document interne du pôle, produit le\u00a0%s à %s"
	wordCampaign     = "La campagne"
	wordCeremony     = "Cérémonie"
	wordNoCeremony   = "Sans date"
	wordMoment       = "Le\u00a0%s à %s"
	wordEmbargo      = "Embargo"
	wordNoEmbargo    = "Aucun\u00a0: chaque signature paraît aussitôt"
	wordEmbargoUntil = "Confidentiel jusqu’au\u00a0%s à %s"
	wordEmbargoOver  = "Terminé le\u00a0%s à %s"

	wordFigures     = "Où en sont les organisations"
	wordInvited     = "Invitées"
	wordSignedMany  = "Signées"
	wordReady       = "Prêtes à signer"
	wordWaiting     = "En attente de résolution"
	wordConsulted   = "Consultées"
	wordUnopened    = "Pas encore ouvertes"
	wordUndelivered = "Non remises"
	wordDeclined    = "Déclinées"
	wordExpired     = "Expirées"

	wordNobodyInvited = "Aucune organisation n’est encore invitée."
	wordOneSigned     = "1 organisation a signé, sur %s invitées."
	wordManySigned    = "%s organisations ont signé, sur %s invitées."

	wordSigned      = "Organisations signataires"
	wordNoneSigned  = "Aucune organisation n’a encore signé."
	wordSignedWhen  = "Signature"
	wordAwaited     = "Organisations encore attendues"
	wordNoneAwaited = "Aucune organisation n’est attendue."
	wordKind        = "Type"
	wordState       = "État"
	wordOnPaper     = "%s, signé sur papier"
)

var kindWords = map[workflow.OrganisationKind]string{
	workflow.KindMunicipality: "Municipalité", workflow.KindMRC: "MRC", workflow.KindSchool: "Centre de services scolaire",
	workflow.KindCollege: "Cégep ou collège", workflow.KindUniversity: "Université", workflow.KindHealth: "Santé et services sociaux",
	workflow.KindTransit: "Transport collectif", workflow.KindStateCompany: "Société d’État", workflow.KindCooperative: "Coopérative ou mutuelle",
	workflow.KindCompany: "Entreprise", workflow.KindNonprofit: "Organisme à but non lucratif", workflow.KindOther: "Autre organisation",
}

// stateWords are those of an invitation that waits.
var stateWords = map[workflow.State]string{
	workflow.StatePrepared: "Préparée", workflow.StateQueued: "En file", workflow.StateSent: "Envoyée", workflow.StateUndelivered: "Non remise",
	workflow.StateConsulted: "Consultée", workflow.StateAwaitingResolution: "En attente de résolution", workflow.StateReady: "Prête à signer",
	workflow.StateExpired: "Expirée",
}

// wordOf words a value; one that is not known yet shows its own name.
func wordOf[T ~string](words map[T]string, value T) string {
	if word, ok := words[value]; ok {
		return word
	}
	return string(value)
}

func signedWords(o workflow.ReportedSignature) string {
	if o.Mode == workflow.ModePaper {
		return fmt.Sprintf(wordOnPaper, o.SignedOn)
	}
	return o.SignedOn
}

// grouped writes a number with no-break spaces between thousands.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "\u00a0" + digits[i:]
	}
	return digits
}
