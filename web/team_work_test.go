package web

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jachete/workflow"
	"jachete/workflow/territory"
)

// goodInvite is a form that is accepted; pairs change it.
func goodInvite(pairs ...string) []string {
	form := map[string]string{"organisation": "Ville de Rivière-Exemple", "kind": "municipality", "municipality": "Sherbrooke — 43027",
		"mrc": "", "region": "", "neq": "", "name": "Camille Exemple", "function": "Greffière", "email": "camille@example.org",
		"lang": "fr", "source": "Rencontre", "message": "Bonjour!", "expires": "60"}
	for i := 0; i < len(pairs); i += 2 {
		form[pairs[i]] = pairs[i+1]
	}
	var list []string
	for name, value := range form {
		list = append(list, name, value)
	}
	return list
}

// created follows the answer to a form to the page of the new invitation.
func created(t *testing.T, b *browser, a answer) (id string, page answer) {
	t.Helper()
	a.must(t, http.StatusSeeOther)
	to := a.Header.Get("Location")
	id, said, _ := strings.Cut(strings.TrimPrefix(to, "/equipe/invitations/"), "?")
	if said != "fait=creee" {
		t.Fatalf("leads to %s", to)
	}
	return id, b.open(to).must(t, 200)
}

func TestInviting(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	form := b.open("/equipe/invitations/nouvelle?choix=autre").must(t, 200)
	form.says(t, "Nouvelle invitation", "n’a pas d’adresse postale")
	if !strings.Contains(form.body, `<option value="Sherbrooke — 43027">`) || strings.Contains(form.body, "— 58227") {
		t.Error("the municipalities proposed are not those of the territory")
	}
	if strings.Contains(form.body, `name="pole"`) {
		t.Error("there is one pôle, and the form asks which")
	}
	id, page := created(t, b, b.post("/equipe/invitations/nouvelle", goodInvite("neq", "1199999906", "expires", "30", "message", "Au plaisir!")...))
	page.says(t, "L’invitation est créée", "En file", "Sherbrooke", "Au plaisir!", "Invitation créée par vous")
	v, err := x.world.Invitation(t.Context(), workflow.Operator(), id)
	if err != nil || v.PoleSlug != "estrie" || v.Organisation.MunicipalityCode != "43027" || v.ExpiresAt.Sub(v.CreatedAt).Hours() != 30*24 {
		t.Errorf("%+v %v", v.InvitationView, err)
	}
	if strings.Contains(page.body, "forme inhabituelle") {
		t.Error("a good NEQ is doubted")
	}
	b.open("/equipe").must(t, 200).says(t, "1 invitation", "En file", "Ville de Rivière-Exemple", "En file d’envoi")
	again := b.post("/equipe/invitations/nouvelle", goodInvite()...).must(t, http.StatusConflict)
	again.says(t, "a déjà une invitation ouverte")
	if !strings.Contains(again.body, `href="/equipe/invitations/`+id+`"`) || !strings.Contains(again.body, `value="camille@example.org"`) {
		t.Error("the way to the open invitation, or what was typed, is missing")
	}
	_, page = created(t, b, b.post("/equipe/invitations/nouvelle", goodInvite("email", "b@example.org", "organisation", "Autre", "kind", "other", "neq", "1199999907")...))
	page.says(t, "Le NEQ 1199999907 a une forme inhabituelle") // a warning, no refusal
}

