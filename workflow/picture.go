package workflow

import (
	"errors"

	"jachete/workflow/logo"
)

// Picture is a PNG made anew from a file that somebody sent.
type Picture struct {
	PNG           []byte
	SHA256        string // hex, of PNG
	Width, Height int    // pixels
}

// cleanLogo makes a logo of a PNG or JPEG file, or says what is wrong with it.
func cleanLogo(file []byte) (Picture, *FieldError) {
	clean, w, h, err := logo.Clean(file)
	if err != nil {
		return Picture{}, &FieldError{Key: logoFault(err)}
	}
	return Picture{PNG: clean, SHA256: fileSHA256(clean), Width: w, Height: h}, nil
}

// logoFault gives the sentence about a picture that was refused.
func logoFault(err error) string {
	switch {
	case errors.Is(err, logo.ErrType):
		return "logo.type"
	case errors.Is(err, logo.ErrSmall):
		return "logo.small"
	case errors.Is(err, logo.ErrBig):
		return "logo.big"
	case errors.Is(err, logo.ErrHeavy):
		return "logo.heavy"
	}
	return "logo.broken"
}
