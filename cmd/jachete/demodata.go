package main

import (
	"context"
	"fmt"
	"path"
	"time"

	"jachete/workflow"
	"jachete/workflow/territory"
)

// demoSignatory is a fictional organisation that has signed.
type demoSignatory struct {
	pole, organisation string
	kind               workflow.OrganisationKind
	region             string
	person, function   string
	resolution         string
	public             bool
	daysAgo            int
	quote              string // to be public; empty for none
}

var demoSignatories = []demoSignatory{
	{"montreal", "Cégep de la Démo", workflow.KindCollege, "06", "Dominique Modèle", "Direction générale", "", true, 640, ""},
	{"estrie", "MRC du Haut-Essai", workflow.KindMRC, "05", "Claude Gabarit", "Préfet", "2025-04-118", true, 585, ""},
	{"capitale-nationale", "Ville de L’Ancienne-Maquette", workflow.KindMunicipality, "03", "Andréa Spécimen", "Mairesse", "2025-0612", false, 480, ""},
	{"chaudiere-appalaches", "Municipalité de Saint-Spécimen-du-Ha! Ha!", workflow.KindMunicipality, "12", "Nguyễn Thị Exemple", "Greffière-trésorière", "070-25", true, 370, ""},
	{"longueuil", "Société de transport du Prototype", workflow.KindTransit, "16", "Łucja Épreuve", "Approvisionnement", "", false, 310, ""},
	{"estrie", "Coopérative Gabarit", workflow.KindCooperative, "05", "Maxime Témoin", "Présidence", "", false, 220, "La moitié de nos traiteurs sont maintenant des entreprises d’économie sociale.\nPersonne ne voudrait revenir en arrière."},
	{"montreal", "Université du Prototype", workflow.KindUniversity, "06", "Sasha Canevas", "Vice-rectorat à l’administration", "CA-2026-31", true, 130, ""},
	{"chaudiere-appalaches", "Hôpital de l’Œuvre-Exemple", workflow.KindHealth, "12", "Noé D’Essai", "Direction des ressources matérielles", "", false, 45, "Acheter ici, c’est aussi soigner notre milieu."},
	{"capitale-nationale", "Organisme Maquette et cie", workflow.KindNonprofit, "03", "Alix Patron", "Direction générale", "", false, 12, ""},
}

// demoContacts identify the founding pôles in the demonstration's mails. They
// are fictional: the real ones are for each pôle to give.
var demoContacts = map[string]workflow.PoleContact{
	"montreal":             {PostalAddress: "1, rue de l’Exemple, Montréal (Québec) H0H 0H0", Phone: "514 555-0101", Email: "montreal@example.org"},
	"longueuil":            {PostalAddress: "2, rue du Modèle, Longueuil (Québec) H0H 0H0", Phone: "450 555-0102", Email: "longueuil@example.org"},
	"estrie":               {PostalAddress: "3, rue du Gabarit, Sherbrooke (Québec) H0H 0H0", Phone: "819 555-0103", Email: "estrie@example.org"},
	"capitale-nationale":   {PostalAddress: "4, rue de la Maquette, Québec (Québec) H0H 0H0", Phone: "418 555-0104", Email: "capitale-nationale@example.org"},
	"chaudiere-appalaches": {PostalAddress: "5, rue du Spécimen, Lévis (Québec) H0H 0H0", Phone: "418 555-0105", Email: "chaudiere-appalaches@example.org"},
}

// wireDemo opens the service in the past and lets the fictional signatories
// live their story through the same use cases as everybody.
func wireDemo(ctx context.Context, s settings, std *streams, past *demoClock, heard *heardCodes) (*app, error) {
	past.moveTo(time.Now().AddDate(0, 0, -700))
	a, err := wire(ctx, s, std, wiring{clock: past, prepare: migrateAll, demo: true, courier: func(next workflow.Courier) workflow.Courier {
		heard.next = next
		return heard
	}})
	if err != nil {
		return nil, err
	}
	if err := (storyteller{a, past, heard}).tell(ctx); err != nil {
		a.close()
		return nil, fmt.Errorf("demonstration data: %w", err)
	}
	return a, nil
}

// storyteller makes the past of the demonstration.
type storyteller struct {
	*app
	past  *demoClock
	heard *heardCodes
}

