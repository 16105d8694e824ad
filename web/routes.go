package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/workflow"
)

// Access is the rule about who may use a route. Its gate is in access.go.
type Access string

// The access rules.
const (
	AccessPublic   Access = "public"          // anybody
	AccessRegister Access = "public-limited"  // anybody, within a number of pages per minute and address
	AccessLink     Access = "link"            // whoever holds the mailed link in the address
	AccessOneClick Access = "link-one-click"  // the same, posted by a mail program: no cookie, any site
	AccessSigning  Access = "signing-session" // the browser in which a link was exchanged
	AccessDemo     Access = "demonstration"   // anybody, where there is a mailbox to show
	AccessSignIn   Access = "sign-in"         // anybody; for members of staff
	AccessSession  Access = "staff-session"   // a signed-in browser, before its second factor too
	AccessTeam     Access = "staff"           // members of staff, in their pôles
	AccessWriter   Access = "staff-writer"    // members of staff whose role invites
	AccessManager  Access = "staff-manager"   // members of staff who administer
)

// Route is one address of the site.
type Route struct {
	Method string
	Path   string
	Access Access
	handle func(*Server, *fiber.Ctx) error
}

const (
	get  = fiber.MethodGet // and HEAD with it; OPTIONS too where it is open data
	post = fiber.MethodPost
)

