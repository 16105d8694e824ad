package e2e

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path"
	"regexp"
	"strings"
	"testing"
)

// signer signs over plain HTTP, as a browser without scripts does.
type signer struct {
	t      testing.TB
	client *http.Client
	base   string
	data   string
	email  string
	secret []string // what must never be written down: tokens, codes, cookies
}

func newSigner(t testing.TB, i *installation, email string) *signer {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &signer{t: t, client: &http.Client{Jar: jar}, base: i.base, data: i.data, email: email}
}

// invite makes an invitation for a signer of its own.
func invite(t testing.TB, i *installation, email, organisation string, more ...string) *signer {
	t.Helper()
	s := newSigner(t, i, email)
	s.invitation(i, organisation, more...)
	return s
}

func (s *signer) invitation(i *installation, organisation string, more ...string) (id string) {
	s.t.Helper()
	arguments := append([]string{"invite", "--pole", "estrie", "--organisation", organisation, "--kind", "other", "--region", "05",
		"--name", "Camille Exemple", "--function", "Direction", "--email", s.email}, more...)
	return strings.TrimSpace(i.must(arguments...))
}

// answer is what a request came to.
type answer struct {
	status int
	where  string // path that answered
	body   string
	header http.Header
}

func (s *signer) send(request *http.Request) answer {
	s.t.Helper()
	response, err := s.client.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer{response.StatusCode, response.Request.URL.Path, string(body), response.Header}
}

// post sends a form; pairs are names and values in turn.
func (s *signer) post(path string, pairs ...string) answer {
	s.t.Helper()
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	request, err := http.NewRequest(http.MethodPost, s.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.send(request)
}

// arrives sends a form that has to lead to a page.
func (s *signer) arrives(at string, path string, pairs ...string) answer {
	s.t.Helper()
	a := s.post(path, pairs...)
	if a.status != http.StatusOK || a.where != at {
		s.t.Fatalf("POST %s leads to %s, %d, want %s\n%s", path, a.where, a.status, at, a.body)
	}
	return a
}

// link is the path of the link mailed last.
func (s *signer) link() string {
	s.t.Helper()
	for _, address := range awaitLetter(s.t, s.data, s.email, "invitation").links() {
		if u, err := url.Parse(address); err == nil && strings.HasPrefix(u.Path, "/i/") {
			s.secret = append(s.secret, path.Base(u.Path))
			return u.Path
		}
	}
	s.t.Fatal("no link in the mail")
	return ""
}

var reviewField = regexp.MustCompile(`name="review" value="([0-9a-f]{64})"`)

// toLastStep opens the link and answers every page before the act. It gives
// the form of the act.
func (s *signer) toLastStep() []string {
	s.t.Helper()
	s.arrives("/signature", s.link())
	s.arrives("/signature/organisation", "/signature")
	s.arrives("/signature/resolution", "/signature/organisation", "organisation", "Organisme d’essai", "name", "Camille Exemple", "function", "Direction")
	s.arrives("/signature/verification", "/signature/resolution", "needed", "no")
	return s.confirm()
}

// confirm types the mailed code.
func (s *signer) confirm() []string {
	s.t.Helper()
	before := len(lettersTo(s.t, s.data, s.email))
	s.arrives("/signature/verification", "/signature/verification", "do", "send")
	eventually(s.t, "a code", func() bool { return len(lettersTo(s.t, s.data, s.email)) > before })
	code := mailedCode.FindStringSubmatch(awaitLetter(s.t, s.data, s.email, "code").text)[1]
	s.secret = append(s.secret, code)
	page := s.arrives("/signature/signer", "/signature/verification", "do", "confirm", "code", code)
	review := reviewField.FindStringSubmatch(page.body)
	if review == nil {
		s.t.Fatalf("no review digest\n%s", page.body)
	}
	for _, c := range s.cookies() {
		s.secret = append(s.secret, c.Value)
	}
	return []string{"typed", "Camille Exemple", "consent", "1", "review", review[1]}
}

func (s *signer) cookies() []*http.Cookie {
	u, err := url.Parse(s.base)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.client.Jar.Cookies(u)
}

var shownNumber = regexp.MustCompile(`ESJ-\d{4}-[0-9A-Z]{4}-[0-9A-Z]{4}`)

// sign does all of it and gives the number of the certificate.
func (s *signer) sign() string {
	s.t.Helper()
	return shownNumber.FindString(s.arrives("/signature/merci", "/signature/signer", s.toLastStep()...).body)
}

// signers makes some signers of one installation.
func signers(t testing.TB, i *installation, n int) []*signer {
	t.Helper()
	var list []*signer
	for k := range n {
		list = append(list, invite(t, i, fmt.Sprintf("p%d@example.org", k), fmt.Sprintf("Organisme d’essai %d", k)))
	}
	return list
}
