package pdf

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jachete/pdf/archive"
	"jachete/workflow"
)

// Words of a copy. The law on documents (LCCJTI, 15) wants a copy to say that
// it is one, when it was made and where the original is.
const (
	wordCopy       = "Copie pour impression générée le\u00a0%s à %s — l’original scellé se vérifie à %s"
	wordCopiesOne  = "Copie pour impression – %s"
	wordCopiesMany = "Copies pour impression – %d déclarations"
)

// copyMarkY is the baseline of the mark, under the number and inside the frame.
const copyMarkY = footerY + 14

// Copies implements workflow.Sealer: the declarations, one after the other,
// without the pages of evidence and without any field to sign. It takes one
// turn for them all. Errors: ctx's own, typeset.MissingError wrapped, or an
// internal one.
func (s *Sealer) Copies(ctx context.Context, list []workflow.CertificateContent, at time.Time) ([]byte, error) {
	if err := s.wait(ctx); err != nil {
		return nil, err
	}
	defer func() { <-s.turns }()
	file, err := guarded(func() (*archive.File, error) { return drawCopies(ctx, list, at) })
	if err != nil {
		return nil, fmt.Errorf("pdf: copies: %w", err)
	}
	return file.Bytes()
}

func drawCopies(ctx context.Context, list []workflow.CertificateContent, at time.Time) (*archive.File, error) {
	return drawn(at, func(s *sheet) error {
		s.doc.Title = fmt.Sprintf(wordCopiesMany, len(list))
		for _, c := range list {
			if err := errors.Join(ctx.Err(), complete(c)); err != nil {
				return err
			}
			if len(list) == 1 {
				s.doc.Title = fmt.Sprintf(wordCopiesOne, c.Organisation.Name)
			}
			s.doc.Author, s.doc.Subject = c.Pole.Name, c.DeclarationTitle
			if err := s.copyOf(c, fmt.Sprintf(wordCopy, localDate(at), clock(at), c.VerifyURL)); err != nil {
				return err
			}
		}
		s.finish(func(int, int) {}) // each sheet goes to another organisation: no common count
		return nil
	})
}

// copyOf draws the declaration as it stands on the first page of its
// certificate.
func (s *sheet) copyOf(c workflow.CertificateContent, mark string) error {
	sect, first := s.doc.Tree.Root.Under(archive.RoleSection), true
	return s.declared(sect, c, func() {
		s.copyPage(sect, mark, first)
		first = false
	}, s.copyFoot)
}

// copyPage is what stands on every page of a copy. The mark is read out once.
func (s *sheet) copyPage(sect *archive.Element, mark string, first bool) {
	s.frame()
	style := fitting(mark, textWidth, 1, muted(8), muted(7.5), muted(7), muted(6.5), muted(6), muted(5.5))
	rows := tagged(sect.Under(archive.RoleText), centred(0, 1.1, mark, style))
	if first {
		s.place(copyMarkY-rows[0].leading, rows)
		return
	}
	s.artifact(footerArtifact, func() { s.book.Line(rows[0].parts[0].x, copyMarkY, rows[0].parts[0].line) })
}

// copyFoot is the foot of a certificate, with the seal as a picture only.
func (s *sheet) copyFoot(sect *archive.Element, c workflow.CertificateContent, signatory []row, y float64) error {
	s.hairline(margin, y-15, pageWidth-margin)
	s.place(y, signatory)
	const right = pageWidth - margin
	sealX, middle := right-qrSide-10-sealRadius, y+qrSide/2
	box := area(sealX-sealRadius, middle-sealRadius, 2*sealRadius, 2*sealRadius)
	s.figure(sect, box, wordSealAlternate, func() { s.seal(sealX, middle, sealRadius) })
	if err := s.qrLink(sect, c.VerifyURL, right-qrSide, y); err != nil {
		return err
	}
	s.number(sect, c)
	return nil
}
