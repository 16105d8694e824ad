package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// showPublication shows what the register says of the person.
func (s *Server) showPublication(c *fiber.Ctx) error {
	page, err := s.certificatePage(c)
	if err != nil {
		return err
	}
	page.For = "publication"
	return s.showIn(c, page.Found.Signature.Language, &templates.CertificatePublication{Certificate: page, Choices: page.Found.Publish()})
}

// savePublication changes it.
func (s *Server) savePublication(c *fiber.Ctx) error {
	t, err := token(c)
	if err != nil {
		return err
	}
	f, err := readForm(c)
	if err != nil {
		return err
	}
	want := workflow.Publish{Signatory: f["publish"] == ticked, Quote: f["quote"], Logo: f["logokept"]}
	if f["publishlogo"] != ticked {
		want.Logo = ""
	}
	err = s.Service.SetPublication(c.UserContext(), t, s.cookie(c, cookieCertificate), want, s.visit(c))
	if workflow.KeyOf(err) == keyUnconfirmed {
		return leadToCode(c, "publication")
	} else if err != nil {
		page, pageErr := s.certificatePage(c)
		if pageErr != nil {
			return pageErr
		}
		return s.again(c, page.Found.Signature.Language, &templates.CertificatePublication{Certificate: page, Choices: want}, err)
	}
	return c.Redirect(certificatePath(c, "?fait=publication"), fiber.StatusSeeOther)
}

// showAskCorrection asks what is wrong.
func (s *Server) showAskCorrection(c *fiber.Ctx) error {
	page, err := s.certificatePage(c)
	if err != nil {
		return err
	}
	page.For = "correction"
	return s.showIn(c, page.Found.Signature.Language, &templates.CertificateCorrection{Certificate: page})
}

// askCorrection sends it to the pôle.
func (s *Server) askCorrection(c *fiber.Ctx) error {
	page, err := s.certificatePage(c)
	if err != nil {
		return err
	}
	f, err := readForm(c)
	if err != nil {
		return err
	}
	t, _ := token(c) // was read for the page
	form := workflow.CorrectionForm{Field: workflow.CorrectionField(f["wrong"]), Wanted: f["wanted"]}
	if err := s.Service.AskCorrection(c.UserContext(), t, s.cookie(c, cookieCertificate), form, s.visit(c)); err != nil {
		return s.certificateAgain(c, &templates.CertificateCorrection{Certificate: page, Form: form}, page.Found.Signature.Language, "correction", err)
	}
	return c.Redirect(certificatePath(c, "?fait=correction"), fiber.StatusSeeOther)
}

// showWithdraw explains what a withdrawal changes.
func (s *Server) showWithdraw(c *fiber.Ctx) error {
	page, err := s.certificatePage(c)
	if err != nil {
		return err
	}
	page.For = "retrait"
	return s.showIn(c, page.Found.Signature.Language, &templates.CertificateWithdraw{Certificate: page})
}

// withdraw ends the commitment.
func (s *Server) withdraw(c *fiber.Ctx) error {
	page, err := s.certificatePage(c)
	if err != nil {
		return err
	}
	f, err := readForm(c)
	if err != nil {
		return err
	}
	t, _ := token(c) // was read for the page
	if err := s.Service.Withdraw(c.UserContext(), t, s.cookie(c, cookieCertificate), f["confirm"] == ticked, s.visit(c)); err != nil {
		return s.certificateAgain(c, &templates.CertificateWithdraw{Certificate: page}, page.Found.Signature.Language, "retrait", err)
	}
	return c.Redirect(certificatePath(c, "?fait=retrait"), fiber.StatusSeeOther)
}
