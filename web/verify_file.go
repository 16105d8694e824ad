package web

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// maxChecks is how many files are compared at once, whoever sends them.
const maxChecks = 4

// checkPause is when to come back if all places are taken.
const checkPause = 5 * time.Second

// errBusy sends away whoever finds no place.
var errBusy error = &workflow.Error{Kind: workflow.Unavailable, Key: "verify-file.busy", RetryAfter: checkPause}

// showVerify asks for a file or a number. A number that can be one leads to
// its page.
func (s *Server) showVerify(c *fiber.Ctx) error {
	q, err := readQuery(c)
	if err != nil {
		return err
	}
	typed, asked := q["numero"]
	if !asked {
		return s.show(c, &templates.VerifyFile{})
	}
	if len(typed) > maxNumberText {
		typed = ""
	}
	if number, ok := workflow.ParseNumber(typed); ok {
		return c.Redirect(numberPath(number), fiber.StatusSeeOther)
	}
	return s.again(c, "", &templates.VerifyFile{Number: typed}, invalid("numero", "verify-file.number-shape"))
}

// numberPath is the address of a certificate's page. The number is in its one
// right form: letters, digits and hyphens.
func numberPath(number string) string { return "/v/" + number }

// verifyFile says what a file is, compared with what was issued. Nothing of
// the file is kept, nor shown again.
func (s *Server) verifyFile(c *fiber.Ctx) error {
	keepPrivate(&c.Response().Header) // the verdict can hold a link to the original
	select {
	case s.checks <- struct{}{}:
		defer func() { <-s.checks }()
	default:
		return errBusy
	}
	file, err := readUpload(c, fileField, maxFile)
	if err != nil {
		return err
	}
	if len(file) == 0 {
		return s.again(c, "", &templates.VerifyFile{}, invalid(fileField, "verify-file.none"))
	}
	found, err := s.Service.VerifyUpload(c.UserContext(), file, s.visit(c))
	if err != nil {
		return err
	}
	if found.Verdict == workflow.VerdictNotPDF {
		return s.again(c, "", &templates.VerifyFile{}, invalid(fileField, "verify-file.not-pdf"))
	}
	return s.show(c, &templates.FileVerdict{Found: found})
}

// invalid refuses one field of a form.
func invalid(field, key string) error {
	return &workflow.Error{Kind: workflow.Invalid, Key: "error.invalid", Fields: []workflow.FieldError{{Field: field, Key: key}}}
}
