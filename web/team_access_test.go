package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"jachete/workflow"
)

// doors says what each kind of visitor is answered at each route, in the order
// of visitors. Bodies are empty. {open} is an invitation of estrie that is
// open, {signed} one that is signed, {batch} a list that nobody confirmed.
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
	"POST /equipe/invitations/:id/renvoyer {open}":                          {401, 403, 303, 404, 303, 303},
	"POST /equipe/invitations/:id/renvoyer {signed}":                        {401, 403, 409, 404, 303, 409},
	"POST /equipe/invitations/:id/annuler {open}":                           {401, 403, 303, 404, 303, 303},
	"POST /equipe/invitations/:id/annuler {signed}":                         {401, 403, 409, 404, 303, 409},
	"GET /equipe/poles/:slug":                                               {303, 200, 200, 404, 303, 200},
	"POST /equipe/poles/:slug":                                              {401, 403, 403, 404, 303, 303},
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
	"GET /equipe/invitations/:id/courriels/:delivery {open}": {303, 200, 200, 404, 303, 200},
	"GET /equipe/invitations/:id/courriels/AAAABBBB {open}":  {303, 404, 404, 404, 303, 404},
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
			case "{batch}":
				id = x.listed().ID
			}
			at := strings.NewReplacer(":id", id, ":slug", "estrie", ":pole", "estrie", ":campaign", campaign.Slug, ":delivery", x.mailOf(id)).Replace(path)
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
		at := strings.NewReplacer(":id", inv.ID, ":slug", "estrie", ":pole", "estrie").Replace(path)
		for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
			if known[method] || strings.HasSuffix(at, "/nouvelle") {
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

// What belongs to another pôle is answered as what does not exist, byte for
// byte.
func TestOtherPoleIsUnknown(t *testing.T) {
	x := newTeam(t)
	campaign := x.campaign()
	in := func(r *workflow.InviteRequest) { r.Campaign = campaign.Slug }
	inv, signed, list := must1(x.invited(in)), x.signedOne(in), x.listed().ID
	own := "/equipe/campagnes/estrie/" + campaign.Slug
	for _, c := range []struct{ method, real, unknown string }{
		{"GET", "/equipe/invitations/" + inv.ID, "/equipe/invitations/AAAABBBBCCCCDDDDEEEEFFFFGG"},
		{"GET", "/equipe/invitations/" + signed.ID + "/attestation.pdf", "/equipe/invitations/AAAABBBBCCCCDDDDEEEEFFFFGG/attestation.pdf"},
		{"POST", "/equipe/invitations/" + inv.ID + "/renvoyer", "/equipe/invitations/AAAABBBBCCCCDDDDEEEEFFFFGG/renvoyer"},
		{"POST", "/equipe/invitations/" + inv.ID + "/annuler", "/equipe/invitations/a%00b/annuler"},
		{"GET", "/equipe/invitations/importer/" + list, "/equipe/invitations/importer/AAAABBBBCCCCDDDDEEEEFFFFGG"},
		{"GET", "/equipe/invitations/importer/" + list + "/ecartees.csv", "/equipe/invitations/importer/AAAABBBBCCCCDDDDEEEEFFFFGG/ecartees.csv"},
		{"POST", "/equipe/invitations/importer/" + list + "/confirmer", "/equipe/invitations/importer/AAAABBBBCCCCDDDDEEEEFFFFGG/confirmer"},
		{"POST", "/equipe/invitations/importer/" + list + "/annuler", "/equipe/invitations/importer/a%00b/annuler"},
		{"GET", own, "/equipe/campagnes/estrie/inconnue"},
		{"GET", own, "/equipe/campagnes/partir/" + campaign.Slug},
		{"GET", own + "/modifier", "/equipe/campagnes/estrie/inconnue/modifier"},
		{"POST", own + "/modifier", "/equipe/campagnes/ESTRIE%2f/inconnue/modifier"},
		{"GET", own + "/attestations.pdf", "/equipe/campagnes/estrie/inconnue/attestations.pdf"},
		{"GET", own + "/bilan.pdf", "/equipe/campagnes/estrie/inconnue/bilan.pdf"},
		{"GET", exportPath + "?format=csv&pole=estrie", exportPath + "?format=csv&pole=partir"},
		{"GET", sheetPath + "?format=csv&pole=estrie", sheetPath + "?format=csv&pole=partir"},
		{"GET", own + "/ceremonie", "/equipe/campagnes/estrie/a%00b/ceremonie"},
		{"GET", own + "/ceremonie/invites", "/equipe/campagnes/estrie/inconnue/ceremonie/invites"},
		{"POST", own + "/ceremonie/invites/" + inv.ID, "/equipe/campagnes/estrie/inconnue/ceremonie/invites/AAAABBBBCCCCDDDDEEEEFFFFGG"},
		{"GET", "/equipe/poles/estrie", "/equipe/poles/nulle-part"},
		{"POST", "/equipe/poles/estrie", "/equipe/poles/NULLE%2fPART"},
		{"POST", "/equipe/invitations/" + inv.ID + "/rappeler", "/equipe/invitations/AAAABBBBCCCCDDDDEEEEFFFFGG/rappeler"},
		{"POST", "/equipe/invitations/" + inv.ID + "/ne-plus-rappeler", "/equipe/invitations/AAAABBBBCCCCDDDDEEEEFFFFGG/ne-plus-rappeler"},
		{"POST", "/equipe/invitations/" + inv.ID + "/reprendre-rappels", "/equipe/invitations/AAAABBBBCCCCDDDDEEEEFFFFGG/reprendre-rappels"},
		{"GET", "/equipe/poles/estrie/rappels", "/equipe/poles/nulle-part/rappels"},
		{"POST", "/equipe/poles/estrie/rappels", "/equipe/poles/nulle-part/rappels"},
		{"GET", "/equipe/poles/estrie/desabonnements", "/equipe/poles/nulle-part/desabonnements"},
		{"POST", "/equipe/poles/estrie/desabonnements", "/equipe/poles/nulle-part/desabonnements"},
		{"POST", "/equipe/invitations/" + inv.ID + "/corriger", "/equipe/invitations/AAAABBBBCCCCDDDDEEEEFFFFGG/corriger"},
		{"POST", "/equipe/invitations/" + inv.ID + "/prolonger", "/equipe/invitations/AAAABBBBCCCCDDDDEEEEFFFFGG/prolonger"},
		{"POST", "/equipe/invitations/" + inv.ID + "/note", "/equipe/invitations/AAAABBBBCCCCDDDDEEEEFFFFGG/note"},
		{"POST", "/equipe/invitations/" + inv.ID + "/campagne", "/equipe/invitations/AAAABBBBCCCCDDDDEEEEFFFFGG/campagne"},
		{"GET", "/equipe/invitations/" + inv.ID + "/courriels/" + x.mailOf(inv.ID), "/equipe/invitations/AAAABBBBCCCCDDDDEEEEFFFFGG/courriels/AAAA"},
		{"GET", "/equipe/invitations?pole=estrie", "/equipe/invitations?pole=partir"},
	} {
		a, b := x.as("elsewhere").send(c.method, c.real, ""), x.as("elsewhere").send(c.method, c.unknown, "")
		same := strings.NewReplacer("pole=estrie", "…", "pole=partir", "…")
		if a.StatusCode != b.StatusCode || same.Replace(a.body) != same.Replace(b.body) || a.StatusCode < 400 {
			t.Errorf("%s %s: %d and %d, or another body", c.method, c.real, a.StatusCode, b.StatusCode)
		}
		moving := []string{"Content-Security-Policy", "Date"} // holds the nonce, and the second
		for name := range a.Header {
			if !slices.Contains(moving, name) && a.Header.Get(name) != b.Header.Get(name) {
				t.Errorf("%s %s: %s tells them apart", c.method, c.real, name)
			}
		}
	}
	if list := x.as("elsewhere").open("/equipe/invitations").must(t, 200).body; strings.Contains(list, inv.ID) || strings.Contains(list, signed.ID) {
		t.Error("the list shows another pôle's invitations")
	}
}

func must1[A, B any](a A, _ B) A { return a }

func TestOtherSitesCannotPost(t *testing.T) {
	x := newTeam(t)
	inv, _ := x.invited()
	for header, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"} {
		b := x.as("agent")
		b.headers[header] = value
		for _, r := range Routes() {
			if r.Method == post && strings.HasPrefix(r.Path, "/equipe") {
				b.post(strings.NewReplacer(":id", inv.ID, ":slug", "estrie").Replace(r.Path)).must(t, 403)
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
