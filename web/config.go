package web

import (
	"errors"
	"log/slog"
	"net/netip"
	"net/url"
	"time"

	"jachete/workflow"
)

// Config is what a Server is made of.
type Config struct {
	Service        *workflow.Service
	BaseURL        *url.URL // public address, http only on a loopback host
	TrustedProxies []netip.Prefix
	Mailbox        Mailbox // shown under /demo/courriel; nil outside demonstration and development
	SealRoot       []byte  // certificate that verifies the seals, PEM, for everybody to fetch
	// Preview writes an invitation's mail without sending it.
	Preview func(workflow.MailContent) (MailPreview, error)
	// BadgeSVG and BadgePNG draw what signatories show on their own sites.
	BadgeSVG func(workflow.Badge) []byte
	BadgePNG func(workflow.Badge) ([]byte, error)
	// PosterPNG draws the picture that goes with the address of a page.
	PosterPNG func(workflow.Poster) ([]byte, error)
	Logger    *slog.Logger
	// PagesPerMinute bounds what one address may ask of the register's pages
	// and of the open data, on this instance; 0 means 120.
	PagesPerMinute int
}

// Mailbox is what the demonstration's mail page reads.
type Mailbox interface {
	// List gives the latest letters, newest first, at most limit of them; they
	// need no parts.
	List(limit int) ([]Letter, error)
	// Letter gives one letter with its parts. A workflow.Error of kind NotFound
	// when there is none of that id, which may be any text.
	Letter(id string) (Letter, error)
}

// Letter is a message as its reader sees it.
type Letter struct {
	ID          string
	From, To    string
	Subject     string
	Date        time.Time
	Text        string
	HTML        string
	Attachments []Attachment
}

// Attachment is a file in a letter.
type Attachment struct {
	Name string
	Type string // "application/pdf"
	Data []byte
}

const pagesPerMinute = 120

func (c *Config) check() error {
	switch {
	case c.Service == nil:
		return errors.New("web: no service")
	case c.BaseURL == nil || c.BaseURL.Host == "":
		return errors.New("web: no base address")
	case c.BaseURL.Scheme != "https" && !isLoopback(c.BaseURL):
		return errors.New("web: base address must be https unless its host is loopback")
	case c.Preview == nil:
		return errors.New("web: no preview of mails")
	case c.BadgeSVG == nil || c.BadgePNG == nil:
		return errors.New("web: no badges")
	case c.PosterPNG == nil:
		return errors.New("web: no posters")
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.PagesPerMinute == 0 {
		c.PagesPerMinute = pagesPerMinute
	}
	return nil
}
