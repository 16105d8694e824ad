package web

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
	"jachete/workflow/journal"
)

// fillStory words what happened: every mail with what became of it, and every
// entry of the journal.
func (s *Server) fillStory(c *fiber.Ctx, page *templates.TeamInvitation) {
	w := storyteller{lang: s.language(c, ""), me: signedIn(c).Staff.ID, campaigns: page.Campaigns, copies: map[string]string{}}
	for _, d := range page.Found.Deliveries {
		m := templates.TeamMail{Delivery: d}
		if d.Copy != "" {
			m.ReadAt = invitationPath(page.Found.ID) + "/courriels/" + d.ID
			w.copies[d.ID] = m.ReadAt
		}
		page.Mails = append(page.Mails, m)
	}
	for _, e := range page.Found.Events {
		page.Events = append(page.Events, w.event(e))
	}
}

// storyteller words the entries of a journal for one reader.
type storyteller struct {
	lang      workflow.Language
	me        string // staff id of the reader
	campaigns []templates.Option
	copies    map[string]string // addresses of the copies, by delivery
}

// event gives what staff may see of an entry: who in general, never an address
// of the network.
func (w storyteller) event(e journal.Entry) templates.TeamEvent {
	var body struct {
		Actor struct{ Kind, ID string }
		Data  map[string]string
	}
	_ = json.Unmarshal([]byte(e.Body), &body) // the journal writes it; without it, the type alone is shown
	event := templates.TeamEvent{At: e.At, Type: e.Type, Actor: body.Actor.Kind, Detail: w.detail(e, body.Data)}
	if body.Actor.ID != "" && body.Actor.ID == w.me {
		event.Actor = "you"
	}
	if strings.HasPrefix(e.Type, "delivery.") {
		event.Mail = workflow.DeliveryKind(body.Data["kind"])
		event.Answer = opening(e, "answer")
		if e.Type == "delivery.sent" {
			event.Copy = w.copies[body.Data["delivery"]]
		}
	}
	return event
}

// detail is the sentence an entry needs beside its name.
func (w storyteller) detail(e journal.Entry, data map[string]string) string {
	switch e.Type {
	case "invitation.correct":
		if was := opening(e, "was"); was != "" {
			return templates.Sentence(w.lang, "detail.corrected", map[string]string{"Email": was})
		}
	case "invitation.extend":
		return templates.Sentence(w.lang, "detail.extended", map[string]string{"From": w.day(data["was"]), "To": w.day(data["until"])})
	case "invitation.assign":
		return w.campaign(data["campaign"])
	}
	return w.answer(e, data)
}

// campaign names a campaign; one that is not among the choices any more keeps
// its slug.
func (w storyteller) campaign(slug string) string {
	if slug == "" {
		return templates.Sentence(w.lang, "detail.unassigned", nil)
	}
	name := slug
	for _, o := range w.campaigns {
		if strings.HasSuffix(o.Value, "/"+slug) {
			name = o.Label
		}
	}
	return templates.Sentence(w.lang, "detail.assigned", map[string]string{"Campaign": name})
}

// day words the local date of a stamp of the journal; what is not one stays.
func (w storyteller) day(stamp string) string {
	t, err := time.Parse(time.DateTime+" UTC", stamp)
	if err != nil {
		return stamp
	}
	return workflow.DateInWords(t, w.lang)
}

// opening gives a personal value of an entry, empty once it was erased.
func opening(e journal.Entry, field string) string {
	for _, o := range e.Openings {
		if o.Field == field {
			return o.Value
		}
	}
	return ""
}

// mailCopy shows a mail as it went.
func (s *Server) mailCopy(c *fiber.Ctx) error {
	found, err := s.Service.MailCopy(c.UserContext(), actor(c), c.Params("id"), c.Params("delivery"))
	if err != nil {
		return err
	}
	page := &templates.TeamMailCopy{TeamFrame: teamFrame(c, "invitations"), Found: found}
	page.Subject, page.Text, _ = strings.Cut(found.Mail.Copy, "\n\n")
	return s.show(c, page)
}
