package workflow_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/territory"
	"jachete/workflow/workflowtest"
)

// askForm is a good form; tests change what they are about.
func askForm(change ...func(*workflow.RequestForm)) workflow.RequestForm {
	f := workflow.RequestForm{Organisation: "Coopérative Gabarit", Kind: workflow.KindCooperative, Place: "Magog", Language: workflow.French,
		Contact: workflow.Contact{Name: "Camille Exemple", Function: "Achats", Email: " Camille@Example.org "}, Message: "Bonjour!"}
	for _, c := range change {
		c(&f)
	}
	return f
}

func from(ip string) workflow.Visit { return workflow.Visit{IP: ip} }

// askInvitation asks and gives the pôle.
func askInvitation(t *testing.T, w *workflowtest.World, f workflow.RequestForm) workflow.Pole {
	t.Helper()
	pole, err := w.AskInvitation(t.Context(), f, workflowtest.Visit)
	if err != nil {
		t.Fatal(err)
	}
	return pole
}

// theRequest gives the only one.
func theRequest(t *testing.T, w *workflowtest.World) workflow.InvitationRequest {
	t.Helper()
	list, n, err := w.Requests(t.Context(), workflow.Operator(), 10, 0)
	if err != nil || n != 1 {
		t.Fatalf("%d requests, %v", n, err)
	}
	return list[0]
}

func withAddress(t *testing.T, w *workflowtest.World) {
	t.Helper()
	err := w.SetPoleContact(t.Context(), workflow.Operator(), "estrie", workflow.PoleContact{Email: "pole@example.org", PostalAddress: "3, rue du Gabarit"})
	if err != nil {
		t.Fatal(err)
	}
}

// The pôle is told which organisation asks; nothing goes to the typed address,
// and nothing of the person goes into a mailbox.
func TestRequestReachesThePole(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		withAddress(t, w)
		if pole := askInvitation(t, w, askForm()); pole.Slug != "estrie" || pole.Contact.Email != "pole@example.org" {
			t.Errorf("answered by %+v", pole)
		}
		r := theRequest(t, w)
		if r.PoleSlug != "estrie" || r.Organisation != "Coopérative Gabarit" || r.Place != (territory.Place{RegionCode: "05", MRCCode: "450", MunicipalityCode: "45072"}) ||
			r.Contact.Email != "camille@example.org" || r.Message != "Bonjour!" || !r.Open() || !r.AskedAt.Equal(w.Clock.Now()) {
			t.Errorf("kept %+v", r)
		}
		mails := w.Deliver(t)
		if len(mails) != 1 || mails[0].Delivery.Recipient != "pole@example.org" || mails[0].Delivery.Kind != workflow.DeliveryRequest ||
			mails[0].Delivery.Language != workflow.French || mails[0].LinkURL != workflowtest.BaseURL+"/equipe/demandes/"+r.ID ||
			mails[0].Organisation != r.Organisation || mails[0].AskedPlace != "Magog, MRC de Memphrémagog, Estrie" {
			t.Fatalf("mailed %+v", mails)
		}
		if said := fmt.Sprintf("%+v", mails[0]); strings.Contains(said, "camille@") || strings.Contains(said, "Camille") || strings.Contains(said, "Bonjour") {
			t.Errorf("the mail knows who asked: %s", said)
		}
		verifySound(t, w)
	})
}

func TestPoleWithoutAddressHasItsRequestsAllTheSame(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		askInvitation(t, w, askForm())
		theRequest(t, w)
		if mails := w.Deliver(t); len(mails) != 0 {
			t.Errorf("mailed %+v", mails)
		}
	})
}

// A request that was closed before its mail went needs none.
func TestNoMailOfAClosedRequest(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		withAddress(t, w)
		askInvitation(t, w, askForm())
		if err := w.CloseRequest(t.Context(), workflow.Operator(), theRequest(t, w).ID, workflow.RequestAlready); err != nil {
			t.Fatal(err)
		}
		if mails := w.Deliver(t); len(mails) != 0 {
			t.Errorf("mailed %+v", mails)
		}
	})
}

func TestPlacesAreReadAsPeopleWriteThem(t *testing.T) {
	w := workflowtest.New(t, openStore(t, databases["sqlite"](t)))
	for typed, want := range map[string]string{
		"Magog": "m45072", "ville de magog": "m45072", "Stanstead (Memphrémagog, ville)": "m45008", "stanstead memphremagog canton": "m45025",
		"MRC de Memphrémagog": "c450", "Memphrémagog": "c450", "St-Hyacinthe": "m54048", "Magog (Memphrémagog)": "m45072", "Magog, Québec": "m45072",
		"Coaticook": "m44037", "MRC de Coaticook": "c440", "Municipalité des Escoumins": "m95025", "Îles-de-la-Madeleine": "m01023",
	} {
		found, near := w.PlacesNamed(typed, workflow.KindCooperative)
		if len(found) != 1 || near || found[0].Key != want {
			t.Errorf("%s: %+v, near %v", typed, found, near)
		}
	}
	if found, _ := w.PlacesNamed("Coaticook", workflow.KindMRC); len(found) != 1 || found[0].Key != "c440" {
		t.Errorf("an MRC lies in %+v", found)
	}
	if found, _ := w.PlacesNamed("Montcalm", workflow.KindOther); len(found) != 2 { // a municipality, and an MRC elsewhere
		t.Errorf("Montcalm: %+v", found)
	}
	for typed, want := range map[string]int{"hyacinthe": 1, "Saint": 8, "Nulle-Part": 0, "…": 0, strings.Repeat("x", 5000): 0} {
		if found, near := w.PlacesNamed(typed, workflow.KindOther); len(found) != want || !near {
			t.Errorf("%.20s: %d places, near %v", typed, len(found), near)
		}
	}
}

