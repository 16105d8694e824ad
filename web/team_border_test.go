package web

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"jachete/workflow"
)

// parameter is one of a route's address, such as ":id".
var parameter = regexp.MustCompile(`:[a-z]+`)

// nobodys has the shape of an id.
const nobodys = "AAAABBBBCCCCDDDDEEEEFFFFGG"

// estate is one of everything that belongs to estrie, by the part of a route's
// address that names it; a longer part comes before a shorter one.
func (x *teamSite) estate() []string {
	x.t.Helper()
	campaign := x.campaign(func(r *workflow.CampaignRequest) {
		r.Embargo = workflow.LocalTime{Day: "2026-12-15", Hour: "16 h"}
	})
	in := func(r *workflow.InviteRequest) { r.Campaign = campaign.Slug }
	open, _ := x.invited(in)
	signed := x.signedOne(in)
	return []string{
		"/demandes/:id", "/demandes/" + x.requested().ID, "/papier/importer/:id", "/papier/importer/" + x.paperListed().ID, "/papier/:id", "/papier/" + x.onPaper().Commitment.ID,
		"/fournisseurs/importer/:id", "/fournisseurs/importer/" + x.suppliersListed().ID, "/fournisseurs/:id", "/fournisseurs/" + x.supplier().ID,
		"/importer/:id", "/importer/" + x.listed().ID, ":delivery", x.mailOf(open.ID), "/:id/attestation.pdf", "/" + signed.ID + "/attestation.pdf", "/:id/extrait.pdf", "/" + x.withExtract().ID + "/extrait.pdf",
		":id", open.ID, ":pole", "estrie", ":slug", "estrie", ":campaign", campaign.Slug,
		":member", x.people["colleague"].ID, ":draft", x.draftOfEstrie(),
	}
}

// strangers are addresses like that of the route, each with something that does
// not exist: all of it, or one part.
func strangers(path, real string) (list []string) {
	for _, unknown := range []string{"nulle-part", nobodys, "a%00b", "ESTRIE%2f"} {
		list = append(list, parameter.ReplaceAllString(path, unknown))
	}
	parts, values := strings.Split(path, "/"), strings.Split(real, "/")
	for i, part := range parts {
		if parameter.MatchString(part) {
			one := slices.Clone(values)
			one[i] = parameter.ReplaceAllString(part, nobodys)
			list = append(list, strings.Join(one, "/"))
		}
	}
	return list
}

// Whatever a route names, what belongs to another pôle is answered as what does
// not exist, byte for byte.
func TestOtherPoleIsUnknown(t *testing.T) {
	x := newTeam(t)
	owned := strings.NewReplacer(x.estate()...)
	stranger := x.as("elsewhere")
	for _, r := range Routes() {
		if !strings.HasPrefix(r.Path, "/equipe") || !strings.Contains(r.Path, ":") || strings.Contains(r.Path, ":session") { // one's own
			continue
		}
		real := owned.Replace(r.Path)
		if strings.Contains(real, ":") {
			t.Errorf("%s: the test knows nothing of estrie's to put there", r.Path)
		}
		a := stranger.send(r.Method, real, "")
		for _, unknown := range strangers(r.Path, real) {
			wantSameRefusal(t, r.Method+" "+r.Path+" and "+unknown, a, stranger.send(r.Method, unknown, ""))
		}
	}
}

// wantSameRefusal: nothing tells the two apart.
func wantSameRefusal(t *testing.T, what string, a, b answer) {
	t.Helper()
	if a.StatusCode != b.StatusCode || a.body != b.body || a.StatusCode < 400 {
		t.Errorf("%s: %d and %d, or another body", what, a.StatusCode, b.StatusCode)
	}
	moving := []string{"Content-Security-Policy", "Date"} // holds the nonce, and the second
	for name := range a.Header {
		if !slices.Contains(moving, name) && a.Header.Get(name) != b.Header.Get(name) {
			t.Errorf("%s: %s tells them apart", what, name)
		}
	}
}

// questions are what may be asked of a page beside its address: of a pôle, a
// text and an organisation, which may be estrie's or nobody's.
func questions(pole, id string) []string {
	return []string{"", "?pole=" + pole, "?q=Ville", "?q=Camille", "?q=" + pole + "&pole=" + pole, "?campagne=" + pole + "/les-villes-de-l-estrie",
		"?de=1.0&a=" + id, "?etat=sent&tri=organisation", "?choix=o" + id, "?demande=" + id}
}

// nonce lets one answer's script run, and no other's.
var nonce = regexp.MustCompile(`nonce="[^"]+"`)

// lists are the staff's pages that name nothing in their address.
func lists() (addresses []string) {
	for _, r := range Routes() {
		if r.Method == get && strings.HasPrefix(r.Path, "/equipe") && !strings.Contains(r.Path, ":") {
			addresses = append(addresses, r.Path)
		}
	}
	return addresses
}

// What another pôle has and nobody published changes nothing in any list,
// count, search or export of one's own.
func TestOtherPolesChangeNothing(t *testing.T) {
	x := newTeam(t)
	stranger := x.as("elsewhere")
	before := map[string]string{}
	for _, path := range lists() {
		for _, q := range questions("estrie", nobodys) {
			before[path+q] = nonce.ReplaceAllString(stranger.open(path+q).body, "")
		}
	}
	now := x.world.Clock.Now()
	x.estate()
	x.world.Clock.Move(now.Sub(x.world.Clock.Now())) // pages may say the time
	for address, was := range before {
		if is := nonce.ReplaceAllString(stranger.open(address).body, ""); is != was {
			t.Errorf("%s says something else once estrie is at work", address)
		}
	}
}

// Asking for another pôle by name answers as asking for one that is not.
func TestOtherPoleByNameIsUnknown(t *testing.T) {
	x := newTeam(t)
	x.estate()
	stranger := x.as("elsewhere")
	invited, _ := x.invited()
	for _, id := range []string{x.draftOfEstrie(), invited.OrganisationID, x.requested().ID} {
		theirs, none := questions("estrie", id), questions("partir", nobodys)
		same := strings.NewReplacer("estrie", "…", "partir", "…", id, "…", nobodys, "…")
		said := func(a answer) string { return same.Replace(nonce.ReplaceAllString(a.body, "")) }
		for _, path := range lists() {
			for i := range theirs {
				a, b := stranger.open(path+theirs[i]), stranger.open(path+none[i])
				if a.StatusCode != b.StatusCode || said(a) != said(b) {
					t.Errorf("%s%s: %d, and %d for %s", path, theirs[i], a.StatusCode, b.StatusCode, none[i])
				}
			}
		}
	}
}