func (a storyteller) tell(ctx context.Context) error {
	if staff, err := a.service.StaffList(ctx, workflow.Operator()); err != nil || len(staff) > 0 {
		return err // kept from an earlier run
	}
	if err := a.addPeople(ctx); err != nil {
		return err
	}
	if err := a.listSuppliers(ctx); err != nil {
		return err
	}
	if err := a.enterPapers(ctx); err != nil {
		return err
	}
	for _, who := range demoSignatories {
		a.past.moveTo(morning(-who.daysAgo))
		if err := a.liveStory(ctx, who); err != nil {
			return fmt.Errorf("%s: %w", who.organisation, err)
		}
		if err := a.service.Tick(ctx); err != nil { // or the timestamps would be of today
			return err
		}
		if _, err := a.takeMail(ctx); err != nil { // the yearly questions of that time
			return err
		}
	}
	return a.leaveOpen(ctx)
}

func (a storyteller) addPeople(ctx context.Context) error {
	for slug, contact := range demoContacts {
		if err := a.service.SetPoleContact(ctx, workflow.Operator(), slug, contact); err != nil {
			return err
		}
	}
	for _, r := range []workflow.StaffRequest{
		{Email: demoStaff, Name: "Camille Équipe", Role: workflow.RoleAgent, Poles: []string{"estrie", "montreal"}},
		{Email: "lecture@example.org", Name: "Jo Lecture", Role: workflow.RoleReader, Poles: []string{"estrie"}},
		{Email: "administration@example.org", Name: "Sam Administration", Role: workflow.RoleAdmin},
	} {
		if _, err := a.service.AddStaff(ctx, workflow.Operator(), r); err != nil {
			return err
		}
	}
	return nil
}

func (w demoSignatory) request() workflow.InviteRequest {
	return workflow.InviteRequest{Pole: w.pole, Organisation: w.organisation, Kind: w.kind, Place: territory.Place{RegionCode: w.region},
		Contact: workflow.Contact{Name: w.person, Function: w.function, Email: fmt.Sprintf("demo-%d@example.org", w.daysAgo)},
		Source:  "https://example.org/"}
}

// liveStory goes from invitation to certificate.
func (a storyteller) liveStory(ctx context.Context, who demoSignatory) error {
	if _, err := a.service.Invite(ctx, workflow.Operator(), who.request()); err != nil {
		return err
	}
	link, err := a.takeMail(ctx)
	if err != nil {
		return err
	}
	visit := workflow.Visit{IP: "127.0.0.1", UserAgent: "demonstration", AcceptLanguage: "fr-CA", RequestID: "demo"}
	a.past.moveTo(a.past.Now().Add(47 * time.Minute))
	secret, err := a.service.OpenLink(ctx, path.Base(link), visit)
	if err != nil {
		return err
	}
	if err := a.answerPages(ctx, secret, who, visit); err != nil {
		return err
	}
	page, err := a.service.Signing(ctx, secret)
	if err != nil {
		return err
	}
	_, err = a.service.Sign(ctx, secret, workflow.SignRequest{TypedName: who.person, Consent: true,
		Publish: workflow.Publish{Signatory: who.public}, Review: page.ReviewSHA256,
		Joined: workflow.Joined{PublishQuote: who.quote != "", Quote: who.quote}}, visit)
	if err != nil {
		return err
	}
	_, err = a.takeMail(ctx)
	return err
}

