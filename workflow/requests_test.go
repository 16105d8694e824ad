package workflow_test

import (
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/territory"
	"jachete/workflow/workflowtest"
)

// An organisation that is committed under an embargo, or invited, is answered as
// any other is.
func TestRequestTellsNothingOfWhatIsNotPublic(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		c, err := w.AddCampaign(t.Context(), workflow.Operator(), "estrie", workflow.CampaignRequest{Name: "Automne",
			Embargo: workflow.LocalTime{Day: "2026-12-15", Hour: "16 h"}})
		if err != nil {
			t.Fatal(err)
		}
		hidden := workflowtest.Request()
		hidden.Place, hidden.Campaign = territory.Place{MunicipalityCode: "45072"}, c.Slug
		signed(t, w, hidden)
		w.Deliver(t)
		town := func(place string) workflow.RequestForm {
			return askForm(func(f *workflow.RequestForm) {
				f.Organisation, f.Kind, f.Place = "Ville", workflow.KindMunicipality, place
			})
		}
		known, before := askInvitation(t, w, town("Magog")), rowsOf(t, w)
		unknown := askInvitation(t, w, town("Sherbrooke"))
		if known.Slug != unknown.Slug || rowsOf(t, w)-before != 1 {
			t.Errorf("%s and %s, %d entries", known.Slug, unknown.Slug, rowsOf(t, w)-before)
		}
	})
}

// Requests of another pôle are as if they were not.
func TestRequestsStayInTheirPole(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		askInvitation(t, w, askForm())
		id := theRequest(t, w).ID
		stranger := agentOf(t, w, "montreal")
		reader := workflow.StaffActor(hire(t, w, "b@example.org", workflow.RoleReader, "estrie"))
		list, n, err := w.Requests(t.Context(), stranger, 10, 0)
		if len(list)+n != 0 || err != nil {
			t.Errorf("%d of %d, %v", len(list), n, err)
		}
		if n, err := w.OpenRequests(t.Context(), stranger, ""); n != 0 || err != nil {
			t.Errorf("%d, %v", n, err)
		}
		_, err = w.OpenRequests(t.Context(), stranger, "estrie")
		wantKey(t, err, workflow.NotFound, "record.not-found")
		for _, unknown := range []string{id, "nobodys", ""} {
			_, err := w.Request(t.Context(), stranger, unknown)
			wantKey(t, err, workflow.NotFound, "record.not-found")
			wantKey(t, w.CloseRequest(t.Context(), stranger, unknown, workflow.RequestOther), workflow.NotFound, "record.not-found")
		}
		elsewhere := workflowtest.Request()
		elsewhere.Pole, elsewhere.Request = "montreal", id
		_, err = w.Service.Invite(t.Context(), stranger, elsewhere)
		wantKey(t, err, workflow.NotFound, "record.not-found")
		if n, err := w.OpenRequests(t.Context(), reader, "estrie"); n != 1 || err != nil {
			t.Errorf("%d, %v", n, err)
		}
		if n, err := w.OpenRequests(t.Context(), workflow.Operator(), "montreal"); n != 0 || err != nil {
			t.Errorf("%d of a pôle that has none, %v", n, err)
		}
		if p, err := w.Request(t.Context(), reader, id); err != nil || p.Contact.Name != "Camille Exemple" {
			t.Errorf("%+v, %v", p, err)
		}
		wantKey(t, w.CloseRequest(t.Context(), reader, id, workflow.RequestOther), workflow.Forbidden, "role.insufficient")
		wantKey(t, w.CloseRequest(t.Context(), workflow.Actor{}, id, workflow.RequestOther), workflow.Unauthenticated, "session.none")
	})
}

func TestRequestIsClosedOnceWithAReason(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		agent := agentOf(t, w, "estrie")
		askInvitation(t, w, askForm())
		id := theRequest(t, w).ID
		for _, wrong := range []workflow.RequestOutcome{workflow.RequestOpen, workflow.RequestInvited, workflow.RequestLapsed, "x"} {
			wantField(t, w.CloseRequest(t.Context(), agent, id, wrong), "outcome", "requests.choose")
		}
		if err := w.CloseRequest(t.Context(), agent, id, workflow.RequestOutside); err != nil {
			t.Fatal(err)
		}
		wantKey(t, w.CloseRequest(t.Context(), agent, id, workflow.RequestOther), workflow.Conflict, workflow.KeyRequestClosed)
		p, err := w.Request(t.Context(), agent, id)
		if err != nil || p.Outcome != workflow.RequestOutside || p.Closer.ID != agent.Staff.ID || !p.ClosedAt.Equal(w.Clock.Now()) {
			t.Errorf("%+v, %v", p, err)
		}
		verifySound(t, w)
	})
}

// Inviting from a request closes it and says where the address comes from; both
// or neither.
func TestInvitingAnswersTheRequest(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		agent := agentOf(t, w, "estrie")
		askInvitation(t, w, askForm())
		asked := theRequest(t, w)
		w.Clock.Move(48 * time.Hour)
		r := workflowtest.Request()
		r.Source, r.Request = "", asked.ID
		p, err := w.PreviewInvitation(t.Context(), agent, r)
		if err != nil || p.Mail.Source != "demande reçue le 22\u00a0novembre\u00a02026 sur le site" {
			t.Errorf("%q, %v", p.Mail.Source, err)
		}
		inv, err := w.Service.Invite(t.Context(), agent, r)
		if err != nil || inv.Source != p.Mail.Source {
			t.Fatalf("%q, %v", inv.Source, err)
		}
		after := theRequest(t, w)
		if after.Outcome != workflow.RequestInvited || after.InvitationID != inv.ID || after.ClosedBy != agent.Staff.ID {
			t.Errorf("became %+v", after)
		}
		again := r
		again.Contact.Email = "autre@example.org"
		before := rowsOf(t, w)
		_, err = w.Service.Invite(t.Context(), agent, again)
		wantKey(t, err, workflow.Conflict, workflow.KeyRequestClosed)
		if rowsOf(t, w) != before {
			t.Error("something was kept of an invitation that was refused")
		}
		verifySound(t, w)
	})
}

// What is known of the organisation is told while the request waits.
func TestRequestSaysWhatIsKnown(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		r := workflowtest.Request()
		r.Organisation, r.Kind, r.Place = "Coopérative gabarit", workflow.KindCooperative, territory.Place{MunicipalityCode: "45072"}
		w.Invite(t, r)
		askInvitation(t, w, askForm())
		p, err := w.Request(t.Context(), workflow.Operator(), theRequest(t, w).ID)
		if err != nil || len(p.Past.Invitations) != 1 {
			t.Errorf("%+v, %v", p.Past, err)
		}
	})
}

// Who asked is forgotten 90 days after the end; what nobody dealt with in a year
// ends, and is forgotten at once.
func TestRequestsAreForgotten(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		tick := func(d time.Duration) workflow.InvitationRequest {
			t.Helper()
			w.Clock.Move(d)
			if err := w.Tick(t.Context()); err != nil {
				t.Fatal(err)
			}
			return theRequest(t, w)
		}
		askInvitation(t, w, askForm())
		if r := tick(workflow.RequestPatience); !r.Open() || r.Forgotten() {
			t.Errorf("a day early: %+v", r)
		}
		if r := tick(time.Hour); r.Outcome != workflow.RequestLapsed || r.ClosedBy != "system" || !r.Forgotten() || r.Message != "" {
			t.Errorf("after a year: %+v", r)
		}
		verifySound(t, w)
	})
}
