package web

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
	"jachete/workflow/territory"
)

// The addresses of the open data.
const (
	apiPath       = "/api/"
	dataPath      = "/donnees"
	feedPath      = "/flux.atom"
	snapshotsPath = "/api/v1/snapshots"
)

// openData tells the addresses that programs of any site read, whatever the
// answer.
func openData(path string) bool { return strings.HasPrefix(path, apiPath) || path == feedPath }

// eachCommitment reads the whole register that matches, as it is now.
func (s *Server) eachCommitment(ctx context.Context, f workflow.RegisterFilter, do func(workflow.Commitment)) error {
	return s.Service.EachSignatory(ctx, f, func(c workflow.Commitment) error { do(c); return nil })
}

// signatory is a line of the open data. It holds nothing personal but what was
// chosen to be public.
type signatory struct {
	workflow.RegisterLine
	Signatory       *publicPerson `json:"signatory,omitempty"`
	SecondSignatory *publicPerson `json:"second_signatory,omitempty"`
	Quote           string        `json:"quote,omitempty"`    // of the organisation, which chose to publish it
	LogoURL         string        `json:"logo_url,omitempty"` // likewise
	URL             string        `json:"url"`
	VerifyURL       string        `json:"verify_url,omitempty"`
}

// publicPerson is a person who chose to be named.
type publicPerson struct {
	Name     string `json:"name"`
	Function string `json:"function"`
}

func (s *Server) signatoryOf(c workflow.Commitment) signatory {
	line := signatory{RegisterLine: c.Line(), URL: s.link("/signataires/" + c.Slug), Quote: c.ShownQuote(), LogoURL: s.logoURL(c)}
	if c.Number != "" {
		line.VerifyURL = s.link("/v/" + c.Number)
	}
	if c.PublicName != "" {
		line.Signatory = &publicPerson{Name: c.PublicName, Function: c.PublicFunction}
	}
	if second := c.PublicSecond; second.Name != "" {
		line.SecondSignatory = &publicPerson{Name: second.Name, Function: second.Function}
	}
	return line
}

// logoURL is where the picture published with a commitment is, or empty.
func (s *Server) logoURL(c workflow.Commitment) string {
	if logo := templates.LogoAddress(c); logo != "" {
		return s.link(logo)
	}
	return ""
}

func (s *Server) signatoriesOf(list []workflow.Commitment) []signatory {
	lines := make([]signatory, 0, len(list))
	for _, c := range list {
		lines = append(lines, s.signatoryOf(c))
	}
	return lines
}

// source is what every answer of the open data says of itself.
type source struct {
	Licence     string `json:"licence"`
	LicenceURL  string `json:"licence_url"`
	Attribution string `json:"attribution"`
}

var sourceOfData = source{workflow.DataLicence, workflow.DataLicenceURL, territory.Attribution}

// sendJSON sends open data as JSON.
func sendJSON(c *fiber.Ctx, v any) error { return dataAnswer{}.sendJSON(c, v) }

func (a dataAnswer) sendJSON(c *fiber.Ctx, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	a.mediaType = fiber.MIMEApplicationJSONCharsetUTF8
	return a.send(c, body)
}
