package web

import (
	"encoding/base64"
	"mime"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
	"jachete/workflow/logo"
)

// The addresses of the signing path that take files.
const (
	resolutionPath = "/signature/resolution"
	signPath       = "/signature/signer"
)

// Bounds of what is joined, in bytes.
const (
	// extractSlack lets a file that is a little too heavy reach the form, which
	// comes back with its other answers.
	extractSlack = 1 << 20
	maxDrawn     = 200 << 10                                                       // of a drawing, in base 64
	maxLogoKept  = (logo.MaxPNG+2)/3*4 + 64                                        // of a logo that a refused form keeps
	maxQuoteSent = 16 << 10                                                        // far more than a quote may have: its refusal is the form's to say
	maxAct       = 2*workflow.MaxPicture + 2*maxDrawn + maxLogoKept + maxQuoteSent // of all of it
)

// readJoined reads a form that may come with files, or as plain fields from a
// program that sends none.
func readJoined(c *fiber.Ctx, most, longer map[string]int) (map[string]sentFile, form, error) {
	if kind, _, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType)); err == nil && kind == fiber.MIMEMultipartForm {
		return readParts(c, most, longer)
	}
	f, err := readForm(c)
	return nil, f, err
}

// readExtract reads the part of the form about the extract of the minutes.
func readExtract(files map[string]sentFile, f form) workflow.ExtractForm {
	sent := files["extract"]
	return workflow.ExtractForm{Name: sent.name, Content: sent.content, Kept: f["extractkept"], Drop: f["unextract"] == ticked}
}

// extractField shows the extract that is joined to the resolution.
func (s *Server) extractField(c *fiber.Ctx, p workflow.Signing) (templates.ExtractField, error) {
	x, err := s.Service.Extract(c.UserContext(), p)
	return templates.ExtractField{Extract: x, Saved: true}, err
}

// extractAgain shows the extract of a form that was refused, keeping the file
// that came with it.
func (s *Server) extractAgain(c *fiber.Ctx, p workflow.Signing, form workflow.ExtractForm) (templates.ExtractField, error) {
	x, err := s.Service.StashExtract(c.UserContext(), s.cookie(c, cookieSigning), form)
	return templates.ExtractField{Extract: x, Drop: form.Drop, Saved: x.SHA256 == p.Invitation.Details.Resolution.ExtractSHA256}, err
}

// signingExtract gives the extract to the browser that joined it.
func (s *Server) signingExtract(c *fiber.Ctx) error {
	x, err := s.Service.SigningExtract(c.UserContext(), s.cookie(c, cookieSigning))
	if err != nil {
		return err
	}
	return sendFile(c, x.Name, "application/pdf", x.Content)
}

// invitationExtract gives it to staff.
func (s *Server) invitationExtract(c *fiber.Ctx) error {
	x, err := s.Service.InvitationExtract(c.UserContext(), actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	return sendFile(c, x.Name, "application/pdf", x.Content)
}

// organisationLogo sends the picture that an organisation publishes.
func (s *Server) organisationLogo(c *fiber.Ctx) error {
	picture, err := s.Service.OrganisationLogo(c.UserContext(), c.Params("slug"))
	if workflow.IsKind(err, workflow.NotFound) {
		return refusal(workflow.NotFound, "request.not-found")
	} else if err != nil {
		return err
	}
	return sendPicture(c, picture)
}

// readAct reads the form of the act.
func readAct(c *fiber.Ctx) (workflow.SignRequest, error) {
	files, f, err := readJoined(c, map[string]int{"drawing": workflow.MaxPicture, "logo": workflow.MaxPicture},
		map[string]int{"drawn": maxDrawn, "logokept": maxLogoKept, "quote": maxQuoteSent})
	r := workflow.SignRequest{TypedName: f["typed"], Consent: f["consent"] == ticked, Review: f["review"],
		Publish: workflow.Publish{Signatory: f["publish"] == ticked, Newsletter: f["newsletter"] == ticked},
		Joined: workflow.Joined{Drawing: files["drawing"].content, Logo: files["logo"].content,
			PublishQuote: f["publishquote"] == ticked, Quote: f["quote"], PublishLogo: f["publishlogo"] == ticked}}
	if files["drawing"].name == "" && f["undraw"] != ticked {
		r.Joined.Drawing = pictureIn(f["drawn"])
	}
	if files["logo"].name == "" && r.Joined.PublishLogo { // kept for nothing once unticked
		r.Joined.Logo = pictureIn(f["logokept"])
	}
	return r, err
}

// pictureIn gives the file in a field: base 64, as a script writes a drawing or
// a refused form keeps one. What is not base 64 stays as it is: no picture.
func pictureIn(field string) []byte {
	text := strings.TrimPrefix(field, "data:image/png;base64,")
	file, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return []byte(text)
	}
	return file
}

// joinedAgain keeps in the form what was joined, if it can be.
func joinedAgain(j workflow.Joined) templates.JoinedFields {
	fields := templates.JoinedFields{PublishQuote: j.PublishQuote, Quote: j.Quote, PublishLogo: j.PublishLogo}
	if drawing, problem := workflow.CleanDrawing(j.Drawing); problem == nil {
		fields.Drawing = drawing
	}
	if picture, problem := workflow.CleanLogo(j.Logo); problem == nil {
		fields.Logo = picture.PNG
	}
	return fields
}

// tooHeavy says of a body that was not read what to do, where a page takes a
// file and a person waits.
func tooHeavy(c *fiber.Ctx, refused *workflow.Error, status int) *workflow.Error {
	step := map[string]workflow.SigningStep{resolutionPath: workflow.StepResolution, signPath: workflow.StepSign}[string(c.Request().RequestURI())]
	if status != fiber.StatusRequestEntityTooLarge || step == "" {
		return refused
	}
	return &workflow.Error{Kind: refused.Kind, Key: "joined.too-large", Args: map[string]string{"step": string(step)}}
}
