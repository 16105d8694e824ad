package workflow

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"time"
)

// SignedCertificate gives the file to the browser that proved control of the
// mailbox and sees the signed invitation.
func (s *Service) SignedCertificate(ctx context.Context, secret string) (Certificate, error) {
	p, err := s.Signing(ctx, secret)
	if err != nil {
		return Certificate{}, err
	}
	if p.Step != StepDone {
		return Certificate{}, &Error{Kind: Conflict, Key: "step.order", Args: map[string]string{"step": string(p.Step)}}
	}
	return s.certificate(ctx, p.Number)
}

// MailedCertificate is what the link of a certificate mail opens.
type MailedCertificate struct {
	Certificate Certificate
	Signature   Signature // what the person of the link did
	Seat        Seat      // of that person
	Pole        Pole
	Original    bool // the link opens this very file for whoever held one like it, and nothing else
}

// MailedCertificate reads the link of a certificate mail. NotFound and Gone
// (key "link.expired") as PeekLink.
func (s *Service) MailedCertificate(ctx context.Context, token string, v Visit) (MailedCertificate, error) {
	link, err := s.readLink(ctx, LinkCertificate, token, v)
	if err != nil {
		return MailedCertificate{}, err
	}
	id, seat := readCosignSubject(link.Subject)
	seat = cmp.Or(seat, SeatFirst)
	sig, err := s.Store.Signature(ctx, id)
	if IsKind(err, NotFound) {
		return MailedCertificate{}, refuse(NotFound, "link.unknown")
	} else if err != nil {
		return MailedCertificate{}, err
	}
	cert, err := s.linkedCertificate(ctx, sig.ID, link)
	if err != nil {
		return MailedCertificate{}, err
	}
	pole, err := s.Store.Pole(ctx, sig.PoleSlug)
	return MailedCertificate{Certificate: cert, Signature: sig.seenFrom(seat), Seat: seat, Pole: pole, Original: link.Issue != 0}, err
}

// linkedCertificate is the latest file, or the very revision that the link of
// an original names: its issue counts them from 1.
func (s *Service) linkedCertificate(ctx context.Context, signatureID string, link Link) (Certificate, error) {
	latest, err := s.certificateOf(ctx, signatureID)
	if err != nil || link.Issue == 0 || link.Issue == latest.Revision+1 {
		return latest, err
	}
	records, err := s.Store.CertificateRecords(ctx, latest.Number)
	if err != nil {
		return Certificate{}, err
	}
	if link.Issue < 1 || link.Issue > len(records) {
		return Certificate{}, refuse(NotFound, "link.unknown")
	}
	return s.certificateWith(ctx, records[link.Issue-1].SHA256)
}

// InvitationCertificate gives the file of a signed invitation to staff who may
// read it.
func (s *Service) InvitationCertificate(ctx context.Context, a Actor, id string) (Certificate, error) {
	v, err := s.permitted(ctx, s.Store, a, PermitRead, id)
	if err != nil {
		return Certificate{}, err
	}
	if v.Number == "" {
		return Certificate{}, notFound()
	}
	cert, err := s.certificate(ctx, v.Number)
	if err != nil {
		return Certificate{}, err
	}
	return cert, s.noteLooks(ctx, a, v.PoleSlug, lookFile, cert.Number)
}

// CertificateByNumber gives a file to the operator of the server.
func (s *Service) CertificateByNumber(ctx context.Context, a Actor, number string) (Certificate, error) {
	cert, err := s.operatorsCertificate(ctx, a, number)
	if err != nil {
		return Certificate{}, err
	}
	return cert, s.noteLooks(ctx, a, "", lookFile, cert.Number)
}

func (s *Service) operatorsCertificate(ctx context.Context, a Actor, number string) (Certificate, error) {
	if err := a.Permit(PermitManage, ""); err != nil {
		return Certificate{}, err
	}
	canonical, ok := ParseNumber(number)
	if !ok {
		return Certificate{}, refuse(NotFound, "certificate.not-found")
	}
	return s.certificate(ctx, canonical)
}

// Verdict is what a file is, compared with everything that was issued.
type Verdict string

// The verdicts. Only a file issued byte for byte is genuine; cryptography can
// explain a verdict, never change it.
const (
	VerdictGenuine Verdict = "genuine"
	VerdictAltered Verdict = "altered" // one of ours is inside with bytes added after it, or it bears our number
	VerdictUnknown Verdict = "unknown"
	VerdictEnded   Verdict = "ended" // genuine, but withdrawn or superseded since
	VerdictNotPDF  Verdict = "not-pdf"
)

