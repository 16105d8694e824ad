package web

import (
	"bytes"
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"jachete/workflow"
)

// sitemap sends the list of public pages, or its index when it has parts, or one
// of these.
func (s *Server) sitemap(c *fiber.Ctx) error {
	part := 0
	if text := c.Params("part"); text != "" {
		number, err := strconv.Atoi(text)
		if err != nil || number < 1 || strconv.Itoa(number) != text {
			return refusal(workflow.NotFound, "request.not-found")
		}
		part = number
	}
	files, err := s.sitemapFiles(c.UserContext())
	if err != nil {
		return err
	}
	if part >= len(files) {
		return refusal(workflow.NotFound, "request.not-found")
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationXMLCharsetUTF8)
	return c.Send(files[part])
}

// fileEnd parts the files where they are kept: XML holds no such character.
var fileEnd = []byte("\f")

// sitemapFiles gives what /sitemap.xml holds, then its parts. Making them reads
// the whole register.
func (s *Server) sitemapFiles(ctx context.Context) ([][]byte, error) {
	body, err := s.addresses.get(time.Now(), func() ([]byte, error) {
		pages, err := s.publicAddresses(ctx)
		if err != nil {
			return nil, err
		}
		files, err := writeSitemaps(s.link(""), pages, maxSitemap)
		return bytes.Join(files, fileEnd), err
	})
	return bytes.Split(body, fileEnd), err
}

// publicPath is a public page with the civil date on which what it says last
// changed, empty when nobody knows.
type publicPath struct{ path, changed string }

// changes notes when the pages of the register last changed.
type changes struct {
	all           string
	region, mrc   map[string]string // by code
	pole          map[string]string // by slug
	organisations []publicPath
	place         map[string]int // of a slug among the organisations
}

// note takes in a commitment: the day it became public, its state changed, or
// somebody said that it holds.
func (n *changes) note(c workflow.Commitment) {
	day := max(workflow.CivilDate(c.PublishedAt), c.StatusOn, c.ConfirmedOn)
	n.all = max(n.all, day)
	n.region[c.Organisation.RegionCode] = max(n.region[c.Organisation.RegionCode], day)
	n.mrc[c.Organisation.MRCCode] = max(n.mrc[c.Organisation.MRCCode], day)
	n.pole[c.PoleSlug] = max(n.pole[c.PoleSlug], day)
	i, known := n.place[c.Slug]
	if !known {
		i = len(n.organisations)
		n.place[c.Slug] = i
		n.organisations = append(n.organisations, publicPath{path: "/signataires/" + c.Slug})
	}
	n.organisations[i].changed = max(n.organisations[i].changed, day)
}

// publicAddresses lists every page for everybody that is there.
func (s *Server) publicAddresses(ctx context.Context) ([]publicPath, error) {
	n := changes{region: map[string]string{}, mrc: map[string]string{}, pole: map[string]string{}, place: map[string]int{}}
	if err := s.eachCommitment(ctx, workflow.RegisterFilter{}, n.note); err != nil {
		return nil, err
	}
	poles, err := s.Service.Poles(ctx)
	if err != nil {
		return nil, err
	}
	declaration, err := s.Service.Declaration(ctx, "")
	if err != nil {
		return nil, err
	}
	checkpoint, _, err := s.Service.LatestCheckpoint(ctx)
	if err != nil && !workflow.IsKind(err, workflow.NotFound) {
		return nil, err
	}
	pages := []publicPath{{"/", n.all}, {"/signataires", n.all}, {"/declaration", dayOf(declaration.PublishedAt)}, {"/journal", dayOf(checkpoint.At)}}
	for _, path := range []string{uploadPath, retrievePath, "/partager", "/donnees", "/fournisseurs", "/demander", "/confidentialite", "/accessibilite"} {
		if s.has(path) {
			pages = append(pages, publicPath{path: path})
		}
	}
	for _, r := range s.Service.Atlas.Regions() {
		pages = append(pages, publicPath{"/regions/" + r.Slug, n.region[r.Code]})
	}
	for _, m := range s.Service.Atlas.MRCs() {
		pages = append(pages, publicPath{"/mrc/" + m.Slug, n.mrc[m.Code]})
	}
	for _, p := range poles {
		pages = append(pages, publicPath{"/poles/" + p.Slug, n.pole[p.Slug]})
	}
	return append(pages, n.organisations...), nil
}

// has tells whether an address of the site exists.
func (s *Server) has(path string) bool {
	return slices.ContainsFunc(s.catalog, func(r Route) bool { return r.Method == get && r.Path == path })
}

func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return workflow.CivilDate(t)
}
