package workflow

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"jachete/workflow/journal"
	"jachete/workflow/logo"
)

// Bounds of what is joined to the act.
const (
	MaxQuote   = 280     // characters
	MaxPicture = 1 << 20 // bytes of a file sent
)

// Joined is what the form of the act brings beside the name and the consent.
// Pictures are PNG or JPEG files as they were sent, empty for none.
type Joined struct {
	Drawing      []byte // of a signature drawn by hand
	PublishQuote bool
	Quote        string
	PublishLogo  bool
	Logo         []byte
}

// cleanJoined is the same, made safe.
type cleanJoined struct {
	drawing []byte // PNG
	quote   string
	logo    Picture
}

// clean makes safe what was sent. A quote or a logo without its tick is not
// dropped in silence: nobody could tell which of the two was meant.
func (j Joined) clean(f *fields) (c cleanJoined) {
	var problem *FieldError
	if len(j.Drawing) > 0 {
		c.drawing, problem = CleanDrawing(j.Drawing)
		f.check("drawing", problem)
	}
	c.quote, problem = CleanText(j.Quote, MaxQuote)
	switch {
	case problem != nil:
		f.check("quote", problem)
	case j.PublishQuote && c.quote == "":
		f.add("quote", "text.empty")
	case !j.PublishQuote && c.quote != "":
		f.add("quote", "joined.quote-unticked")
	}
	switch {
	case j.PublishLogo && len(j.Logo) == 0:
		f.add("logo", "logo.none")
	case !j.PublishLogo && len(j.Logo) > 0:
		f.add("logo", "joined.logo-unticked")
	case len(j.Logo) > 0:
		c.logo, problem = CleanLogo(j.Logo)
		f.check("logo", problem)
	}
	return c
}

// CleanLogo makes a logo of a file to join to the act, or says what is wrong
// with it. One that it made comes back as it is.
func CleanLogo(file []byte) (Picture, *FieldError) {
	if len(file) > MaxPicture {
		return Picture{}, &FieldError{Key: "joined.large"}
	}
	return cleanLogo(file)
}

// CleanDrawing keeps of the picture of a signature its lines only, as a PNG in
// black and white, or says what is wrong with it. How it was drawn (pressure,
// speed, order) is never asked for: that would be biometrics (LCCJTI 44).
func CleanDrawing(file []byte) ([]byte, *FieldError) {
	if len(file) > MaxPicture {
		return nil, &FieldError{Key: "joined.large"}
	}
	clean, err := logo.Drawing(file)
	switch {
	case err == nil:
		return clean, nil
	case errors.Is(err, logo.ErrType):
		return nil, &FieldError{Key: "drawing.type"}
	case errors.Is(err, logo.ErrBlank):
		return nil, &FieldError{Key: "drawing.blank"}
	case errors.Is(err, logo.ErrDark):
		return nil, &FieldError{Key: "drawing.dark"}
	case errors.Is(err, logo.ErrBig):
		return nil, &FieldError{Key: "drawing.big"}
	}
	return nil, &FieldError{Key: "drawing.broken"}
}

// drawingSHA256 is the hash of a drawing, empty when there is none.
func drawingSHA256(png []byte) string {
	if len(png) == 0 {
		return ""
	}
	return fileSHA256(png)
}

// publish makes public what the choices say, and nothing else: it may be called
// again with other choices.
func (c *Commitment) publish(p Publish, who Signatory) {
	c.PublicName, c.PublicFunction = "", ""
	if p.Signatory {
		c.PublicName, c.PublicFunction = who.Name, who.Function
	}
	c.PublicQuote, c.PublicLogo = p.Quote, p.Logo
}

// ShownQuote is the quote that pages show: none once the commitment has ended.
func (c Commitment) ShownQuote() string {
	if !c.holds() {
		return ""
	}
	return c.PublicQuote
}

// ShownLogo is the hash of the logo that pages show, likewise.
func (c Commitment) ShownLogo() string {
	if !c.holds() {
		return ""
	}
	return c.PublicLogo
}

// OrganisationLogo gives the picture that an organisation of the register
// publishes with its latest commitment that has one. NotFound when there is
// none that is public.
func (s *Service) OrganisationLogo(ctx context.Context, slug string) (Picture, error) {
	list, err := s.OrganisationCommitments(ctx, slug)
	if err != nil {
		return Picture{}, err
	}
	i := slices.IndexFunc(list, func(c Commitment) bool { return c.ShownLogo() != "" })
	if i < 0 {
		return Picture{}, refuse(NotFound, "register.not-found")
	}
	return s.Store.CommitmentLogo(ctx, list[i].ID)
}

// commitJoined writes the logo, and makes sure that the extract the signature
// names is there to be kept.
func (s *Service) commitJoined(ctx context.Context, tx Tx, a act) error {
	if a.logo.SHA256 != "" {
		if err := tx.SetCommitmentLogo(ctx, a.commitment.ID, a.logo); err != nil {
			return err
		}
	}
	if hash := a.signature.Resolution.ExtractSHA256; hash != "" {
		_, err := s.describedExtract(ctx, tx, a.signature.InvitationID, hash)
		if IsKind(err, Invalid) { // no fault of the person's
			err = fmt.Errorf("extract %s is not kept", hash)
		}
		return err
	}
	return nil
}

// noteJoined tells the journal what was joined; what was not is left out.
func noteJoined(e *journal.Event, sig Signature) {
	for name, value := range map[string]string{"sitting": sig.Resolution.Sitting, "extract_sha256": sig.Resolution.ExtractSHA256,
		"drawing_sha256": sig.DrawingSHA256, "publish_logo": sig.Publish.Logo} {
		if value != "" {
			e.Data[name] = value
		}
	}
	if sig.Publish.Quote != "" {
		e.Personal["quote"] = sig.Publish.Quote
	}
}
