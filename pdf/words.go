package pdf

import "jachete/workflow"

// Every word of the pages that does not come from the content. Québec
// typography: no-break space before a colon and inside « », nothing before
// ; ! ?, and the apostrophe ’. A test holds it.
const (
	wordSlogan        = "L’économie sociale, j’achète!"
	wordSignedOn      = "Signée le\u00a0%s"
	wordSignedBy      = "Au nom de l’organisation, par"
	wordResolution    = "Résolution no\u00a0%s"
	wordAdopted       = ", adoptée le\u00a0%s"
	wordBody          = " (%s)"
	wordAndBy         = "et par\u00a0"
	wordCountersigned = "Contresignée par\u00a0"
	wordForPole       = ", pour %s"
	wordCertificate   = "Attestation no"
	wordVerify        = "Vérifier\u00a0: %s"
	wordPage          = "Page %d de %d"
	wordSealRing      = "L’ÉCONOMIE SOCIALE, J’ACHÈTE!"
	wordSealFoot      = "SCELLÉE"
	wordSealField     = "Sceau numérique du service"
	wordQR            = "Vérifier l’attestation en ligne"

	wordSealAlternate    = "Sceau rond vert qui porte une coche et les mots «\u00a0L’économie sociale, j’achète! – Scellée\u00a0»"
	wordDrawingAlternate = "Signature dessinée de %s"
	wordQRAlternate      = "Code QR qui mène à la vérification de l’attestation\u00a0: %s"
	wordTitle            = "Attestation %s – %s"

	wordEvidence = "Preuves de la signature"
	wordIntro    = "Cette page dit ce qui a été signé, par qui, comment et quand. Elle est scellée avec la déclaration."

	wordWhat         = "Ce qui a été signé"
	wordDeclaration  = "Déclaration"
	wordVersion      = "%s, texte «\u00a0%s\u00a0», version %s"
	wordTextHash     = "Empreinte SHA-256"
	wordOrganisation = "Organisation"
	wordNEQ          = "NEQ %s"
	wordPole         = "Pôle"

	wordWho            = "Par qui"
	wordSignatory      = "Personne signataire"
	wordAuthority      = "Autorisation"
	wordNoResolution   = "La personne signataire a déclaré avoir l’autorisation de signer. Aucune résolution n’a été indiquée."
	wordWithResolution = "%s. La personne signataire a déclaré avoir l’autorisation de signer."
	wordBesides        = "Autre signataire"
	wordCountersigner  = "Contresignée par"
	wordStepBy         = "%s – %s"
	wordExtract        = "Extrait du procès-verbal"
	wordDrawing        = "Signature dessinée"
	wordJoinedHash     = "Empreinte SHA-256\u00a0: %s"
	wordMailbox        = "Boîte de courriel"
	wordMailboxProof   = "Contrôle de la boîte %s confirmé à %s, le\u00a0%s"
	wordConsent        = "Consentement"
	wordConsentShown   = "Texte affiché"
	wordConsentPole    = "Pour le pôle"
	wordConsentHash    = "Empreinte SHA-256"
	wordSteps          = "Déroulement"
	wordStep           = "Étape"
	wordLocal          = "Heure locale (America/Toronto)"
	wordUTC            = "Temps universel"
	wordHowToVerify    = "Comment vérifier"
	wordOnline         = "En ligne"
	wordOnlineText     = "Lisez le code QR de la première page ou ouvrez %s. Le service compare l’empreinte de votre fichier avec celle du fichier remis."
	wordOffline        = "Sans réseau"
	wordOfflineText    = "Ouvrez ce fichier dans un lecteur PDF qui vérifie les signatures\u00a0: il indique si un seul octet a changé depuis le sceau. Pour savoir de qui vient le sceau, comparez son certificat avec le certificat racine que le service publie."
	wordSealMeans      = "Ce que le sceau dit, et ne dit pas"
	wordSays           = "Il dit"
	wordSaysText       = "Ce fichier est scellé par le service\u00a0: ces pages sont celles qui ont été remises, sans changement depuis. L’heure du sceau est celle de l’horloge du service."
	wordSaysNot        = "Il ne dit pas"
	wordSaysNotText    = "Le sceau n’est pas la signature personnelle de la personne signataire; sa signature est le geste décrit ici, fait après lecture. Le code envoyé par courriel montre que quelqu’un avait accès à la boîte, rien de plus. «\u00a0Accepté par le serveur\u00a0» ne veut pas dire «\u00a0lu\u00a0»."
)

// stepWords words each step of the evidence page.
var stepWords = map[workflow.StepKind]string{
	workflow.StepInvited:       "Invitation préparée par le pôle",
	workflow.StepMailed:        "Invitation acceptée par le serveur du destinataire",
	workflow.StepConsulted:     "Invitation consultée\u00a0: bouton pressé",
	workflow.StepCodeSent:      "Code accepté par le serveur du destinataire",
	workflow.StepCodeConfirmed: "Bon code entré dans le même navigateur",
	workflow.StepSigned:        "Consentement donné\u00a0: déclaration signée",
}