// A homonym comes back to be chosen from; the choice counts only for the name it
// was made for.
func TestHomonymsAreChosenFrom(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		stanstead := func(choice string) workflow.RequestForm {
			return askForm(func(f *workflow.RequestForm) { f.Place, f.Choice = "Stanstead", choice })
		}
		for _, none := range []string{"", "m45072", "c450"} {
			_, err := w.AskInvitation(t.Context(), stanstead(none), workflowtest.Visit)
			wantField(t, err, "place", "ask.place-several")
		}
		askInvitation(t, w, stanstead("m45025"))
		r := theRequest(t, w)
		if r.Place.MunicipalityCode != "45025" || w.PlaceOfRequest(r) != "Stanstead (Memphrémagog, canton), Estrie" {
			t.Errorf("kept %+v, %s", r.Place, w.PlaceOfRequest(r))
		}
		r.Place = territory.Place{RegionCode: "06", MunicipalityCode: "66023"}
		if where := w.PlaceOfRequest(r); where != "Montréal" { // the municipality and its region
			t.Errorf("in %s", where)
		}
	})
}

// Of several pôles the one with the smallest territory answers; where there is
// none, the region is told.
func TestTheNearestPoleAnswers(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		in := func(place string) workflow.RequestForm {
			return askForm(func(f *workflow.RequestForm) {
				f.Place, f.Contact.Email = place, strings.ReplaceAll(workflow.Fold(place), " ", "")+"@example.org"
			})
		}
		for place, want := range map[string]string{"Bromont": "monteregie-est", "Sherbrooke": "estrie", "Brossard": "longueuil", "MRC des Maskoutains": "monteregie-est"} {
			if pole := askInvitation(t, w, in(place)); pole.Slug != want {
				t.Errorf("%s: %s, want %s", place, pole.Slug, want)
			}
		}
		err := w.Store.Update(t.Context(), func(tx workflow.Tx) error {
			p, err := tx.Pole(t.Context(), "laval")
			if err != nil {
				return err
			}
			p.Territory = territory.Set{Municipalities: []string{"58227"}}
			return tx.SetPole(t.Context(), p)
		})
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.AskInvitation(t.Context(), in("Laval"), workflowtest.Visit)
		wantField(t, err, "place", "ask.no-pole")
		var refused *workflow.Error
		if !asError(err, &refused) || refused.Args["region"] != "13" {
			t.Errorf("the region is %v", refused)
		}
	})
}

func TestRequestsAreRefusedWithAReason(t *testing.T) {
	w := workflowtest.New(t, openStore(t, databases["sqlite"](t)))
	for name, c := range map[string]struct {
		change     func(*workflow.RequestForm)
		field, key string
	}{
		"no name":          {func(f *workflow.RequestForm) { f.Organisation = " " }, "organisation", "text.empty"},
		"unprintable":      {func(f *workflow.RequestForm) { f.Organisation = "Gabarit 🏛" }, "organisation", "text.symbol"},
		"address for name": {func(f *workflow.RequestForm) { f.Organisation = "www.exemple.org" }, "organisation", "text.address"},
		"kind":             {func(f *workflow.RequestForm) { f.Kind = "bank" }, "kind", "ask.kind"},
		"no place":         {func(f *workflow.RequestForm) { f.Place = "" }, "place", "text.empty"},
		"reversed place":   {func(f *workflow.RequestForm) { f.Place = "Magog\u202e" }, "place", "text.direction"},
		"unknown place":    {func(f *workflow.RequestForm) { f.Place = "Nulle-Part" }, "place", "ask.place-unknown"},
		"near place":       {func(f *workflow.RequestForm) { f.Place = "hyacinthe" }, "place", "ask.place-near"},
		"person":           {func(f *workflow.RequestForm) { f.Contact.Name = "1" }, "name", "text.letter"},
		"function":         {func(f *workflow.RequestForm) { f.Contact.Function = "" }, "function", "text.empty"},
		"email":            {func(f *workflow.RequestForm) { f.Contact.Email = "a@b" }, "email", "email.invalid"},
		"link":             {func(f *workflow.RequestForm) { f.Message = "Voyez https://evil.example/x" }, "message", "text.address"},
		"bare link":        {func(f *workflow.RequestForm) { f.Message = "Voyez\nexemple.org" }, "message", "text.address"},
		"long":             {func(f *workflow.RequestForm) { f.Message = strings.Repeat("é", 1001) }, "message", "text.long"},
		"trap":             {func(f *workflow.RequestForm) { f.Trap = "x" }, "website", "ask.trap"},
	} {
		_, err := w.AskInvitation(t.Context(), askForm(c.change), from("192.0.2."+fmt.Sprint(len(name))))
		if wantField(t, err, c.field, c.key); t.Failed() {
			t.Fatal(name)
		}
	}
	if _, n, err := w.Requests(t.Context(), workflow.Operator(), 1, 0); n != 0 || err != nil {
		t.Errorf("%d were kept, %v", n, err)
	}
}

