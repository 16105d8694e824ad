package web

import (
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/language"

	"jachete/workflow"
)

// languageLife is how long a choice of language is remembered.
const languageLife = 365 * 24 * time.Hour

// acceptBound is more of Accept-Language than any browser sends.
const acceptBound = 256

// languageMatcher finds the nearer of our languages; French when neither.
var languageMatcher = language.NewMatcher([]language.Tag{language.MustParse("fr-CA"), language.MustParse("en-CA")})

// chosen is the language somebody asked for here or before, or nothing.
func (s *Server) chosen(c *fiber.Ctx) (lang workflow.Language, now bool) {
	if lang := knownLanguage(c.Query("lang")); lang != "" {
		return lang, true
	}
	return knownLanguage(s.cookie(c, cookieLanguage)), false
}

func knownLanguage(s string) workflow.Language {
	if l := workflow.Language(s); l == workflow.French || l == workflow.English {
		return l
	}
	return ""
}

// keepLanguage remembers an invitation's language until the browser is closed,
// so that its reader meets the rest of the site in it.
func (s *Server) keepLanguage(c *fiber.Ctx, lang workflow.Language) {
	if chosen, _ := s.chosen(c); chosen == "" {
		s.setCookie(c, cookieLanguage, string(lang), 0)
	}
}

// language is that of the answer: chosen on the page or before, else the
// invitation's (proposed, empty elsewhere), else the browser's, else French.
// A choice made now is remembered.
func (s *Server) language(c *fiber.Ctx, proposed workflow.Language) workflow.Language {
	lang, now := s.chosen(c)
	if now && !inFrame(c) {
		s.setCookie(c, cookieLanguage, string(lang), languageLife)
	}
	switch {
	case lang != "":
		return lang
	case proposed != "":
		return proposed
	}
	return accepted(c)
}

// accepted is the language that the browser would rather read, French when it
// does not say.
func accepted(c *fiber.Ctx) workflow.Language {
	accept := c.Get(fiber.HeaderAcceptLanguage)
	if len(accept) > acceptBound {
		return workflow.French
	}
	tags, _, err := language.ParseAcceptLanguage(accept)
	if err != nil {
		return workflow.French
	}
	if _, i, _ := languageMatcher.Match(tags...); i == 1 {
		return workflow.English
	}
	return workflow.French
}

// otherAddress is the address of this page in the other language: only its
// query, so that no path is repeated.
func otherAddress(c *fiber.Ctx, lang workflow.Language) string {
	query, err := url.ParseQuery(string(c.Request().URI().QueryString()))
	if err != nil {
		query = url.Values{}
	}
	other := workflow.English
	if lang == workflow.English {
		other = workflow.French
	}
	query.Set("lang", string(other))
	return "?" + query.Encode()
}