// Routes lists every route. What is not here does not exist.
func Routes() []Route {
	return []Route{
		{get, "/", AccessRegister, kept((*Server).home)},
		{get, "/signataires", AccessRegister, kept((*Server).register)},
		{get, "/signataires/:slug", AccessRegister, kept((*Server).organisation)},
		{get, "/signataires/:slug/logo.png", AccessPublic, (*Server).organisationLogo},
		{get, "/regions/:slug", AccessRegister, kept((*Server).region)},
		{get, "/mrc/:slug", AccessRegister, kept((*Server).mrc)},
		{get, "/poles/:slug", AccessRegister, kept((*Server).pole)},
		{get, "/poles/:slug/logo.png", AccessPublic, (*Server).logo},
		{get, "/declaration", AccessRegister, kept((*Server).declaration)},
		{get, "/declaration/:version", AccessRegister, kept((*Server).declaration)},
		{get, "/v/:number", AccessPublic, (*Server).verifyNumber},
		{get, uploadPath, AccessPublic, (*Server).showVerify},
		{post, uploadPath, AccessPublic, (*Server).verifyFile},
		{get, "/journal", AccessRegister, (*Server).journal},
		{get, "/journal/point.txt", AccessRegister, (*Server).checkpoint},
		{get, "/journal/cles.txt", AccessRegister, (*Server).checkpointKeys},
		{get, "/journal/suite/:size", AccessRegister, (*Server).growth},
		{get, "/journal/preuve/:number", AccessRegister, (*Server).journalProof},
		{get, "/sceau.pem", AccessPublic, (*Server).sealRoot},
		{get, "/confidentialite", AccessPublic, (*Server).privacy},
		{get, "/accessibilite", AccessPublic, (*Server).accessibility},
		{get, "/robots.txt", AccessPublic, (*Server).robots},
		{get, "/sitemap.xml", AccessRegister, (*Server).sitemap},
		{get, workflow.SuppliersPath, AccessRegister, kept((*Server).suppliers)},
		{get, "/sitemap-:part.xml", AccessRegister, (*Server).sitemap},
		{get, "/healthz", AccessPublic, (*Server).healthz},
		{get, "/static/:file", AccessPublic, (*Server).static},

		{get, "/api/v1/signatories.json", AccessRegister, kept((*Server).dataSignatories)},
		{get, "/api/v1/signatories.csv", AccessRegister, (*Server).dataCSV},
		{get, "/api/v1/signatories.geojson", AccessRegister, (*Server).dataGeoJSON},
		{get, "/api/v1/signatories/:slug", AccessRegister, kept((*Server).dataSignatory)},
		{get, "/api/v1/stats.json", AccessRegister, kept((*Server).dataStats)},
		{get, suppliersJSON, AccessRegister, kept((*Server).dataSuppliers)},
		{get, suppliersCSV, AccessRegister, kept((*Server).dataSuppliersCSV)},
		{get, "/api/v1/openapi.json", AccessRegister, (*Server).dataDescription},
		{get, snapshotsPath + ".json", AccessRegister, (*Server).dataSnapshots},
		{get, snapshotsPath + "/:day.json", AccessRegister, (*Server).dataSnapshot},
		{get, snapshotsPath + "/:day.json.p7s", AccessRegister, (*Server).dataSnapshotSignature},
		{get, snapshotsPath + "/:day.json.sha256", AccessRegister, (*Server).dataSnapshotHash},
		{get, feedPath, AccessRegister, (*Server).feed},
		{get, dataPath, AccessRegister, kept((*Server).openDataPage)},

		{get, "/i/:token", AccessLink, (*Server).showLink},
		{post, "/i/:token", AccessLink, (*Server).openLink},
		{get, "/signature", AccessSigning, (*Server).showRead},
		{post, "/signature", AccessSigning, (*Server).markRead},
		{get, "/signature/projet.pdf", AccessSigning, (*Server).draft},
		{get, "/signature/resolution.docx", AccessSigning, (*Server).modelDocument},
		{get, "/signature/resolution.txt", AccessSigning, (*Server).modelText},
		{get, laterPath, AccessSigning, (*Server).showLater},
		{post, laterPath, AccessSigning, (*Server).later},
		{get, transferPath, AccessSigning, (*Server).showTransfer},
		{post, transferPath, AccessSigning, (*Server).transfer},
		{get, declinePath, AccessSigning, (*Server).showDecline},
		{post, declinePath, AccessSigning, (*Server).decline},
		{get, "/signature/organisation", AccessSigning, (*Server).showOrganisation},
		{post, "/signature/organisation", AccessSigning, (*Server).saveOrganisation},
		{get, "/signature/resolution", AccessSigning, (*Server).showResolution},
		{post, "/signature/resolution", AccessSigning, (*Server).saveResolution},
		{get, "/signature/extrait.pdf", AccessSigning, (*Server).signingExtract},
		{get, waitingPath, AccessSigning, (*Server).showWaiting},
		{get, "/signature/verification", AccessSigning, (*Server).showVerification},
		{post, "/signature/verification", AccessSigning, (*Server).verify},
		{get, "/signature/signer", AccessSigning, (*Server).showSummary},
		{post, "/signature/signer", AccessSigning, (*Server).sign},
		{get, othersPath, AccessSigning, (*Server).showOthers},
		{post, othersPath, AccessSigning, (*Server).askAgain},
		{get, "/signature/merci", AccessSigning, (*Server).showThanks},
		{get, "/signature/attestation.pdf", AccessSigning, (*Server).signedFile},

		{get, "/c/:token", AccessLink, (*Server).showMailedCertificate},
		{get, "/c/:token/attestation.pdf", AccessLink, (*Server).mailedFile},
		{get, "/c/:token/code", AccessLink, (*Server).showCertificateCode},
		{post, "/c/:token/code", AccessLink, (*Server).certificateCode},
		{get, "/c/:token/publication", AccessLink, (*Server).showPublication},
		{post, "/c/:token/publication", AccessLink, (*Server).savePublication},
		{get, "/c/:token/correction", AccessLink, (*Server).showAskCorrection},
		{post, "/c/:token/correction", AccessLink, (*Server).askCorrection},
		{get, "/c/:token/donnees.json", AccessLink, (*Server).personalData},
		{get, "/c/:token/retrait", AccessLink, (*Server).showWithdraw},
		{post, "/c/:token/retrait", AccessLink, (*Server).withdraw},
		{get, retrievePath, AccessPublic, (*Server).showRetrieve},
		{post, retrievePath, AccessPublic, (*Server).retrieve},
		{get, askPath, AccessRegister, (*Server).showAsk},
		{post, askPath, AccessRegister, (*Server).ask},
		{get, "/badge/:number.svg", AccessRegister, (*Server).badgeSVG},
		{get, "/badge/:number.png", AccessRegister, (*Server).badgePNG},
		{get, embedPath + ":where", AccessRegister, (*Server).embed},
		{get, "/partager", AccessRegister, (*Server).share},
		{get, "/partage/:page.png", AccessRegister, (*Server).poster},
		{get, "/engagement/:token", AccessLink, (*Server).showFollowUp},
		{post, "/engagement/:token", AccessLink, (*Server).answerFollowUp},
		{get, "/i/c/:token", AccessLink, (*Server).showRoomLink},
		{post, "/i/c/:token", AccessLink, (*Server).openRoomLink},
		{get, "/i/s/:token", AccessLink, (*Server).showCosignLink},
		{post, "/i/s/:token", AccessLink, (*Server).openCosignLink},
		{post, "/signature/terminer", AccessPublic, (*Server).finishInRoom},
		{get, roomNextPath, AccessPublic, (*Server).showRoomNext},
		{get, "/desabonnement/:token", AccessLink, (*Server).showUnsubscribe},
		{post, "/desabonnement/:token", AccessOneClick, (*Server).unsubscribe},

		{get, "/equipe/connexion", AccessSignIn, (*Server).showSignIn},
		{post, "/equipe/connexion", AccessSignIn, (*Server).startSignIn},
		{get, "/equipe/connexion/code", AccessSignIn, (*Server).showSignInCode},
		{post, "/equipe/connexion/code", AccessSignIn, (*Server).finishSignIn},
		{get, "/equipe/connexion/application", AccessSession, (*Server).showSecondFactor},
		{post, "/equipe/connexion/application", AccessSession, (*Server).passSecondFactor},
		{post, "/equipe/deconnexion", AccessSession, (*Server).signOut},
		{get, "/equipe", AccessTeam, (*Server).dashboard},
		{get, "/equipe/invitations", AccessTeam, (*Server).invitations},
		{get, exportPath, AccessTeam, (*Server).exportInvitations},
		{get, exportSignatoriesPath, AccessTeam, (*Server).exportSignatories},
		{get, "/equipe/invitations/nouvelle", AccessWriter, (*Server).showInvite},
		{post, "/equipe/invitations/nouvelle", AccessWriter, (*Server).invite},
		{get, importPath, AccessWriter, (*Server).showImport},
		{post, importPath, AccessWriter, (*Server).importList},
		{get, importPath + "/modele.csv", AccessWriter, (*Server).importModel},
		{get, importPath + "/:id", AccessWriter, (*Server).batch},
		{get, importPath + "/:id/ecartees.csv", AccessWriter, (*Server).batchRefused},
		{post, importPath + "/:id/confirmer", AccessWriter, (*Server).confirmBatch},
		{post, importPath + "/:id/annuler", AccessWriter, (*Server).cancelBatch},
		{get, "/equipe/invitations/nouvelle/organisations.json", AccessWriter, (*Server).proposeOrganisations},
		{post, "/equipe/invitations/nouvelle/verifier", AccessWriter, (*Server).checkInvite},
		{post, "/equipe/invitations/nouvelle/apercu", AccessWriter, (*Server).showMailFrame},
		{get, "/equipe/invitations/:id", AccessTeam, (*Server).invitation},
		{get, "/equipe/invitations/:id/attestation.pdf", AccessTeam, (*Server).invitationFile},
		{get, "/equipe/invitations/:id/extrait.pdf", AccessTeam, (*Server).invitationExtract},
		{post, "/equipe/invitations/:id/renvoyer", AccessWriter, (*Server).resend},
		{post, "/equipe/invitations/:id/annuler", AccessWriter, (*Server).revoke},
		{post, "/equipe/invitations/:id/reinviter", AccessWriter, (*Server).inviteToCorrect},
		{get, "/equipe/campagnes", AccessTeam, (*Server).campaigns},
		{get, "/equipe/campagnes/nouvelle", AccessWriter, (*Server).showNewCampaign},
		{post, "/equipe/campagnes/nouvelle", AccessWriter, (*Server).addCampaign},
		{get, "/equipe/campagnes/:pole/:campaign", AccessTeam, (*Server).campaign},
		{get, "/equipe/campagnes/:pole/:campaign/modifier", AccessWriter, (*Server).showChangeCampaign},
		{post, "/equipe/campagnes/:pole/:campaign/modifier", AccessWriter, (*Server).changeCampaign},
		{get, "/equipe/campagnes/:pole/:campaign/attestations.pdf", AccessTeam, (*Server).campaignCopies},
		{get, "/equipe/campagnes/:pole/:campaign/bilan.pdf", AccessTeam, (*Server).campaignReport},
		{get, "/equipe/campagnes/:pole/:campaign/ceremonie", AccessTeam, (*Server).ceremony},
		{get, "/equipe/campagnes/:pole/:campaign/ceremonie/invites", AccessWriter, (*Server).guests},
		{get, "/equipe/campagnes/:pole/:campaign/ceremonie/invites/:id", AccessWriter, (*Server).guestAgain},
		{post, "/equipe/campagnes/:pole/:campaign/ceremonie/invites/:id", AccessWriter, (*Server).showGuest},
		{post, "/equipe/invitations/:id/corriger", AccessWriter, (*Server).correct},
		{post, "/equipe/invitations/:id/prolonger", AccessWriter, (*Server).extend},
		{post, "/equipe/invitations/:id/note", AccessWriter, (*Server).annotate},
		{post, "/equipe/invitations/:id/campagne", AccessWriter, (*Server).assign},
		{post, "/equipe/invitations/:id/contreseing", AccessWriter, (*Server).countersign},
		{post, "/equipe/invitations/:id/redemander", AccessWriter, (*Server).askSeatAgain},
		{get, "/equipe/invitations/:id/courriels/:delivery", AccessTeam, (*Server).mailCopy},
		{get, "/equipe/poles/:slug", AccessTeam, (*Server).showContact},
		{post, "/equipe/poles/:slug", AccessTeam, (*Server).saveContact},
		{post, "/equipe/poles/:slug/logo", AccessWriter, (*Server).saveLogo},
		{post, "/equipe/poles/:slug/logo/retirer", AccessWriter, (*Server).dropLogo},
		{get, "/equipe/profil", AccessTeam, (*Server).profile},
		{post, "/equipe/invitations/:id/rappeler", AccessWriter, (*Server).remindNow},
		{post, "/equipe/invitations/:id/ne-plus-rappeler", AccessWriter, (*Server).stopReminders},
		{post, "/equipe/invitations/:id/reprendre-rappels", AccessWriter, (*Server).resumeReminders},
		{get, "/equipe/poles/:slug/rappels", AccessTeam, (*Server).showReminders},
		{post, "/equipe/poles/:slug/rappels", AccessWriter, (*Server).saveReminders},
		{get, "/equipe/poles/:slug/desabonnements", AccessTeam, (*Server).suppressions},
		{post, "/equipe/poles/:slug/desabonnements", AccessWriter, (*Server).liftSuppression},
		{get, "/equipe/profil/application", AccessTeam, (*Server).showAuthenticator},
		{post, "/equipe/profil/application", AccessTeam, (*Server).saveAuthenticator},
		{post, "/equipe/profil/sessions/fermer", AccessTeam, (*Server).endOtherBrowsers},
		{post, "/equipe/profil/sessions/:session/fermer", AccessTeam, (*Server).endBrowser},

		{get, "/equipe/membres", AccessTeam, (*Server).members},
		{get, "/equipe/membres/nouveau", AccessManager, (*Server).showInviteMember},
		{post, "/equipe/membres/nouveau", AccessManager, (*Server).inviteMember},
		{get, "/equipe/membres/:member", AccessTeam, (*Server).member},
		{post, "/equipe/membres/:member", AccessManager, (*Server).changeMember},
		{post, "/equipe/membres/:member/fermer", AccessManager, (*Server).closeMember},
		{post, "/equipe/membres/:member/rouvrir", AccessManager, (*Server).reopenMember},
		{post, "/equipe/membres/:member/application", AccessManager, (*Server).resetMember},

		{get, "/equipe/declarations", AccessTeam, (*Server).declarations},
		{post, "/equipe/declarations", AccessWriter, (*Server).startDraft},
		{get, "/equipe/declarations/comparer", AccessTeam, (*Server).compareTexts},
		{get, "/equipe/declarations/adhesions", AccessWriter, (*Server).showRenewals},
		{post, "/equipe/declarations/adhesions", AccessWriter, (*Server).renew},
		{get, "/equipe/declarations/brouillons/:draft", AccessWriter, (*Server).showTextDraft},
		{post, "/equipe/declarations/brouillons/:draft", AccessWriter, (*Server).saveTextDraft},
		{get, "/equipe/declarations/brouillons/:draft/apercu", AccessWriter, (*Server).previewTextDraft},
		{get, "/equipe/declarations/brouillons/:draft/projet.pdf", AccessWriter, (*Server).textDraftFile},
		{get, "/equipe/declarations/brouillons/:draft/publier", AccessWriter, (*Server).showPublish},
		{post, "/equipe/declarations/brouillons/:draft/publier", AccessWriter, (*Server).publish},
		{post, "/equipe/declarations/brouillons/:draft/retirer", AccessWriter, (*Server).withdrawTextDraft},
		{post, "/equipe/declarations/brouillons/:draft/supprimer", AccessWriter, (*Server).dropTextDraft},

		{get, requestsPath, AccessTeam, (*Server).requests},
		{get, requestsPath + "/:id", AccessTeam, (*Server).request},
		{post, requestsPath + "/:id/classer", AccessWriter, (*Server).closeRequest},

		{get, signatoriesPath, AccessTeam, (*Server).signatories},
		{get, paperPath, AccessWriter, (*Server).showPaper},
		{post, paperPath, AccessWriter, (*Server).enterPaper},
		{get, paperPath + "/organisations.json", AccessWriter, (*Server).proposeForPaper},
		{get, paperImportPath, AccessWriter, paperLists.show},
		{post, paperImportPath, AccessWriter, paperLists.read},
		{get, paperImportPath + "/modele.csv", AccessWriter, paperLists.modelFile},
		{get, paperImportPath + "/:id", AccessWriter, paperLists.list},
		{get, paperImportPath + "/:id/ecartees.csv", AccessWriter, paperLists.refused},
		{post, paperImportPath + "/:id/confirmer", AccessWriter, paperLists.confirm},
		{post, paperImportPath + "/:id/annuler", AccessWriter, paperLists.cancel},
		{get, paperPath + "/:id", AccessTeam, (*Server).paper},
		{get, paperPath + "/:id" + scanEnd, AccessTeam, (*Server).scan},
		{post, paperPath + "/:id" + scanEnd, AccessWriter, (*Server).attachScan},
		{post, paperPath + "/:id/retirer", AccessWriter, (*Server).withdrawPaper},

		{get, teamSuppliersPath, AccessTeam, (*Server).teamSuppliers},
		{get, supplierNewPath, AccessWriter, (*Server).showNewSupplier},
		{post, supplierNewPath, AccessWriter, (*Server).addSupplier},
		{get, supplierImportPath, AccessWriter, supplierLists.show},
		{post, supplierImportPath, AccessWriter, supplierLists.read},
		{get, supplierImportPath + "/modele.csv", AccessWriter, supplierLists.modelFile},
		{get, supplierImportPath + "/:id", AccessWriter, supplierLists.list},
		{get, supplierImportPath + "/:id/ecartees.csv", AccessWriter, supplierLists.refused},
		{post, supplierImportPath + "/:id/confirmer", AccessWriter, supplierLists.confirm},
		{post, supplierImportPath + "/:id/annuler", AccessWriter, supplierLists.cancel},
		{get, teamSuppliersPath + "/:id", AccessTeam, (*Server).supplier},
		{post, teamSuppliersPath + "/:id", AccessWriter, (*Server).changeSupplier},
		{post, teamSuppliersPath + "/:id/retirer", AccessWriter, (*Server).withdrawSupplier},
		{post, teamSuppliersPath + "/:id/retablir", AccessWriter, (*Server).restoreSupplier},

		{get, "/demo/courriel", AccessDemo, (*Server).showMailbox},
		{get, "/demo/courriel/:id", AccessDemo, (*Server).showLetter},
		{get, "/demo/courriel/:id/:number", AccessDemo, (*Server).letterFile},
	}
}