func TestInviteFormComesBackFilled(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	for name, c := range map[string]struct{ field, value, says string }{
		"emoji in name":    {"name", "Camille 😀", "ne peut pas être imprimé sur l’attestation"},
		"bidi in name":     {"organisation", "Ville \u202eexe.gnp", "renverse le sens de lecture"},
		"zero width":       {"function", "Gref\u200bfière", "caractère invisible"},
		"control":          {"source", "a\tb", "caractère de commande"},
		"link in message":  {"message", "Voir www.example.org", "retirez l’adresse Web"},
		"address":          {"email", "camille@@example.org", "adresse complète"},
		"no such place":    {"municipality", "Nulle-Part — 99999", "n’existent pas ou se contredisent"},
		"contradiction":    {"region", "16", "n’existent pas ou se contredisent"},
		"kind":             {"kind", "kingdom", "choisissez un type"},
		"neq":              {"neq", "12", "un NEQ a 10"},
		"days in words":    {"expires", "soixante", "nombre de jours"},
		"days without end": {"expires", "401", "nombre de jours"},
		"no day":           {"expires", "0", "nombre de jours"},
		"language":         {"lang", "de", "français ou l’anglais"},
	} {
		t.Run(name, func(t *testing.T) {
			a := b.post("/equipe/invitations/nouvelle", goodInvite(c.field, c.value)...).must(t, 422)
			if !strings.Contains(visible(a.body), c.says) {
				t.Errorf("the page does not say %q:\n%s", c.says, visible(a.body))
			}
			field := c.field
			if name == "contradiction" {
				field = "municipality"
			}
			if !strings.Contains(a.body, `href="#`+field+`"`) || !strings.Contains(a.body, `id="`+field+`-error"`) {
				t.Error("the summary does not lead to the field, or the sentence is not beside it")
			}
			if !strings.Contains(a.body, `value="camille`) || !strings.Contains(a.body, "Erreur\u00a0:") {
				t.Error("what was typed is lost, or the title does not say that it failed")
			}
		})
	}
	if _, total, err := x.world.Invitations(t.Context(), workflow.Operator(), workflow.InvitationFilter{}); err != nil || total != 0 {
		t.Errorf("%d invitations were kept (%v)", total, err)
	}
	a := b.send("POST", "/equipe/invitations/nouvelle?organisation=X&name=Y&email=z@example.org", "")
	a.must(t, 422)
	if strings.Contains(a.body, `value="X"`) {
		t.Error("the address fills in the form")
	}
}

func TestAdministratorMustChooseAPole(t *testing.T) {
	x := newTeam(t)
	x.enrol()
	b := x.as("admin")
	b.post("/equipe/invitations/nouvelle", goodInvite()...).must(t, 422).says(t, "choisissez le pôle qui invite")
	b.post("/equipe/invitations/nouvelle", goodInvite("name", "")...).must(t, 422).says(t, "choisissez le pôle qui invite", "écrivez une réponse")
	created(t, b, b.post("/equipe/invitations/nouvelle", goodInvite("pole", "estrie")...))
	x.as("agent").post("/equipe/invitations/nouvelle", goodInvite("pole", "montreal", "email", "c@example.org")...) // ignored: estrie is the only one
	if _, total, _ := x.world.Invitations(t.Context(), workflow.Operator(), workflow.InvitationFilter{Pole: "montreal"}); total != 0 {
		t.Error("an agent invites in another pôle's name")
	}
}

func TestMunicipalityAsTyped(t *testing.T) {
	x := newTeam(t)
	for typed, want := range map[string]string{"Sherbrooke — 43027": "43027", "43027": "43027", " 43027 ": "43027", "sherbrooke": "43027",
		"Nulle-Part": "Nulle-Part", "": "", "Rue 12345 B": "Rue 12345 B"} {
		if got := x.municipalityCode(typed); got != want {
			t.Errorf("%q is read as %q, want %q", typed, got, want)
		}
	}
	for _, m := range x.world.Atlas.Municipalities(territory.Set{}) {
		if got := x.municipalityCode(x.world.Atlas.Label(m) + " — " + m.Code); got != m.Code {
			t.Errorf("%s is read as %s", m.Code, got)
		}
	}
}

func TestResendKillsTheOldLink(t *testing.T) {
	x := newTeam(t)
	inv, token := x.invited()
	b := x.as("agent")
	x.browser().open("/i/"+token).must(t, 200)
	b.open("/equipe/invitations/"+inv.ID).must(t, 200).says(t, "L’ancien lien cesse de fonctionner")
	a := b.post("/equipe/invitations/" + inv.ID + "/renvoyer")
	a.leadsTo(t, "/equipe/invitations/"+inv.ID+"?fait=renvoyee")
	b.open(a.Header.Get("Location")).must(t, 200).says(t, "L’ancien lien ne fonctionne plus", "Nouveau lien demandé", "par vous")
	x.browser().open("/i/"+token).must(t, 410)
	mails := x.world.Deliver(t)
	if len(mails) != 1 {
		t.Fatalf("%d mails", len(mails))
	}
	fresh := "/i/" + mails[0].LinkURL[strings.LastIndex(mails[0].LinkURL, "/")+1:]
	x.browser().open(fresh).must(t, 200)
	b.post("/equipe/invitations/"+inv.ID+"/annuler").leadsTo(t, "/equipe/invitations/"+inv.ID+"?fait=annulee")
	b.open("/equipe/invitations/"+inv.ID).must(t, 200).says(t, "Annulée", "Invitation annulée")
	x.browser().open(fresh).must(t, 410)
	page := b.open("/equipe/invitations/"+inv.ID+"?fait=creee").must(t, 200)
	if strings.Contains(page.body, `role="status"`) {
		t.Error("an address makes the page claim what is not so")
	}
}