func (a storyteller) answerPages(ctx context.Context, secret string, who demoSignatory, visit workflow.Visit) error {
	resolution := workflow.ResolutionForm{}
	if who.resolution != "" {
		resolution = workflow.ResolutionForm{Needed: true, Number: who.resolution, Date: workflow.CivilDate(a.clock.Now().AddDate(0, 0, -3)), Body: "Conseil"}
	}
	for _, step := range []func() error{
		func() error { return a.service.MarkRead(ctx, secret) },
		func() error {
			return a.service.SaveOrganisation(ctx, secret, workflow.OrganisationForm{Organisation: who.organisation, Name: who.person, Function: who.function})
		},
		func() error { return a.service.SaveResolution(ctx, secret, resolution) },
		func() error { return a.service.SendCode(ctx, secret, visit) },
		func() error { return a.service.ConfirmCode(ctx, secret, a.heard.last) },
	} {
		a.past.moveTo(a.past.Now().Add(95 * time.Second)) // reading and typing take time
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// morning is a working hour of another day, always in the past.
func morning(days int) time.Time {
	d := time.Now().In(workflow.Zone).AddDate(0, 0, days)
	return time.Date(d.Year(), d.Month(), d.Day(), 9, 12, 40, 0, workflow.Zone)
}

// takeMail takes what is queued as if a relay had accepted it, and gives the
// last link.
func (a storyteller) takeMail(ctx context.Context) (link string, err error) {
	deliveries, err := a.service.ClaimDeliveries(ctx, 10)
	for _, d := range deliveries {
		content, err := a.service.MailContent(ctx, d)
		if err != nil {
			return "", err
		}
		link = content.LinkURL
		if err := a.service.SettleDelivery(ctx, d, workflow.Outcome{Sent: true, Answer: "250 2.0.0 OK (demonstration)"}); err != nil {
			return "", err
		}
	}
	return link, err
}

// seedDemoOpen makes invitations in the other states staff meet.
func (a storyteller) leaveOpen(ctx context.Context) error {
	for i, name := range []string{"Ville de Val-Brouillon", "Centre de services scolaire de l’Ébauche", "Municipalité de Sainte-Épreuve"} {
		a.past.moveTo(morning(i - 9))
		who := demoSignatory{"estrie", name, workflow.KindMunicipality, "05", "Charlie Brouillon", "Direction générale", "", false, -i - 1, ""}
		inv, err := a.service.Invite(ctx, workflow.Operator(), who.request())
		if err != nil {
			return err
		}
		if err := a.settle(ctx, inv, i); err != nil {
			return err
		}
	}
	if err := a.announceCeremony(ctx); err != nil {
		return err
	}
	return a.leaveRequests(ctx)
}

// demoRequests are what organisations that nobody invited ask on the site.
var demoRequests = []workflow.RequestForm{
	{Organisation: "Coopérative du Prototype", Kind: workflow.KindCooperative, Place: "Magog", Language: workflow.French,
		Contact: workflow.Contact{Name: "Frédérique Ébauche", Function: "Approvisionnement", Email: "frederique.ebauche@example.org"},
		Message: "Notre conseil se réunit le mois prochain. Pouvons-nous signer d’ici là?"},
	{Organisation: "Société de transport du Canevas", Kind: workflow.KindTransit, Place: "Montréal", Language: workflow.English,
		Contact: workflow.Contact{Name: "Robin Pattern", Function: "Procurement", Email: "robin.pattern@example.org"}},
}

// leaveRequests makes them, on the last two mornings.
func (a storyteller) leaveRequests(ctx context.Context) error {
	for i, form := range demoRequests {
		a.past.moveTo(morning(i - len(demoRequests)))
		if _, err := a.service.AskInvitation(ctx, form, workflow.Visit{IP: "127.0.0.1", UserAgent: "demonstration"}); err != nil {
			return fmt.Errorf("%s: %w", form.Organisation, err)
		}
	}
	_, err := a.takeMail(ctx)
	return err
}

func (a storyteller) settle(ctx context.Context, inv workflow.Invitation, i int) error {
	deliveries, err := a.service.ClaimDeliveries(ctx, 1)
	if err != nil || len(deliveries) == 0 {
		return err
	}
	d := deliveries[0]
	content, err := a.service.MailContent(ctx, d)
	if err != nil {
		return err
	}
	outcome := workflow.Outcome{Sent: true, Answer: "250 2.0.0 OK (demonstration)"}
	if i == 1 {
		outcome = workflow.Outcome{Permanent: true, Answer: "550 5.1.1 mailbox unknown (demonstration)"}
	}
	if err := a.service.SettleDelivery(ctx, d, outcome); err != nil || i != 2 {
		return err
	}
	_, err = a.service.OpenLink(ctx, path.Base(content.LinkURL), workflow.Visit{IP: "127.0.0.1", UserAgent: "demonstration"})
	return err
}

// inviteNewcomer makes the invitation that the person at the keyboard answers.
func (a *app) inviteNewcomer(ctx context.Context) error {
	_, err := a.service.Invite(ctx, workflow.Operator(), workflow.InviteRequest{
		Pole: "estrie", Organisation: "Ville de Rivière-Exemple", Kind: workflow.KindMunicipality, Place: territory.Place{RegionCode: "05"},
		Contact: workflow.Contact{Name: "Camille Exemple", Function: "Greffière", Email: "camille.exemple@example.org"},
		Source:  "https://example.org/riviere-exemple", Message: "Merci de votre accueil mardi dernier. Voici la déclaration dont nous avons parlé.",
	})
	if workflow.IsKind(err, workflow.Conflict) {
		return nil // still open from an earlier run
	}
	return err
}
