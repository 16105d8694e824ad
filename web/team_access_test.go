package web

import (
	"net/http"
	"strings"
	"testing"

	"jachete/workflow"
)

// doors says what each kind of visitor is answered at each route, in the order
// of visitors. Bodies are empty. {open} is an invitation of estrie that is
// open, {signed} one that is signed, {extract} one with an extract of the minutes, {batch} a list that nobody confirmed,
// {paper} an entry of the paper register, {paper list} a list of such, {supplier}
// and {supplier list} likewise, {request} a request for an invitation.
var doors = map[string][6]int{
	//                                                     anon reader agent elsewhere half admin
	"GET /equipe/connexion":                                                 {200, 303, 303, 303, 200, 303},
	"POST /equipe/connexion":                                                {422, 422, 422, 422, 422, 422},
	"GET /equipe/connexion/code":                                            {303, 303, 303, 303, 303, 303},
	"POST /equipe/connexion/code":                                           {422, 422, 422, 422, 422, 422},
	"GET /equipe/connexion/application":                                     {303, 303, 303, 303, 200, 303},
	"POST /equipe/connexion/application":                                    {401, 303, 303, 303, 422, 303},
	"POST /equipe/deconnexion":                                              {401, 303, 303, 303, 303, 303},
	"GET /equipe":                                                           {303, 200, 200, 200, 303, 200},
	"GET /equipe/invitations":                                               {303, 200, 200, 200, 303, 200},
	"GET /equipe/invitations/exporter {csv}":                                {303, 200, 200, 200, 303, 200},
	"GET /equipe/signataires/exporter {csv}":                                {303, 200, 200, 200, 303, 200},
	"GET /equipe/invitations/nouvelle":                                      {303, 403, 200, 200, 303, 200},
	"POST /equipe/invitations/nouvelle":                                     {401, 403, 422, 422, 303, 422},
	"GET /equipe/invitations/importer":                                      {303, 403, 200, 200, 303, 200},
	"POST /equipe/invitations/importer":                                     {401, 403, 415, 415, 303, 415},
	"GET /equipe/invitations/importer/modele.csv":                           {303, 403, 200, 200, 303, 200},
	"GET /equipe/invitations/importer/:id {batch}":                          {303, 403, 200, 404, 303, 200},
	"GET /equipe/invitations/importer/:id/ecartees.csv {batch}":             {303, 403, 200, 404, 303, 200},
	"POST /equipe/invitations/importer/:id/confirmer {batch}":               {401, 403, 422, 404, 303, 422},
	"POST /equipe/invitations/importer/:id/annuler {batch}":                 {401, 403, 303, 404, 303, 303},
	"GET /equipe/invitations/:id {open}":                                    {303, 200, 200, 404, 303, 200},
	"GET /equipe/invitations/:id/attestation.pdf {signed}":                  {303, 200, 200, 404, 303, 200},
	"GET /equipe/invitations/:id/attestation.pdf {open}":                    {303, 404, 404, 404, 303, 404},
	"GET /equipe/invitations/:id/extrait.pdf {extract}":                     {303, 200, 200, 404, 303, 200},
	"GET /equipe/invitations/:id/extrait.pdf {open}":                        {303, 404, 404, 404, 303, 404},
	"POST /equipe/invitations/:id/renvoyer {open}":                          {401, 403, 303, 404, 303, 303},
	"POST /equipe/invitations/:id/renvoyer {signed}":                        {401, 403, 409, 404, 303, 409},
	"POST /equipe/invitations/:id/annuler {open}":                           {401, 403, 303, 404, 303, 303},
	"POST /equipe/invitations/:id/reinviter {signed}":                       {401, 403, 409, 404, 303, 409},
	"POST /equipe/invitations/:id/annuler {signed}":                         {401, 403, 409, 404, 303, 409},
	"GET /equipe/poles/:slug":                                               {303, 200, 200, 404, 303, 200},
	"POST /equipe/poles/:slug":                                              {401, 403, 303, 404, 303, 303},
	"GET /equipe/profil":                                                    {303, 200, 200, 200, 303, 200},
	"GET /equipe/campagnes":                                                 {303, 200, 200, 200, 303, 200},
	"GET /equipe/campagnes/nouvelle":                                        {303, 403, 200, 200, 303, 200},
	"POST /equipe/campagnes/nouvelle":                                       {401, 403, 422, 422, 303, 422},
	"GET /equipe/campagnes/:pole/:campaign":                                 {303, 200, 200, 404, 303, 200},
	"GET /equipe/campagnes/:pole/:campaign/modifier":                        {303, 403, 200, 404, 303, 200},
	"POST /equipe/campagnes/:pole/:campaign/modifier":                       {401, 403, 422, 404, 303, 422},
	"GET /equipe/campagnes/:pole/:campaign/attestations.pdf":                {303, 200, 200, 404, 303, 200},
	"GET /equipe/campagnes/:pole/:campaign/bilan.pdf":                       {303, 200, 200, 404, 303, 200},
	"GET /equipe/campagnes/:pole/:campaign/ceremonie":                       {303, 200, 200, 404, 303, 200},
	"GET /equipe/campagnes/:pole/:campaign/ceremonie/invites":               {303, 403, 200, 404, 303, 200},
	"GET /equipe/campagnes/:pole/:campaign/ceremonie/invites/:id {open}":    {303, 403, 303, 404, 303, 303},
	"POST /equipe/campagnes/:pole/:campaign/ceremonie/invites/:id {open}":   {401, 403, 200, 404, 303, 200},
	"POST /equipe/campagnes/:pole/:campaign/ceremonie/invites/:id {signed}": {401, 403, 409, 404, 303, 409},
	"POST /equipe/invitations/:id/rappeler {open}":                          {401, 403, 303, 404, 303, 303},
	"POST /equipe/invitations/:id/rappeler {signed}":                        {401, 403, 409, 404, 303, 409},
	"POST /equipe/invitations/:id/ne-plus-rappeler {open}":                  {401, 403, 303, 404, 303, 303},
	"POST /equipe/invitations/:id/reprendre-rappels {open}":                 {401, 403, 303, 404, 303, 303},
	"GET /equipe/poles/:slug/rappels":                                       {303, 200, 200, 404, 303, 200},
	"POST /equipe/poles/:slug/rappels":                                      {401, 403, 422, 404, 303, 422},
	"GET /equipe/poles/:slug/desabonnements":                                {303, 200, 200, 404, 303, 200},
	"POST /equipe/poles/:slug/desabonnements":                               {401, 403, 404, 404, 303, 404},

	"GET /equipe/invitations/nouvelle/organisations.json":    {303, 403, 200, 200, 303, 200},
	"POST /equipe/invitations/nouvelle/verifier":             {401, 403, 422, 422, 303, 422},
	"POST /equipe/invitations/nouvelle/apercu":               {401, 403, 422, 422, 303, 422},
	"POST /equipe/invitations/:id/corriger {open}":           {401, 403, 422, 404, 303, 422},
	"POST /equipe/invitations/:id/corriger {signed}":         {401, 403, 409, 404, 303, 409},
	"POST /equipe/invitations/:id/prolonger {open}":          {401, 403, 422, 404, 303, 422},
	"POST /equipe/invitations/:id/prolonger {signed}":        {401, 403, 409, 404, 303, 409},
	"POST /equipe/invitations/:id/note {signed}":             {401, 403, 303, 404, 303, 303},
	"POST /equipe/invitations/:id/campagne {open}":           {401, 403, 303, 404, 303, 303},
	"POST /equipe/invitations/:id/campagne {signed}":         {401, 403, 409, 404, 303, 409},
	"POST /equipe/invitations/:id/contreseing {open}":        {401, 403, 303, 404, 303, 303},
	"POST /equipe/invitations/:id/contreseing {signed}":      {401, 403, 409, 404, 303, 409},
	"POST /equipe/invitations/:id/redemander {open}":         {401, 403, 409, 404, 303, 409},
	"GET /equipe/invitations/:id/courriels/:delivery {open}": {303, 200, 200, 404, 303, 200},
	"GET /equipe/invitations/:id/courriels/AAAABBBB {open}":  {303, 404, 404, 404, 303, 404},

	"POST /equipe/poles/:slug/logo":                         {401, 403, 415, 404, 303, 415},
	"POST /equipe/poles/:slug/logo/retirer":                 {401, 403, 303, 404, 303, 303},
	"GET /equipe/profil/application":                        {303, 200, 200, 200, 303, 200},
	"POST /equipe/profil/application":                       {401, 422, 422, 422, 303, 422},
	"POST /equipe/profil/sessions/fermer":                   {401, 303, 303, 303, 303, 303},
	"POST /equipe/profil/sessions/:session/fermer":          {401, 404, 404, 404, 303, 404},
	"GET /equipe/membres":                                   {303, 200, 200, 200, 303, 200},
	"GET /equipe/membres/nouveau":                           {303, 403, 403, 403, 303, 200},
	"POST /equipe/membres/nouveau":                          {401, 403, 403, 403, 303, 422},
	"GET /equipe/membres/:member":                           {303, 200, 200, 404, 303, 200},
	"POST /equipe/membres/:member":                          {401, 403, 403, 403, 303, 422},
	"POST /equipe/membres/:member/fermer":                   {401, 403, 403, 403, 303, 303},
	"POST /equipe/membres/:member/rouvrir":                  {401, 403, 403, 403, 303, 303},
	"POST /equipe/membres/:member/application":              {401, 403, 403, 403, 303, 303},
	"GET /equipe/declarations":                              {303, 200, 200, 200, 303, 200},
	"POST /equipe/declarations":                             {401, 403, 422, 422, 303, 422},
	"GET /equipe/declarations/comparer":                     {303, 200, 200, 200, 303, 200},
	"GET /equipe/declarations/adhesions":                    {303, 403, 200, 200, 303, 200},
	"POST /equipe/declarations/adhesions":                   {401, 403, 404, 404, 303, 404},
	"GET /equipe/declarations/brouillons/:draft":            {303, 403, 200, 404, 303, 200},
	"POST /equipe/declarations/brouillons/:draft":           {401, 403, 409, 404, 303, 409},
	"GET /equipe/declarations/brouillons/:draft/apercu":     {303, 403, 200, 404, 303, 200},
	"GET /equipe/declarations/brouillons/:draft/projet.pdf": {303, 403, 200, 404, 303, 200},
	"GET /equipe/declarations/brouillons/:draft/publier":    {303, 403, 422, 404, 303, 422},
	"POST /equipe/declarations/brouillons/:draft/publier":   {401, 403, 422, 404, 303, 422},
	"POST /equipe/declarations/brouillons/:draft/retirer":   {401, 403, 409, 404, 303, 409},
	"POST /equipe/declarations/brouillons/:draft/supprimer": {401, 403, 409, 404, 303, 409},

	"GET /equipe/demandes":                                                  {303, 200, 200, 200, 303, 200},
	"GET /equipe/demandes/:id {request}":                                    {303, 200, 200, 404, 303, 200},
	"POST /equipe/demandes/:id/classer {request}":                           {401, 403, 422, 404, 303, 422},
	"GET /equipe/signataires":                                               {303, 200, 200, 200, 303, 200},
	"GET /equipe/signataires/papier":                                        {303, 403, 200, 200, 303, 200},
	"POST /equipe/signataires/papier":                                       {401, 403, 415, 415, 303, 415},
	"GET /equipe/signataires/papier/organisations.json":                     {303, 403, 200, 200, 303, 200},
	"GET /equipe/signataires/papier/importer":                               {303, 403, 200, 200, 303, 200},
	"POST /equipe/signataires/papier/importer":                              {401, 403, 415, 415, 303, 415},
	"GET /equipe/signataires/papier/importer/modele.csv":                    {303, 403, 200, 200, 303, 200},
	"GET /equipe/signataires/papier/importer/:id {paper list}":              {303, 403, 200, 404, 303, 200},
	"GET /equipe/signataires/papier/importer/:id/ecartees.csv {paper list}": {303, 403, 200, 404, 303, 200},
	"POST /equipe/signataires/papier/importer/:id/confirmer {paper list}":   {401, 403, 422, 404, 303, 422},
	"POST /equipe/signataires/papier/importer/:id/annuler {paper list}":     {401, 403, 303, 404, 303, 303},
	"GET /equipe/signataires/papier/importer/:id {batch}":                   {303, 403, 404, 404, 303, 404},
	"GET /equipe/signataires/papier/:id {paper}":                            {303, 200, 200, 404, 303, 200},
	"GET /equipe/signataires/papier/:id/numerisation {paper}":               {303, 200, 200, 404, 303, 200},
	"POST /equipe/signataires/papier/:id/numerisation {paper}":              {401, 403, 415, 415, 303, 415},
	"POST /equipe/signataires/papier/:id/retirer {paper}":                   {401, 403, 422, 404, 303, 422},
	"GET /equipe/invitations/importer/:id {paper list}":                     {303, 403, 404, 404, 303, 404},

	"GET /equipe/fournisseurs":                                           {303, 200, 200, 200, 303, 200},
	"GET /equipe/fournisseurs/nouveau":                                   {303, 403, 200, 200, 303, 200},
	"POST /equipe/fournisseurs/nouveau":                                  {401, 403, 422, 422, 303, 422},
	"GET /equipe/fournisseurs/importer":                                  {303, 403, 200, 200, 303, 200},
	"POST /equipe/fournisseurs/importer":                                 {401, 403, 415, 415, 303, 415},
	"GET /equipe/fournisseurs/importer/modele.csv":                       {303, 403, 200, 200, 303, 200},
	"GET /equipe/fournisseurs/importer/:id {supplier list}":              {303, 403, 200, 404, 303, 200},
	"GET /equipe/fournisseurs/importer/:id/ecartees.csv {supplier list}": {303, 403, 200, 404, 303, 200},
	"POST /equipe/fournisseurs/importer/:id/confirmer {supplier list}":   {401, 403, 422, 404, 303, 422},
	"POST /equipe/fournisseurs/importer/:id/annuler {supplier list}":     {401, 403, 303, 404, 303, 303},
	"GET /equipe/fournisseurs/importer/:id {paper list}":                 {303, 403, 404, 404, 303, 404},
	"GET /equipe/fournisseurs/:id {supplier}":                            {303, 200, 200, 404, 303, 200},
	"POST /equipe/fournisseurs/:id {supplier}":                           {401, 403, 422, 404, 303, 422},
	"POST /equipe/fournisseurs/:id/retirer {supplier}":                   {401, 403, 303, 404, 303, 303},
	"POST /equipe/fournisseurs/:id/retablir {supplier}":                  {401, 403, 303, 404, 303, 303},
}

