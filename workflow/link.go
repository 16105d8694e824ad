package workflow

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// LinkPurpose is the audience of a link: a link opens one kind of door only.
type LinkPurpose string

// The purposes of links.
const (
	LinkSign        LinkPurpose = "sign"        // subject: invitation id
	LinkCertificate LinkPurpose = "certificate" // subject: signature id
	LinkUnsubscribe LinkPurpose = "unsubscribe" // subject: invitation id
	LinkCeremony    LinkPurpose = "ceremony"    // subject: invitation id; shown in the room, never mailed
	LinkCosign      LinkPurpose = "cosign"      // subject: invitation id and seat, see cosignSubject
)

// linkIssuer is the issuer claim of every link.
const linkIssuer = "jachete"

// linkLife is how long an invitation's link could open it. Its term is the
// record's to say, and staff may extend it without mailing another link.
const linkLife = 3 * 365 * 24 * time.Hour

// MinKey is the least size of a secret key, in bytes.
const MinKey = 32

// Links mints and reads the links that mails carry. They are derived from the
// record and a key kept outside the database: nothing in the database opens a
// door, and a retried mail holds the same bytes.
type Links struct {
	keys  map[string][]byte
	kid   string // key that mints
	clock Clock
}

// NewLinks makes the one reader and writer of links. The first key mints, all
// of them read, so that a key can be changed without killing mailed links.
func NewLinks(keys []LinkKey, clock Clock) (*Links, error) {
	if len(keys) == 0 {
		return nil, errors.New("links: no key")
	}
	l := &Links{keys: map[string][]byte{}, kid: keys[0].ID, clock: clock}
	for _, k := range keys {
		if len(k.Secret) < MinKey {
			return nil, fmt.Errorf("links: key %s has %d bytes, want %d or more", k.ID, len(k.Secret), MinKey)
		}
		l.keys[k.ID] = k.Secret
	}
	return l, nil
}

// LinkKey is a secret with the name its links carry.
type LinkKey struct {
	ID     string
	Secret []byte
}

// Link is what a link says once its signature is checked. Whether it still
// opens anything is the record's to say.
type Link struct {
	Subject string
	Issue   int
	Expires time.Time
}

// Mint writes the link for a subject. The same arguments give the same text.
func (l *Links) Mint(p LinkPurpose, link Link, issued time.Time) (string, error) {
	t := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.RegisteredClaims{
		Issuer: linkIssuer, Audience: jwt.ClaimStrings{string(p)}, Subject: link.Subject,
		ID: strconv.Itoa(link.Issue), IssuedAt: jwt.NewNumericDate(issued),
		ExpiresAt: jwt.NewNumericDate(link.Expires),
	})
	t.Header["kid"] = l.kid
	t.Header["typ"] = linkType(p)
	return t.SignedString(l.keys[l.kid])
}

// Read checks a link of that purpose. Every fault but age is NotFound, so that
// a guesser learns nothing; an old link is Gone with what it said, because its
// holder deserves to know whom to ask.
func (l *Links) Read(p LinkPurpose, token string) (Link, error) {
	var claims jwt.RegisteredClaims
	_, err := jwt.NewParser(
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt(),
		jwt.WithIssuer(linkIssuer), jwt.WithAudience(string(p)),
		jwt.WithStrictDecoding(), jwt.WithTimeFunc(l.clock.Now),
	).ParseWithClaims(token, &claims, l.key(p))
	expired := isOnlyExpired(err)
	if err != nil && !expired {
		return Link{}, &Error{Kind: NotFound, Key: "link.unknown", Err: errors.New("link refused")}
	}
	issue, convErr := strconv.Atoi(claims.ID)
	if convErr != nil || claims.Subject == "" {
		return Link{}, refuse(NotFound, "link.unknown")
	}
	link := Link{Subject: claims.Subject, Issue: issue, Expires: claims.ExpiresAt.Time}
	if expired {
		return link, refuse(Gone, "link.expired")
	}
	return link, nil
}

// key picks the secret by the name in the header, and holds the header's type
// to the purpose.
func (l *Links) key(p LinkPurpose) jwt.Keyfunc {
	return func(t *jwt.Token) (any, error) {
		if t.Header["typ"] != linkType(p) || len(t.Header) != 3 {
			return nil, jwt.ErrTokenUnverifiable
		}
		kid, _ := t.Header["kid"].(string)
		secret, ok := l.keys[kid]
		if !ok {
			return nil, jwt.ErrTokenUnverifiable
		}
		return secret, nil
	}
}

// isOnlyExpired tells of a link that is sound but for its age.
func isOnlyExpired(err error) bool {
	if !errors.Is(err, jwt.ErrTokenExpired) {
		return false
	}
	for _, other := range []error{jwt.ErrTokenMalformed, jwt.ErrTokenUnverifiable, jwt.ErrTokenSignatureInvalid,
		jwt.ErrTokenRequiredClaimMissing, jwt.ErrTokenInvalidAudience, jwt.ErrTokenInvalidIssuer,
		jwt.ErrTokenUsedBeforeIssued, jwt.ErrTokenNotValidYet, jwt.ErrTokenInvalidId} {
		if errors.Is(err, other) {
			return false
		}
	}
	return true
}

func linkType(p LinkPurpose) string { return "jachete-" + string(p) + "+jwt" }