// A visitor asks five times an hour, a mailbox three times a day, and a pôle is
// asked sixty times a day. Who is refused is told which pôle to write to.
func TestAskingForInvitationsIsBounded(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		who := func(organisation, mailbox string) workflow.RequestForm {
			return askForm(func(f *workflow.RequestForm) { f.Organisation, f.Contact.Email = organisation, mailbox+"@example.org" })
		}
		ask := func(ip int, organisation, mailbox, want string) {
			t.Helper()
			pole, err := w.AskInvitation(t.Context(), who(organisation, mailbox), from(fmt.Sprintf("203.0.113.%d", ip)))
			if want == "" && err != nil {
				t.Fatal(err)
			} else if want != "" {
				wantKey(t, err, workflow.Limited, want)
			}
			if pole.Slug != "estrie" {
				t.Errorf("of the pôle %q", pole.Slug)
			}
		}
		for i := range 6 {
			ask(1, "Une", fmt.Sprint("visiteur", i), map[int]string{5: "limit.request-address"}[i])
		}
		w.Clock.Move(time.Hour)
		ask(1, "Une", "visiteur5", "")
		for i := range 4 {
			ask(2, fmt.Sprint("Organisation", i), "boite", map[int]string{3: "limit.request-mailbox"}[i])
		}
		for i := range 51 { // 9 so far
			ask(10+i, "Une", fmt.Sprint("autre", i), "")
		}
		ask(3, "Une", "trop", "limit.request-pole")
		w.Clock.Move(24 * time.Hour)
		ask(3, "Une", "trop", "")
		ask(3, "Organisation4", "boite", "")
	})
}

// Asking again while the request is open makes no second one and no second
// mail, even at once, and is answered alike; once it is closed, it is asked anew.
func TestAskingAgainChangesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		withAddress(t, w)
		var all sync.WaitGroup
		for i := range 4 {
			all.Go(func() {
				pole, err := w.AskInvitation(t.Context(), askForm(), from(fmt.Sprintf("203.0.113.%d", i)))
				if err != nil || pole.Slug != "estrie" {
					t.Errorf("%s, %v", pole.Slug, err)
				}
			})
		}
		all.Wait()
		askInvitation(t, w, askForm(func(f *workflow.RequestForm) { f.Organisation, f.Message = "COOPÉRATIVE  gabarit", "Encore" }))
		r := theRequest(t, w)
		if mails := w.Deliver(t); len(mails) != 1 {
			t.Errorf("%d mails", len(mails))
		}
		for range 4 {
			askInvitation(t, w, askForm())
		}
		_, err := w.AskInvitation(t.Context(), askForm(), workflowtest.Visit) // which counts all the same
		wantKey(t, err, workflow.Limited, "limit.request-address")
		w.Clock.Move(time.Hour)
		if err := w.CloseRequest(t.Context(), workflow.Operator(), r.ID, workflow.RequestUnreachable); err != nil {
			t.Fatal(err)
		}
		askInvitation(t, w, askForm())
		if _, n, err := w.Requests(t.Context(), workflow.Operator(), 1, 0); n != 2 || err != nil {
			t.Errorf("%d requests, %v", n, err)
		}
		if mails := w.Deliver(t); len(mails) != 1 {
			t.Errorf("%d mails", len(mails))
		}
	})
}

// hasty is a store in which somebody else's request is kept between looking for
// it and adding one's own.
type hasty struct{ workflow.Store }

type hastyTx struct{ workflow.Tx }

func (h hasty) Update(ctx context.Context, fn func(workflow.Tx) error) error {
	return h.Store.Update(ctx, func(tx workflow.Tx) error { return fn(hastyTx{tx}) })
}

func (hastyTx) OpenInvitationRequest(context.Context, string, string) (workflow.InvitationRequest, error) {
	return workflow.InvitationRequest{}, &workflow.Error{Kind: workflow.NotFound, Key: "record.not-found"}
}

// The slower of two is answered as the quicker one.
func TestAskingTwiceAtTheSameMoment(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		slow := workflowtest.NewService(t, hasty{w.Store}, w.Clock, w.Courier, workflowtest.Sealer{})
		for range 2 {
			if pole, err := slow.AskInvitation(t.Context(), askForm(), workflowtest.Visit); err != nil || pole.Slug != "estrie" {
				t.Errorf("%s, %v", pole.Slug, err)
			}
		}
		theRequest(t, w)
	})
}