// doorAt is the address of a route for an invitation and what else belongs to
// estrie: the pôle, two people who visit nothing, and a text in preparation.
func (x *teamSite) doorAt(path, invitation string) string {
	x.t.Helper()
	return strings.NewReplacer(":id", invitation, ":slug", "estrie", ":member/", x.people["leaving"].ID+"/", ":member", x.people["colleague"].ID, ":draft", x.draftOfEstrie(),
		":session", "0123456789abcdef").Replace(path)
}

// draftOfEstrie gives the id of a text of estrie in preparation.
func (x *teamSite) draftOfEstrie() string {
	x.t.Helper()
	if x.draft == "" {
		var err error
		if x.draft, err = x.world.StartDraft(x.t.Context(), workflow.Operator(), "estrie"); err != nil {
			x.t.Fatal(err)
		}
	}
	return x.draft
}

func TestEveryStaffDoorForEveryVisitor(t *testing.T) {
	x := newTeam(t)
	x.enrol()
	campaign := x.campaign()
	in := func(r *workflow.InviteRequest) { r.Campaign = campaign.Slug }
	signed := x.signedOne(in)
	for door, want := range doors {
		method, rest, _ := strings.Cut(door, " ")
		path, which, _ := strings.Cut(rest, " ")
		for i, kind := range visitors {
			id := signed.ID
			switch which {
			case "{open}":
				open, _ := x.invited(in)
				id = open.ID
			case "{extract}":
				id = x.withExtract().ID
			case "{batch}":
				id = x.listed().ID
			case "{paper}":
				id = x.onPaper().Commitment.ID
			case "{paper list}":
				id = x.paperListed().ID
			case "{supplier}":
				id = x.supplier().ID
			case "{supplier list}":
				id = x.suppliersListed().ID
			case "{request}":
				id = x.requested().ID
			}
			at := strings.NewReplacer(":pole", "estrie", ":campaign", campaign.Slug, ":delivery", x.mailOf(id)).Replace(x.doorAt(path, id))
			if which == "{csv}" {
				at += "?format=csv"
			}
			a := x.as(kind).send(method, at, "")
			if a.StatusCode != want[i] {
				t.Errorf("%s as %s: %d, want %d", door, kind, a.StatusCode, want[i])
			}
			if got := a.Header.Get("Cache-Control"); got != "no-store" {
				t.Errorf("%s as %s: Cache-Control %q", door, kind, got)
			}
			if to := a.Header.Get("Location"); a.StatusCode == 303 && kind == "anonymous" && to != "/equipe/connexion" {
				t.Errorf("%s as %s leads to %s", door, kind, to)
			}
			if method == http.MethodGet {
				if h := x.as(kind).send(http.MethodHead, at, ""); h.StatusCode != want[i] || h.body != "" {
					t.Errorf("HEAD %s as %s: %d, want %d", door, kind, h.StatusCode, want[i])
				}
			}
		}
	}
}

