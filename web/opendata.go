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

// licence of the open data.
const (
	licenceName = "CC BY 4.0"
	licenceURL  = "https://creativecommons.org/licenses/by/4.0/deed.fr"
)

// chunk is how many lines are read at once when all are wanted.
const chunk = 500

// eachCommitment reads the whole register that matches, page by page.
func (s *Server) eachCommitment(ctx context.Context, f workflow.RegisterFilter, do func(workflow.Commitment)) error {
	for f.Limit, f.Offset = chunk, 0; ; f.Offset += chunk {
		page, err := s.Service.Register(ctx, f)
		if err != nil {
			return err
		}
		for _, c := range page.Commitments {
			do(c)
		}
		if len(page.Commitments) < chunk {
			return nil
		}
	}
}

// signatory is a line of the open data. It holds nothing personal but what was
// chosen to be public.
type signatory struct {
	Slug               string        `json:"slug"`
	Name               string        `json:"name"`
	Kind               string        `json:"kind"`
	RegionCode         string        `json:"region_code"`
	Region             string        `json:"region"`
	MRCCode            string        `json:"mrc_code,omitempty"`
	MRC                string        `json:"mrc,omitempty"`
	MunicipalityCode   string        `json:"municipality_code,omitempty"`
	Pole               string        `json:"pole"`
	SignedOn           string        `json:"signed_on"`                  // on paper: what is known of it, "2013", "2013-03"
	SignedBefore       string        `json:"signed_before,omitempty"`    // on paper: some time before that
	AnnouncedOn        string        `json:"announced_on,omitempty"`     // likewise
	AnnouncedBefore    string        `json:"announced_before,omitempty"` // likewise
	Mode               string        `json:"mode"`
	Status             string        `json:"status"`
	StatusOn           string        `json:"status_on,omitempty"` // since when, unless it is active
	DeclarationVersion string        `json:"declaration_version"`
	Number             string        `json:"number,omitempty"`
	ResolutionNumber   string        `json:"resolution_number,omitempty"`
	ResolutionDate     string        `json:"resolution_date,omitempty"`
	Signatory          *publicPerson `json:"signatory,omitempty"`
	SecondSignatory    *publicPerson `json:"second_signatory,omitempty"`
	Countersigned      bool          `json:"countersigned,omitempty"` // by the pôle
	Quote              string        `json:"quote,omitempty"`         // of the organisation, which chose to publish it
	LogoURL            string        `json:"logo_url,omitempty"`      // likewise
	URL                string        `json:"url"`
	VerifyURL          string        `json:"verify_url,omitempty"`
}

// publicPerson is a person who chose to be named.
type publicPerson struct {
	Name     string `json:"name"`
	Function string `json:"function"`
}

func (s *Server) signatoryOf(c workflow.Commitment) signatory {
	o := c.Organisation
	line := signatory{Slug: c.Slug, Name: o.Name, Kind: string(o.Kind), RegionCode: o.RegionCode, Region: o.RegionName,
		MRCCode: o.MRCCode, MRC: o.MRCName, MunicipalityCode: o.MunicipalityCode, Pole: c.PoleSlug, SignedOn: c.SignedOn,
		Mode: string(c.Mode), Status: string(c.Status), StatusOn: c.StatusOn, DeclarationVersion: c.Version, Number: c.Number,
		ResolutionNumber: c.ResolutionNumber, ResolutionDate: c.ResolutionDate, URL: s.link("/signataires/" + c.Slug)}
	if c.Mode == workflow.ModePaper {
		line.SignedOn, line.SignedBefore = periods(c.Signed())
		line.AnnouncedOn, line.AnnouncedBefore = periods(c.AnnouncedDate())
	}
	if c.Number != "" {
		line.VerifyURL = s.link("/v/" + c.Number)
	}
	if c.PublicName != "" {
		line.Signatory = &publicPerson{Name: c.PublicName, Function: c.PublicFunction}
	}
	if second := c.PublicSecond; second.Name != "" {
		line.SecondSignatory = &publicPerson{Name: second.Name, Function: second.Function}
	}
	line.Countersigned = c.Countersigned
	line.Quote, line.LogoURL = c.ShownQuote(), s.logoURL(c)
	return line
}

// logoURL is where the picture published with a commitment is, or empty.
func (s *Server) logoURL(c workflow.Commitment) string {
	if logo := templates.LogoAddress(c); logo != "" {
		return s.link(logo)
	}
	return ""
}

// periods gives a date of the paper register to programs: the period it names,
// or the one before which it lies.
func periods(d workflow.PaperDate) (on, before string) {
	if d.Before {
		return "", d.ISO()
	}
	return d.ISO(), ""
}

func (s *Server) signatoriesOf(list []workflow.Commitment) []signatory {
	lines := make([]signatory, 0, len(list))
	for _, c := range list {
		lines = append(lines, s.signatoryOf(c))
	}
	return lines
}

// sendJSON sends open data as JSON.
func sendJSON(c *fiber.Ctx, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return sendData(c, fiber.MIMEApplicationJSONCharsetUTF8, body)
}

// sendData sends open data: for programs of any site, with a tag that spares
// them what they already have.
func sendData(c *fiber.Ctx, mediaType string, body []byte) error {
	tag := `"` + shortHash(body) + `"`
	c.Set(fiber.HeaderETag, tag)
	c.Set(fiber.HeaderCacheControl, "public, max-age=60")
	c.Set(fiber.HeaderAccessControlAllowOrigin, "*")
	c.Set("Cross-Origin-Resource-Policy", "cross-origin")
	c.Set(fiber.HeaderLink, "<"+licenceURL+`>; rel="license"`)
	if matchesTag(c.Get(fiber.HeaderIfNoneMatch), tag) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, mediaType)
	return c.Send(body)
}

// matchesTag reads If-None-Match (RFC 9110 §13.1.2).
func matchesTag(header, tag string) bool {
	for item := range strings.SplitSeq(header, ",") {
		item = strings.TrimPrefix(strings.TrimSpace(item), "W/")
		if item == tag || item == "*" {
			return true
		}
	}
	return false
}

// source is what every answer of the open data says of itself.
type source struct {
	Licence     string `json:"licence"`
	LicenceURL  string `json:"licence_url"`
	Attribution string `json:"attribution"`
}

var sourceOfData = source{licenceName, licenceURL, territory.Attribution}
