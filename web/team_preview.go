package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// MailPreview is a mail as it would be sent, its links replaced by words.
type MailPreview struct {
	From, To, ReplyTo, Subject string
	Text                       string
	HTML                       string // a document of its own
}

const (
	// policyFramer lets one page hold a frame of ours.
	policyFramer = "; frame-src 'self'"
	// policyMail is that of the mail in the frame: nothing runs, nothing is
	// fetched, and only its own style attributes apply, as in a mail reader.
	policyMail = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)

// checkInvite shows what an invitation would do, before anybody confirms it; or
// the form again, to change something.
func (s *Server) checkInvite(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	form, err := s.invitePage(c, typedInvite(f))
	if err != nil {
		return err
	}
	if f["etape"] == "modifier" {
		return s.show(c, form)
	}
	p, mail, err := s.previewOf(c, form.Form)
	if err != nil {
		return s.inviteAgain(c, form, err)
	}
	page := &templates.TeamInvitePreview{TeamFrame: form.TeamFrame, Script: scriptAddress, Form: form.Form, Preview: p,
		Place: s.placeOf(p.Organisation), NEQDoubtful: neqDoubtful(p.Organisation.NEQ), NoAddress: withoutAddress([]workflow.Pole{p.Mail.Pole}),
		Mail: templates.MailText{From: mail.From, To: mail.To, ReplyTo: mail.ReplyTo, Subject: mail.Subject, Text: mail.Text}}
	for _, o := range form.Campaigns {
		if o.Chosen {
			page.Campaign = o.Label
		}
	}
	c.Set(fiber.HeaderContentSecurityPolicy, c.GetRespHeader(fiber.HeaderContentSecurityPolicy)+policyFramer)
	return s.show(c, page)
}

// showMailFrame gives the mail's own document, for the frame of that page.
func (s *Server) showMailFrame(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	form, err := s.invitePage(c, typedInvite(f))
	if err != nil {
		return err
	}
	_, mail, err := s.previewOf(c, form.Form)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentSecurityPolicy, policyMail)
	c.Set(fiber.HeaderXFrameOptions, "SAMEORIGIN")
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.SendString(mail.HTML)
}

func (s *Server) previewOf(c *fiber.Ctx, form templates.InviteForm) (workflow.InvitePreview, MailPreview, error) {
	p, err := s.Service.PreviewInvitation(c.UserContext(), actor(c), s.inviteRequest(form))
	if err != nil {
		return p, MailPreview{}, err
	}
	mail, err := s.Preview(p.Mail)
	return p, mail, err
}