func TestEveryStaffRouteIsInTheTableOfDoors(t *testing.T) {
	known := map[string]bool{}
	for door := range doors {
		route, _, _ := strings.Cut(door, " {")
		known[route] = true
	}
	for _, r := range Routes() {
		if strings.HasPrefix(r.Path, "/equipe") && !known[r.Method+" "+r.Path] {
			t.Errorf("%s %s: nobody says who may pass", r.Method, r.Path)
		}
	}
}

// Other methods reach nothing, whoever asks.
func TestOtherMethodsAreRefusedAtStaffRoutes(t *testing.T) {
	x := newTeam(t)
	x.enrol()
	methods := map[string]map[string]bool{}
	for _, r := range Routes() {
		if strings.HasPrefix(r.Path, "/equipe") {
			if methods[r.Path] == nil {
				methods[r.Path] = map[string]bool{}
			}
			methods[r.Path][r.Method] = true
		}
	}
	inv, _ := x.invited()
	for path, known := range methods {
		at := strings.NewReplacer(":pole", "estrie").Replace(x.doorAt(path, inv.ID))
		for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
			if known[method] || strings.HasSuffix(at, "/nouvelle") || strings.HasSuffix(at, "/nouveau") {
				continue
			}
			for _, kind := range []string{"anonymous", "admin"} {
				if a := x.as(kind).send(method, at, ""); a.StatusCode != 405 && a.StatusCode != 404 {
					t.Errorf("%s %s as %s: %d", method, path, kind, a.StatusCode)
				}
			}
		}
	}
}

func TestOtherSitesCannotPost(t *testing.T) {
	x := newTeam(t)
	inv, _ := x.invited()
	for header, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"} {
		b := x.as("agent")
		b.headers[header] = value
		for _, r := range Routes() {
			if r.Method == post && strings.HasPrefix(r.Path, "/equipe") {
				b.post(x.doorAt(r.Path, inv.ID)).must(t, 403)
			}
		}
	}
	page, err := x.world.Invitation(t.Context(), workflow.Operator(), inv.ID)
	if err != nil || page.State != workflow.StateSent || page.Issue != 1 {
		t.Errorf("the invitation became %s, issue %d (%v)", page.State, page.Issue, err)
	}
}

// A member's session opens no signing page.
func TestStaffDoNotSign(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	b.cookies[cookieSigning] = b.cookies[cookieTeam]
	for _, path := range []string{"/signature", "/signature/organisation", "/signature/signer"} {
		b.post(path, "consent", "1", "typed", "Camille Exemple").must(t, 401)
	}
}