// FileVerification is the verdict on a file.
type FileVerification struct {
	Verdict    Verdict
	SHA256     string
	Number     string // of the certificate found, when there is one
	Added      int    // bytes after the original, when the original is inside
	Revision   int    // of the original inside
	Commitment Commitment
	Original   string // address of the original for VerdictAltered, good for an hour
	// Embargo is until when the register tells nothing of it: whoever holds the
	// file has what it says, whoever made one with a number learns nothing. Zero
	// when all is public.
	Embargo time.Time
}

// originalLife is how long the address of an original opens it: whoever holds
// a file with the original inside may have it whole.
const originalLife = time.Hour

// VerifyUpload is VerifyFile for visitors: within limits, and with the address
// of the original when the file holds it. Limited after too many from one
// address.
func (s *Service) VerifyUpload(ctx context.Context, file []byte, v Visit) (FileVerification, error) {
	if err := s.Store.Update(ctx, func(tx Tx) error { return s.take(ctx, tx, limitUpload, clientKey(v.IP)) }); err != nil {
		return FileVerification{}, err
	}
	found, err := s.VerifyFile(ctx, file)
	if err != nil || found.Added == 0 {
		return found, err
	}
	token, err := s.links.Mint(LinkCertificate, Link{Subject: found.Commitment.SignatureID, Issue: found.Revision + 1, Expires: s.now().Add(originalLife)}, s.now())
	found.Original = s.linkURL("c", token)
	return found, err
}

// maxPrefixes bounds how many ends of PDF revisions are tried.
const maxPrefixes = 16

// VerifyFile compares a file, whole, with the hashes of what was issued. The
// file is not parsed.
func (s *Service) VerifyFile(ctx context.Context, file []byte) (FileVerification, error) {
	sum := sha256.Sum256(file)
	v := FileVerification{Verdict: VerdictUnknown, SHA256: hex.EncodeToString(sum[:])}
	if !bytes.HasPrefix(file, []byte("%PDF-")) {
		v.Verdict = VerdictNotPDF
		return v, nil
	}
	ref, err := s.certificateWith(ctx, v.SHA256)
	if err == nil {
		v.Verdict, v.Number = VerdictGenuine, ref.Number
		return s.withCommitment(ctx, v)
	} else if !IsKind(err, NotFound) {
		return v, err
	}
	return s.findInside(ctx, file, v)
}

// findInside looks for an issued file at the start of this one, wherever a
// revision could have ended. Of several, one within another, the longest counts.
func (s *Service) findInside(ctx context.Context, file []byte, v FileVerification) (FileVerification, error) {
	end := []byte("%%EOF")
	at := 0
	for range maxPrefixes {
		i := bytes.Index(file[at:], end)
		if i < 0 {
			break
		}
		at += i + len(end)
		for _, newline := range []string{"", "\n", "\r\n"} {
			if !bytes.HasPrefix(file[at:], []byte(newline)) {
				continue
			}
			size := at + len(newline)
			ref, err := s.certificateWith(ctx, fileSHA256(file[:size]))
			if err == nil {
				v.Verdict, v.Number, v.Revision, v.Added = VerdictAltered, ref.Number, ref.Revision, len(file)-size
			} else if !IsKind(err, NotFound) {
				return v, err
			}
		}
	}
	if v.Added > 0 {
		return s.withCommitment(ctx, v)
	}
	return s.findNumber(ctx, file, v)
}

// numberInFile finds what may be the number of a certificate.
var numberInFile = regexp.MustCompile(`ESJ-\d{4}-[0-9A-Z]{4}-[0-9A-Z]{4}`)

// findNumber looks for the number of one of ours in a file that is none of
// ours: altered, or made to look like it.
func (s *Service) findNumber(ctx context.Context, file []byte, v FileVerification) (FileVerification, error) {
	for _, text := range numberInFile.FindAll(file, maxPrefixes) {
		number, ok := ParseNumber(string(text))
		if !ok {
			continue
		}
		if _, err := s.Store.CommitmentByNumber(ctx, number); err == nil {
			v.Verdict, v.Number = VerdictAltered, number
			return s.withCommitment(ctx, v)
		} else if !IsKind(err, NotFound) {
			return v, err
		}
	}
	return v, nil
}

func (s *Service) withCommitment(ctx context.Context, v FileVerification) (FileVerification, error) {
	c, err := s.Store.CommitmentByNumber(ctx, v.Number)
	if err != nil {
		return v, err
	}
	if c, _, err = s.publicly(ctx, c); err != nil {
		return v, err
	}
	v.Commitment = c
	if v.Embargo = c.EmbargoAt(s.now()); !v.Embargo.IsZero() {
		v.Commitment = c.confidential()
	}
	if v.Verdict == VerdictGenuine && !c.holds() {
		v.Verdict = VerdictEnded // its holder must know, embargo or not
		v.Commitment.Status = c.Status
	}
	return v, nil
}
