package pdf

import (
	"errors"
	"fmt"
	"strings"

	"jachete/pdf/archive"
	"jachete/workflow"
)

// render draws the pages and prepares the file. It answers every fault with an
// error: a rune no face has (typeset.MissingError), a bad address, a panic of
// a library.
func render(c workflow.CertificateContent) (*archive.File, error) {
	return guarded(func() (*archive.File, error) { return draw(c) })
}

// guarded turns a panic into an error: no text may stop the service.
func guarded(draw func() (*archive.File, error)) (file *archive.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			file, err = nil, fmt.Errorf("pdf: render: %v", r)
		}
	}()
	return draw()
}

func draw(c workflow.CertificateContent) (*archive.File, error) {
	if err := complete(c); err != nil {
		return nil, err
	}
	return drawn(c.SignedAt, func(s *sheet) error {
		s.doc.Title = fmt.Sprintf(wordTitle, c.Number, c.Organisation.Name)
		s.doc.Author, s.doc.Subject = c.Organisation.Name, c.DeclarationTitle
		if err := s.declaration(c); err != nil {
			return err
		}
		s.evidence(c)
		s.finish(func(page, count int) { s.footer(c, page, count) })
		return nil
	})
}

// complete refuses content without which a certificate is none.
func complete(c workflow.CertificateContent) error {
	switch {
	case c.Number == "":
		return errors.New("pdf: no certificate number")
	case c.VerifyURL == "" || !ascii(c.VerifyURL):
		return fmt.Errorf("pdf: bad verification address %q", c.VerifyURL)
	case strings.TrimSpace(shortTitle(c.DeclarationTitle)) == "": // every document has a heading
		return errors.New("pdf: no title")
	case c.SignedAt.IsZero():
		return errors.New("pdf: no time of signature")
	}
	return nil
}

func ascii(s string) bool {
	for _, r := range s {
		if r <= ' ' || r > '~' {
			return false
		}
	}
	return true
}

// footer ends every page; the number is repeated where it is not large.
func (s *sheet) footer(c workflow.CertificateContent, page, count int) {
	pages := fmt.Sprintf(wordPage, page, count)
	s.right(footerY, pages, 8)
	if page-1 != s.doc.Seal.Page {
		s.book.Text(margin, footerY, wordCertificate+"\u00a0"+c.Number, muted(8))
	}
}
