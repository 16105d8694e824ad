package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// certificatePath is the address of the page behind a certificate's link, of
// which part names a page below it, or none. The token was read before.
func certificatePath(c *fiber.Ctx, part string) string {
	if t, err := token(c); err == nil {
		return "/c/" + t + part
	}
	return retrievePath
}

// certificatePage reads what the pages behind a certificate's link share.
func (s *Server) certificatePage(c *fiber.Ctx) (templates.Certificate, error) {
	t, err := token(c)
	if err != nil {
		return templates.Certificate{}, err
	}
	found, err := s.Service.PersonalPage(c.UserContext(), t, s.cookie(c, cookieCertificate), s.visit(c))
	return templates.Certificate{Frame: plain, Found: found, At: certificatePath(c, "")}, err
}

// showMailedCertificate shows the page of the person who signed. The link of an
// original opens its file only.
func (s *Server) showMailedCertificate(c *fiber.Ctx) error {
	mailed, err := s.mailedCertificate(c)
	if err != nil {
		return err
	}
	if mailed.Original {
		return s.showIn(c, mailed.Signature.Language, &templates.MailedCertificate{Frame: plain, Certificate: mailed,
			Download: c.Path() + "/attestation.pdf"})
	}
	page, err := s.certificatePage(c)
	if err != nil {
		return err
	}
	return s.showIn(c, mailed.Signature.Language, &templates.CertificatePersonal{Certificate: page, Showcase: s.showcase(),
		Done: certificateDone(c.Query("fait"), page.Found)})
}

// showcase is where the pages after signing find what they offer.
func (s *Server) showcase() templates.Showcase {
	return templates.Showcase{Site: s.link(""), Script: copyAddress}
}

// certificateDone is the key of what has just been done, if the certificate
// bears it out: an address that somebody sent along claims nothing.
func certificateDone(what string, p workflow.PersonalPage) string {
	said := map[string]string{"code": "confirmed", "publication": "publication", "correction": "correction", "retrait": "withdrawn"}[what]
	switch {
	case said == "withdrawn" && p.Commitment.Status != workflow.CommitmentWithdrawn, said == "correction" && len(p.Corrections) == 0,
		!p.Confirmed():
		return ""
	}
	return said
}

// personalData gives the person all that is held about them. A browser that
// gave no code is asked for one.
func (s *Server) personalData(c *fiber.Ctx) error {
	t, err := token(c)
	if err != nil {
		return err
	}
	number, file, err := s.Service.PersonalData(c.UserContext(), t, s.cookie(c, cookieCertificate), s.visit(c))
	if workflow.KeyOf(err) == keyUnconfirmed {
		return leadToCode(c, "donnees")
	} else if err != nil {
		return err
	}
	return sendFile(c, "donnees-"+number+".json", fiber.MIMEApplicationJSONCharsetUTF8, file)
}

// keyUnconfirmed is the key of the refusal of a browser that gave no code.
const keyUnconfirmed = "manage.unconfirmed"

// leadToCode asks a browser for a code before the page it wants.
func leadToCode(c *fiber.Ctx, part string) error {
	return c.Redirect(certificatePath(c, "/code")+codeFor(part), fiber.StatusSeeOther)
}

// certificateAgain shows a form behind a certificate's link once more; a
// browser whose half hour is over is led to the code.
func (s *Server) certificateAgain(c *fiber.Ctx, page templates.Page, lang workflow.Language, part string, err error) error {
	if workflow.KeyOf(err) == keyUnconfirmed {
		return leadToCode(c, part)
	}
	return s.again(c, lang, page, err)
}