var localLinks = regexp.MustCompile(`(?:href|action)="(/equipe[^"]*)"`)

// Staff can see everything but a way in: no page of theirs holds a link that
// was mailed, nor the token of one.
func TestNoStaffPageHoldsALink(t *testing.T) {
	x := newTeam(t)
	x.enrol()
	var secrets []string
	for range 3 {
		inv, token := x.invited()
		secrets = append(secrets, token)
		if err := x.world.Resend(t.Context(), workflow.Operator(), inv.ID); err != nil {
			t.Fatal(err)
		}
		for _, m := range x.world.Deliver(t) {
			secrets = append(secrets, m.LinkURL[strings.LastIndex(m.LinkURL, "/")+1:])
		}
	}
	x.signedOne()
	for _, m := range x.world.Deliver(t) {
		if !strings.Contains(m.LinkURL, "/equipe/") { // the pôle's own copy leads here
			secrets = append(secrets, m.LinkURL[strings.LastIndex(m.LinkURL, "/")+1:])
		}
	}
	for _, kind := range []string{"reader", "agent", "admin"} {
		b, seen, next := x.as(kind), map[string]bool{}, []string{"/equipe"}
		for len(next) > 0 {
			path := next[0]
			next = next[1:]
			if seen[path] || strings.HasSuffix(path, ".pdf") {
				continue
			}
			seen[path] = true
			body := b.open(path).body
			for _, secret := range append(slices.Clone(secrets), "/i/", "/c/") {
				if strings.Contains(body, secret) {
					t.Errorf("%s sees %.20s… on %s", kind, secret, path)
				}
			}
			for _, m := range localLinks.FindAllStringSubmatch(body, -1) {
				next = append(next, strings.ReplaceAll(m[1], "&amp;", "&"))
			}
		}
		if len(seen) < 10 {
			t.Errorf("%s met %d pages", kind, len(seen))
		}
	}
}

func TestReaderSeesMaskedAddresses(t *testing.T) {
	x := newTeam(t)
	inv, _ := x.invited()
	page := "/equipe/invitations/" + inv.ID
	x.as("agent").open(page).must(t, 200).says(t, "camille@example.org", "Renvoyer l’invitation")
	a := x.as("reader").open(page).must(t, 200)
	a.says(t, "c…@example.org")
	for _, wrong := range []string{"camille@example.org", "<button", "nouvelle"} {
		if strings.Contains(a.body, wrong) {
			t.Errorf("a reader's page holds %s", wrong)
		}
	}
}

func TestDashboardTellsWhatNeedsAHand(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	b.open("/equipe").must(t, 200).says(t, "Aucune invitation pour l’instant", "Inviter une première organisation")
	x.as("reader").open("/equipe").must(t, 200).says(t, "Votre rôle permet de lire")
	soon, _ := x.invited(func(r *workflow.InviteRequest) { r.Organisation, r.Life = "MRC du Haut-Essai", workflow.EndingSoon-1 })
	later, _ := x.invited(func(r *workflow.InviteRequest) { r.Organisation, r.Life = "Cégep de la Démo", workflow.EndingSoon+1 })
	a := b.open("/equipe").must(t, 200)
	a.says(t, "1 lien se termine d’ici 7\u00a0jours", "2 invitations", "Prolonger\u00a0: MRC du Haut-Essai")
	ending, _, _ := strings.Cut(a.body[strings.Index(a.body, `class="attention"`):], "</section>")
	if !strings.Contains(ending, soon.ID) || strings.Contains(ending, later.ID) {
		t.Error("what ends soon is not what is told")
	}
	lost, err := x.world.Service.Invite(t.Context(), workflow.Operator(), workflow.InviteRequest{Pole: "estrie", Organisation: "Coopérative Gabarit",
		Kind: workflow.KindCooperative, Place: territory.Place{RegionCode: "05"}, Source: "x",
		Contact: workflow.Contact{Name: "Camille Exemple", Function: "Direction", Email: "lost@example.org"}})
	if err != nil {
		t.Fatal(err)
	}
	deliveries, err := x.world.ClaimDeliveries(t.Context(), 1)
	if err != nil || len(deliveries) != 1 {
		t.Fatal(deliveries, err)
	}
	if err := x.world.SettleDelivery(t.Context(), deliveries[0], workflow.Outcome{Permanent: true, Answer: "550 5.1.1 <b>unknown</b>"}); err != nil {
		t.Fatal(err)
	}
	b.open("/equipe").must(t, 200).says(t, "1 courriel non remis", "Corriger l’adresse\u00a0: Coopérative Gabarit", "Refusée pour de bon")
	b.open("/equipe/invitations/"+lost.ID).must(t, 200).says(t, "Non remise", "550 5.1.1 <b>unknown</b>", "Courriel refusé pour de bon")
}

