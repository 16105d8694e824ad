package web

import (
	"context"
	"encoding/xml"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"jachete/workflow"
)

// robots keeps search engines out of what is not public.
func (s *Server) robots(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
	lines := []string{"User-agent: *"}
	for _, path := range []string{"/i/", "/c/", "/signature", "/desabonnement/", "/equipe", "/demo/"} {
		lines = append(lines, "Disallow: "+path)
	}
	lines = append(lines, "Sitemap: "+s.link("/sitemap.xml"), "")
	return c.SendString(strings.Join(lines, "\n"))
}

// link is an absolute address of ours.
func (s *Server) link(path string) string {
	return strings.TrimRight(s.BaseURL.String(), "/") + path
}

// sitemapLife is how long the list of addresses is kept: making it reads the
// whole register.
const sitemapLife = 10 * time.Minute

// maxSitemap is the most addresses one file may hold (sitemaps.org).
const maxSitemap = 50_000

// keptAnswer is a costly answer, made at most once per sitemapLife.
type keptAnswer struct {
	mu   sync.Mutex
	at   time.Time
	body []byte
}

func (k *keptAnswer) get(now time.Time, build func() ([]byte, error)) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.body != nil && now.Sub(k.at) < sitemapLife {
		return k.body, nil
	}
	body, err := build()
	if err == nil {
		k.body, k.at = body, now
	}
	return body, err
}

type sitemapURL struct {
	Loc string `xml:"loc"`
}

type sitemapFile struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

// sitemap lists the public pages.
func (s *Server) sitemap(c *fiber.Ctx) error {
	body, err := s.addresses.get(time.Now(), func() ([]byte, error) { return s.buildSitemap(c.UserContext()) })
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationXMLCharsetUTF8)
	return c.Send(body)
}

func (s *Server) buildSitemap(ctx context.Context) ([]byte, error) {
	var file sitemapFile
	seen := map[string]bool{}
	add := func(path string) {
		if !seen[path] && len(file.URLs) < maxSitemap {
			seen[path] = true
			file.URLs = append(file.URLs, sitemapURL{s.link(path)})
		}
	}
	for _, path := range []string{"/", "/signataires", "/declaration", uploadPath, retrievePath, askPath, "/journal", "/confidentialite", "/accessibilite"} {
		add(path)
	}
	for _, r := range s.Service.Atlas.Regions() {
		add("/regions/" + r.Slug)
	}
	poles, err := s.Service.Poles(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range poles {
		add("/poles/" + p.Slug)
	}
	err = s.eachCommitment(ctx, workflow.RegisterFilter{}, func(c workflow.Commitment) { add("/signataires/" + c.Slug) })
	if err != nil {
		return nil, err
	}
	body, err := xml.Marshal(file)
	return append([]byte(xml.Header), body...), err
}
