package web

import (
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// maxEntries is how many of the latest signatories the feed has.
const maxEntries = 50

// The structures of RFC 4287.
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string      `xml:"xml:lang,attr"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Author  string      `xml:"author>name"`
		Rights  string      `xml:"rights"`
		Links   []atomLink  `xml:"link"`
		Entries []atomEntry `xml:"entry"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	atomEntry struct {
		ID         string         `xml:"id"`
		Title      string         `xml:"title"`
		Published  string         `xml:"published"`
		Updated    string         `xml:"updated"`
		Link       atomLink       `xml:"link"`
		Categories []atomCategory `xml:"category"`
		Summary    string         `xml:"summary"`
	}
	atomCategory struct {
		Term  string `xml:"term,attr"`
		Label string `xml:"label,attr"`
	}
)

// feed gives the signatories that became public last, in French and without any
// person: readers keep what they read once.
func (s *Server) feed(c *fiber.Ctx) error {
	q, err := s.readRegisterQuery(c)
	if err != nil {
		return err
	}
	list, err := s.Service.LatestSignatories(c.UserContext(), q.RegisterFilter, maxEntries)
	if err != nil {
		return err
	}
	updated, err := s.feedUpdated(c, list)
	if err != nil {
		return err
	}
	body, err := xml.Marshal(s.atom(q, list, updated))
	if err != nil {
		return err
	}
	return dataAnswer{mediaType: "application/atom+xml; charset=utf-8", modified: updated}.send(c, append([]byte(xml.Header), body...))
}

// feedUpdated is when the last of the entries changed. An empty feed is as old
// as the text that nobody has signed yet.
func (s *Server) feedUpdated(c *fiber.Ctx, list []workflow.Commitment) (at time.Time, err error) {
	if len(list) == 0 {
		d, err := s.Service.Declaration(c.UserContext(), "")
		return d.PublishedAt, err
	}
	for _, k := range list {
		if changed := k.ChangedAt(); changed.After(at) {
			at = changed
		}
	}
	return at, nil
}

func (s *Server) atom(q registerQuery, list []workflow.Commitment, updated time.Time) atomFeed {
	words := &templates.Frame{Lang: workflow.French}
	self := s.link(address(feedPath, q.values()))
	f := atomFeed{Lang: words.Tag(), ID: self, Title: templates.Sentence(workflow.French, "flux.title", nil), Updated: atomTime(updated),
		Author: words.T("site.name"), Rights: workflow.DataLicence + ". " + sourceOfData.Attribution,
		Links: []atomLink{{"self", "application/atom+xml", self}, {"alternate", "text/html", s.link(address("/signataires", q.values()))},
			{"license", "", workflow.DataLicenceURL}}}
	for _, c := range list {
		f.Entries = append(f.Entries, s.atomEntry(words, c))
	}
	return f
}

func (s *Server) atomEntry(words *templates.Frame, c workflow.Commitment) atomEntry {
	o := c.Organisation
	return atomEntry{ID: entryID(c), Title: o.Name, Published: atomTime(c.PublishedAt), Updated: atomTime(c.ChangedAt()),
		Link:       atomLink{"alternate", "text/html", s.link("/signataires/" + c.Slug)},
		Categories: []atomCategory{{string(o.Kind), words.Kind(o.Kind)}, {"region-" + o.RegionCode, o.RegionName}},
		Summary: templates.Sentence(workflow.French, "flux.summary", map[string]string{"Commitment": words.CommitmentTitle(c),
			"Kind": words.Kind(o.Kind), "Region": o.RegionName, "Status": words.StatusMark(c).Words})}
}

// entryID names a line for ever, whatever address the service moves to: a UUID
// of version 8 (RFC 9562) made of its own id.
func entryID(c workflow.Commitment) string {
	u := sha256.Sum256([]byte("flux " + c.ID))
	u[6], u[8] = u[6]&0x0f|0x80, u[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:16])
}

func atomTime(t time.Time) string { return t.UTC().Format(time.RFC3339) }