func TestListUnderFilters(t *testing.T) {
	x := newTeam(t)
	for range workflow.PageSize + 1 {
		x.invited()
	}
	inv, _ := x.invited(func(r *workflow.InviteRequest) { r.Organisation = "Saint-Louis-du-Ha! Ha!" })
	b := x.as("agent")
	first := b.open("/equipe/invitations").must(t, 200)
	first.says(t, "27 invitations", "Page 1 de 2", "Page suivante")
	b.open("/equipe/invitations?page=2").must(t, 200).says(t, "Page précédente")
	found := b.open("/equipe/invitations?q=louis&etat=sent").must(t, 200)
	found.says(t, "1 invitation", "État\u00a0: Envoyée", "Chercher\u00a0: louis")
	if !strings.Contains(found.body, inv.ID) || !strings.Contains(found.body, `href="/equipe/invitations?q=louis"`) {
		t.Error("the invitation is not there, or a filter cannot be removed by itself")
	}
	b.open("/equipe/invitations?etat=signed").must(t, 200).says(t, "Aucun résultat")
	for _, bad := range []string{"etat=lost", "page=0", "page=x", "pole=montreal", "q=" + strings.Repeat("a", 201)} {
		b.open("/equipe/invitations?"+bad).must(t, 422)
	}
}

func TestContactOfAPole(t *testing.T) {
	x := newTeam(t)
	x.enrol()
	b := x.as("admin")
	b.post("/equipe/poles/estrie", "address", "3, rue du Gabarit", "phone", "819 555-0103", "email", "x@").must(t, 422).
		says(t, "adresse complète")
	b.post("/equipe/poles/estrie", "address", "3, rue du Gabarit", "phone", "819 555-0103", "email", "pole@example.org").
		leadsTo(t, "/equipe/poles/estrie?fait=enregistree")
	b.open("/equipe/poles/estrie?fait=enregistree").must(t, 200).says(t, "est enregistré")
	x.as("reader").open("/equipe/poles/estrie").must(t, 200).says(t, "3, rue du Gabarit", "pole@example.org", "Pour les changer")
	if page := x.as("agent").open("/equipe").must(t, 200); strings.Contains(page.body, "pas d’adresse postale") {
		t.Error("the banner stays after the address was given")
	}
}

func TestNEQCheckOnlyDoubts(t *testing.T) {
	for _, good := range []string{"1199999906", "1199999914", "1199999997", "8899999906", ""} {
		if neqDoubtful(good) {
			t.Errorf("%s is doubted", good)
		}
	}
	for _, doubtful := range []string{"1199999907", "1199999960"} {
		if !neqDoubtful(doubtful) {
			t.Errorf("%s is not doubted", doubtful)
		}
	}
}

func TestTargetsOfRedirectsAreChecked(t *testing.T) {
	for id, want := range map[string]string{"ABC234": "/equipe/invitations/ABC234", "": "/equipe/invitations", "//evil.example": "/equipe/invitations",
		"a\r\nb": "/equipe/invitations", "../x": "/equipe/invitations"} {
		if got := invitationPath(id); got != want {
			t.Errorf("%q leads to %q", id, got)
		}
	}
	for slug, want := range map[string]string{"estrie": "/equipe/poles/estrie", "//evil.example": "/equipe/profil", "": "/equipe/profil"} {
		if got := polePath(slug); got != want {
			t.Errorf("%q leads to %q", slug, got)
		}
	}
}
