package web

import (
	"context"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// poster sends the picture that goes with the address of a page when somebody
// shares it: "site", or "region-", "mrc-", "pole-" or
// "organisation-" with a slug. What
// is unknown, or not public yet, is not found. Its language is that of the
// address, for everybody.
func (s *Server) poster(c *fiber.Ctx) error {
	p, err := s.posterOf(c.UserContext(), c.Params("page"), askedLanguage(c))
	if err != nil {
		return err
	}
	p.Site = s.BaseURL.Host
	picture, err := s.posters.get(c.UserContext(), p, func() ([]byte, error) { return s.PosterPNG(p) })
	if err != nil {
		return err
	}
	return sendForOthers(c, "image/png", picture)
}

func (s *Server) posterOf(ctx context.Context, page string, lang workflow.Language) (workflow.Poster, error) {
	w := posterWords{s, lang}
	if page == "site" {
		return w.site(ctx)
	}
	kind, slug, _ := strings.Cut(page, "-")
	unknown := refusal(workflow.NotFound, "request.not-found")
	if !slugShape.MatchString(slug) {
		return workflow.Poster{}, unknown
	}
	switch kind {
	case "region":
		if region, ok := s.Service.Atlas.RegionBySlug(slug); ok {
			return w.place(ctx, region.Name, workflow.RegisterFilter{Region: region.Code})
		}
	case "mrc":
		if mrc, ok := s.Service.Atlas.MRCBySlug(slug); ok {
			return w.place(ctx, mrc.FullName(), workflow.RegisterFilter{MRC: mrc.Code})
		}
	case "pole":
		pole, err := s.Service.Pole(ctx, slug)
		if err != nil {
			return workflow.Poster{}, err
		}
		return w.place(ctx, pole.Name, workflow.RegisterFilter{Pole: slug})
	case "organisation":
		return w.organisation(ctx, slug)
	}
	return workflow.Poster{}, unknown
}

// posterWords puts what the register says into the words of a poster.
type posterWords struct {
	*Server
	lang workflow.Language
}

func (w posterWords) word(key string) string { return templates.Sentence(w.lang, key, nil) }

// count words a number with what it counts.
func (w posterWords) count(key string, n int) string {
	return templates.Number(w.lang, n) + "\u00a0" + templates.CountSentence(w.lang, key, n)
}

func (w posterWords) site(ctx context.Context) (workflow.Poster, error) {
	p, err := w.place(ctx, w.word("share.site"), workflow.RegisterFilter{})
	if err != nil {
		return p, err
	}
	g, err := w.Service.Glance(ctx, workflow.RegisterFilter{}, 0)
	if g.Regions > 0 {
		p.Where = w.count("embed.regions", g.Regions)
	}
	return p, err
}

func (w posterWords) place(ctx context.Context, name string, f workflow.RegisterFilter) (workflow.Poster, error) {
	g, err := w.Service.Glance(ctx, f, 0)
	p := workflow.Poster{Title: name, Under: w.word("share.none")}
	if g.Total > 0 {
		p.Under = w.count("embed.organisations", g.Total)
	}
	return p, err
}

func (w posterWords) organisation(ctx context.Context, slug string) (workflow.Poster, error) {
	list, err := w.Service.OrganisationCommitments(ctx, slug)
	if err != nil {
		return workflow.Poster{}, err
	}
	c := templates.Standing(list)
	return workflow.Poster{Title: c.Organisation.Name, Under: templates.Committed(w.lang, c), Where: c.Organisation.RegionName,
		Ended: templates.Ended(c)}, nil
}
