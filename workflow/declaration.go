package workflow

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
)

// Declaration is one version of the text. Once published it never changes: a
// new wording is a new version.
type Declaration struct {
	ID          string // "esja"
	Version     string // "1.0"
	TitleFR     string
	TitleEN     string
	TextFR      string // Markdown, the instrument
	TextEN      string // Markdown, courtesy translation
	SHA256FR    string // hex, of TextFR
	SHA256EN    string
	PublishedAt time.Time // may lie ahead
	PoleSlug    string    // whose own variant it is; empty for everybody's
}

// Placeholders a declaration may hold.
const (
	placeOrganisationFR = "{organisation}"
	placeOrganisationEN = "{organization}"
	placeName           = "{prénom nom}"
	placeFunction       = "{fonction}"
	placeNumber         = "{numéro}"
	placeDate           = "{date}"
)

// TextSHA256 is the hex SHA-256 of a text, byte for byte.
func TextSHA256(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Fill puts names into the Markdown of a declaration. Values are escaped, so
// that a name with a star stays a name. The part in square brackets is kept
// only when there is a resolution; dates are worded by dateInWords.
func Fill(markdown, organisation string, who Signatory, r Resolution, dateInWords func(string) string) string {
	open, rest, found := strings.Cut(markdown, "[")
	if found {
		clause, after, _ := strings.Cut(rest, "]")
		if r.IsZero() {
			clause = ""
		}
		markdown = open + clause + after
	}
	return strings.NewReplacer(
		placeOrganisationFR, escapeMarkdown(organisation),
		placeOrganisationEN, escapeMarkdown(organisation),
		placeName, escapeMarkdown(who.Name),
		placeFunction, escapeMarkdown(who.Function),
		placeNumber, escapeMarkdown(r.Number),
		placeDate, escapeMarkdown(dateInWords(r.Date)),
	).Replace(markdown)
}

// escapeMarkdown protects every ASCII punctuation mark with a backslash, which
// CommonMark §2.4 reads as the mark itself.
func escapeMarkdown(s string) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
