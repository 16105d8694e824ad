package workflow

import (
	"bytes"
	"context"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Bounds of what comes with a resolution.
const (
	MaxExtract = 10 << 20 // bytes
	MaxSitting = 80       // characters
)

// Extract is the extract of the minutes that shows a resolution: exact bytes,
// kept as evidence and never opened.
type Extract struct {
	InvitationID string
	Name         string // as the browser gave it, made safe
	SHA256       string // hex
	Size         int    // bytes
	UploadedAt   time.Time
	Content      []byte // nil where an extract is only described
}

// ExtractForm is what the page of the resolution asks about the extract.
type ExtractForm struct {
	Name    string // of the file sent; empty when none was chosen
	Content []byte
	Kept    string // hash of one that a refused form brought, or empty
	Drop    bool   // go on without any
}

// cleanExtract checks the file that was sent; a zero one stands for none.
func (s *Service) cleanExtract(form ExtractForm) (Extract, *FieldError) {
	switch {
	case form.Name == "" && len(form.Content) == 0:
		return Extract{}, nil
	case len(form.Content) == 0:
		return Extract{}, &FieldError{Key: "extract.empty"}
	case len(form.Content) > MaxExtract:
		return Extract{}, &FieldError{Key: "extract.large"}
	case !bytes.HasPrefix(form.Content, []byte("%PDF-")):
		return Extract{}, &FieldError{Key: "extract.type"}
	}
	return Extract{Name: safeFileName(form.Name), SHA256: fileSHA256(form.Content), Size: len(form.Content), UploadedAt: s.now(), Content: form.Content}, nil
}

// maxFileName is how many characters of a file's name are kept.
const maxFileName = 80

// safeFileName is the name of a PDF without folders nor any sign that could
// mislead a person or a program.
func safeFileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if refusedRune(r) != "" || strings.ContainsRune(`/:*?"<>|%`, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	if ending := len(name) - len(".pdf"); ending >= 0 && strings.EqualFold(name[ending:], ".pdf") {
		name = name[:ending]
	}
	letters := []rune(strings.Trim(name, " ."))
	name = strings.Trim(string(letters[:min(len(letters), maxFileName)]), " .")
	if name == "" {
		name = "extrait"
	}
	return name + ".pdf"
}

// saveResolution keeps a resolution with its extract: the one just sent, none,
// one that a refused form brought, or else the one there was.
func (s *Service) saveResolution(ctx context.Context, tx Tx, p Signing, r Resolution, form ExtractForm, sent Extract) error {
	was := p.Invitation.Details.Resolution
	switch {
	case r.IsZero(), form.Drop && sent.SHA256 == "":
	case sent.SHA256 != "":
		r.ExtractSHA256 = sent.SHA256
	case form.Kept != "":
		if _, err := s.describedExtract(ctx, tx, p.Invitation.ID, form.Kept); err != nil {
			return err
		}
		r.ExtractSHA256 = form.Kept
	default:
		r.ExtractSHA256 = was.ExtractSHA256
	}
	err := s.writeDetails(ctx, tx, p, StepResolution, func(d *Details) error { d.Resolution, d.Authorised = r, true; return nil })
	if err != nil || r == was { // then nothing was moved, and nothing keeps others from moving it
		return err
	}
	if sent.SHA256 != "" {
		if err := s.addExtract(ctx, tx, p, sent); err != nil {
			return err
		}
	}
	return s.settleExtract(ctx, tx, p.Invitation, r.ExtractSHA256)
}

func (s *Service) addExtract(ctx context.Context, tx Tx, p Signing, x Extract) error {
	x.InvitationID = p.Invitation.ID
	return tx.AddExtract(ctx, x)
}

// settleExtract drops every extract of the invitation but one, and tells the
// journal what is joined now. The caller has moved the invitation.
func (s *Service) settleExtract(ctx context.Context, tx Tx, was Invitation, sha256 string) error {
	if before := was.Details.Resolution.ExtractSHA256; before != sha256 {
		e := s.event("extract.joined", actorSignatory, was.PoleSlug, was.ID)
		e.Data["sha256"] = sha256
		if sha256 == "" {
			e.Type = "extract.removed"
			e.Data["sha256"] = before
		}
		tx.Record(e)
	}
	return tx.DropExtracts(ctx, was.ID, sha256)
}

// describedExtract tells of one extract of an invitation, without its content.
// Invalid on field "extract" when there is no such one any more.
func (s *Service) describedExtract(ctx context.Context, r Reader, invitation, sha256 string) (Extract, error) {
	list, err := r.Extracts(ctx, invitation)
	if err != nil {
		return Extract{}, err
	}
	if i := slices.IndexFunc(list, func(x Extract) bool { return x.SHA256 == sha256 }); i >= 0 {
		return list[i], nil
	}
	var f fields
	f.add("extract", "extract.gone")
	return Extract{}, f.err()
}

// StashExtract keeps the file of a form that was refused for something else, so
// that nobody has to choose it again, and tells which extract the form has now:
// its Kept. Zero for none. Errors as Signing.
func (s *Service) StashExtract(ctx context.Context, secret string, form ExtractForm) (kept Extract, err error) {
	sent, problem := s.cleanExtract(form)
	err = s.atStep(ctx, secret, StepResolution, func(tx Tx, p Signing) error {
		joined := p.Invitation.Details.Resolution.ExtractSHA256
		if problem == nil && sent.SHA256 != "" {
			kept = sent
			return s.stash(ctx, tx, p, sent, joined)
		}
		for _, hash := range []string{form.Kept, joined} {
			if kept, err = s.describedExtract(ctx, tx, p.Invitation.ID, hash); err == nil || !IsKind(err, Invalid) {
				return err
			}
		}
		return nil
	})
	return kept, err
}

// stash moves the invitation so that whoever joins another file at the same
// time comes before or after, never between.
func (s *Service) stash(ctx context.Context, tx Tx, p Signing, x Extract, joined string) error {
	if err := tx.MoveInvitation(ctx, p.Invitation, p.Invitation); err != nil {
		return err
	}
	if err := s.addExtract(ctx, tx, p, x); err != nil {
		return err
	}
	return tx.DropExtracts(ctx, p.Invitation.ID, joined, x.SHA256)
}

// Extract describes the extract that is joined, without its content; zero for
// none.
func (s *Service) Extract(ctx context.Context, p Signing) (Extract, error) {
	hash := p.Invitation.Details.Resolution.ExtractSHA256
	if hash == "" {
		return Extract{}, nil
	}
	return s.describedExtract(ctx, s.Store, p.Invitation.ID, hash)
}

// SigningExtract gives the extract to the browser that signs. NotFound when
// none is joined; else errors as Signing.
func (s *Service) SigningExtract(ctx context.Context, secret string) (Extract, error) {
	p, err := s.Signing(ctx, secret)
	if err != nil {
		return Extract{}, err
	}
	return s.joinedExtract(ctx, p.Invitation)
}

func (s *Service) joinedExtract(ctx context.Context, inv Invitation) (Extract, error) {
	hash := inv.Details.Resolution.ExtractSHA256
	if hash == "" {
		return Extract{}, notFound()
	}
	return s.Store.Extract(ctx, inv.ID, hash)
}

// signedExtract is the extract that a signature names; zero when it names none.
func (s *Service) signedExtract(ctx context.Context, sig Signature) (Extract, error) {
	if sig.Resolution.ExtractSHA256 == "" {
		return Extract{}, nil
	}
	return s.Store.Extract(ctx, sig.InvitationID, sig.Resolution.ExtractSHA256)
}

// InvitationExtract gives the extract of an invitation to staff who may read
// it; the journal keeps that they looked.
func (s *Service) InvitationExtract(ctx context.Context, a Actor, id string) (Extract, error) {
	v, err := s.permitted(ctx, s.Store, a, PermitRead, id)
	if err != nil {
		return Extract{}, err
	}
	x, err := s.joinedExtract(ctx, v.Invitation)
	if err != nil {
		return Extract{}, err
	}
	return x, s.Store.Update(ctx, func(tx Tx) error {
		e := s.event("extract.seen", a, v.PoleSlug, v.ID)
		e.Data["sha256"], e.Data["bytes"] = x.SHA256, strconv.Itoa(x.Size)
		tx.Record(e)
		return nil
	})
}
