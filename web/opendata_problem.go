package web

import (
	"encoding/json"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// problemType is the media type of RFC 9457.
const problemType = "application/problem+json"

// problem is why a program got no data.
type problem struct {
	Type     string `json:"type"` // address that explains it
	Title    string `json:"title"`
	Status   int    `json:"status"`
	Detail   string `json:"detail"`
	Key      string `json:"key"`                // the same in every language
	Incident string `json:"incident,omitempty"` // of a fault of ours: what our log knows it by
}

// showProblem says a refusal to a program, in the language that the request asks
// for: no cookie counts here, and none is set.
func (s *Server) showProblem(c *fiber.Ctx, refused *workflow.Error, status int) error {
	page := &templates.ErrorPage{Kind: refused.Kind, Key: refused.Key, Args: refused.Args}
	if page.Lang = knownLanguage(c.Query("lang")); page.Lang == "" {
		page.Lang = accepted(c)
	}
	p := problem{Type: s.link(dataPath + "#erreurs"), Title: page.Heading(), Status: status, Detail: page.Text(), Key: refused.Key}
	if refused.Kind == workflow.Gone {
		p.Title = templates.Sentence(page.Lang, "snapshot.gone-title", nil)
	}
	if refused.Kind == workflow.Internal {
		p.Incident = incident(c)
	}
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	share(&c.Response().Header)
	c.Set(fiber.HeaderContentType, problemType)
	c.Set(fiber.HeaderContentLanguage, page.Tag())
	return c.Send(body)
}
