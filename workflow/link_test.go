package workflow

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

var (
	linkNow    = time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)
	linkSecret = bytes.Repeat([]byte{7}, MinKey)
)

func testLinks(t *testing.T, at time.Time, keys ...LinkKey) *Links {
	t.Helper()
	if keys == nil {
		keys = []LinkKey{{"k1", linkSecret}}
	}
	l, err := NewLinks(keys, ClockFunc(func() time.Time { return at }))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func mint(t *testing.T, l *Links, p LinkPurpose) string {
	t.Helper()
	token, err := l.Mint(p, Link{Subject: "inv", Issue: 2, Expires: linkNow.Add(time.Hour)}, linkNow)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestLinkSaysWhatWasMinted(t *testing.T) {
	l := testLinks(t, linkNow)
	token := mint(t, l, LinkSign)
	if token != mint(t, l, LinkSign) {
		t.Error("a retried mail would hold another link")
	}
	got, err := l.Read(LinkSign, token)
	if err != nil || got.Subject != "inv" || got.Issue != 2 {
		t.Errorf("read %+v, %v", got, err)
	}
}

func TestLinkOpensOneKindOfDoor(t *testing.T) {
	l := testLinks(t, linkNow)
	purposes := []LinkPurpose{LinkSign, LinkCertificate, LinkUnsubscribe}
	for _, minted := range purposes {
		for _, tried := range purposes {
			_, err := l.Read(tried, mint(t, l, minted))
			if (err == nil) != (minted == tried) {
				t.Errorf("a link to %s at %s: %v", minted, tried, err)
			}
		}
	}
}

func TestOldLinkIsGoneAndKeepsItsSubject(t *testing.T) {
	token := mint(t, testLinks(t, linkNow), LinkSign)
	got, err := testLinks(t, linkNow.Add(2*time.Hour)).Read(LinkSign, token)
	if !IsKind(err, Gone) || got.Subject != "inv" {
		t.Errorf("read %+v, %v", got, err)
	}
}

func TestKeysCanBeChangedWithoutKillingLinks(t *testing.T) {
	old := mint(t, testLinks(t, linkNow), LinkSign)
	both := testLinks(t, linkNow, LinkKey{"k2", bytes.Repeat([]byte{9}, MinKey)}, LinkKey{"k1", linkSecret})
	if _, err := both.Read(LinkSign, old); err != nil {
		t.Error(err)
	}
	if _, err := testLinks(t, linkNow).Read(LinkSign, mint(t, both, LinkSign)); !IsKind(err, NotFound) {
		t.Errorf("a link of an unknown key: %v", err)
	}
	if _, err := NewLinks([]LinkKey{{"short", make([]byte, MinKey-1)}}, SystemClock); err == nil {
		t.Error("a short key was accepted")
	}
}

// forge signs any claims with the right key, as a careless issuer would.
func forge(t *testing.T, m jwt.SigningMethod, key any, claims jwt.MapClaims, header map[string]any) string {
	t.Helper()
	token := jwt.NewWithClaims(m, claims)
	token.Header["kid"], token.Header["typ"] = "k1", "jachete-sign+jwt"
	for k, v := range header {
		if token.Header[k] = v; v == nil {
			delete(token.Header, k)
		}
	}
	s, err := token.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestBadLinksAreAllUnknown(t *testing.T) {
	l := testLinks(t, linkNow)
	good := func(change jwt.MapClaims) jwt.MapClaims {
		c := jwt.MapClaims{"iss": "jachete", "aud": "sign", "sub": "inv", "jti": "2",
			"iat": linkNow.Unix(), "exp": linkNow.Add(time.Hour).Unix()}
		for k, v := range change {
			if c[k] = v; v == nil {
				delete(c, k)
			}
		}
		return c
	}
	hs := jwt.SigningMethodHS256
	if _, err := l.Read(LinkSign, forge(t, hs, linkSecret, good(nil), nil)); err != nil {
		t.Fatalf("the control is refused: %v", err)
	}
	whole := mint(t, l, LinkSign)
	past := linkNow.Add(-time.Hour).Unix()
	for name, token := range map[string]string{
		"empty": "", "garbage": "x.y.z", "long": strings.Repeat("a", 8000),
		"none":               forge(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, good(nil), nil),
		"hs512":              forge(t, jwt.SigningMethodHS512, linkSecret, good(nil), nil),
		"no exp":             forge(t, hs, linkSecret, good(jwt.MapClaims{"exp": nil}), nil),
		"no issuer":          forge(t, hs, linkSecret, good(jwt.MapClaims{"iss": nil}), nil),
		"other issuer":       forge(t, hs, linkSecret, good(jwt.MapClaims{"iss": "x"}), nil),
		"other audience":     forge(t, hs, linkSecret, good(jwt.MapClaims{"aud": "certificate"}), nil),
		"no audience":        forge(t, hs, linkSecret, good(jwt.MapClaims{"aud": nil}), nil),
		"future iat":         forge(t, hs, linkSecret, good(jwt.MapClaims{"iat": linkNow.Add(time.Hour).Unix()}), nil),
		"no subject":         forge(t, hs, linkSecret, good(jwt.MapClaims{"sub": nil}), nil),
		"issue not number":   forge(t, hs, linkSecret, good(jwt.MapClaims{"jti": "x"}), nil),
		"no kid":             forge(t, hs, linkSecret, good(nil), map[string]any{"kid": nil}),
		"extra header":       forge(t, hs, linkSecret, good(nil), map[string]any{"jku": "https://evil.example"}),
		"other type":         forge(t, hs, linkSecret, good(nil), map[string]any{"typ": "JWT"}),
		"other key":          forge(t, hs, bytes.Repeat([]byte{1}, MinKey), good(nil), nil),
		"expired, other key": forge(t, hs, bytes.Repeat([]byte{1}, MinKey), good(jwt.MapClaims{"exp": past}), nil),
		"expired, no issuer": forge(t, hs, linkSecret, good(jwt.MapClaims{"exp": past, "iss": nil}), nil),
		"malleable":          whole[:len(whole)-1] + string(nextBase64(whole[len(whole)-1])),
		"padded":             whole + "=",
	} {
		if got, err := l.Read(LinkSign, token); !IsKind(err, NotFound) || got != (Link{}) {
			t.Errorf("%s: read %+v, %v", name, got, err)
		}
	}
}

// nextBase64 gives the letter that a lax decoder reads the same: the last one
// of a 32-byte signature holds two spare bits.
func nextBase64(c byte) byte {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	i := strings.IndexByte(alphabet, c)
	return alphabet[i^1]
}
