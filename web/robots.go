package web

import (
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
)

// closedPaths are the starts of the addresses that are somebody's own.
var closedPaths = []string{"/i/", "/c/", "/engagement/", "/signature", "/desabonnement/", "/equipe", "/demo/"}

// robots keeps search engines out of what is not public. Frames are open to them:
// they have to see that these ask not to be found.
func (s *Server) robots(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
	lines := []string{"User-agent: *"}
	for _, path := range closedPaths {
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
