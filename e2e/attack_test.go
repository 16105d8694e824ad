package e2e

import (
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"jachete/store/storetest"
)

// state asks the operator's command where an invitation stands.
func state(t testing.TB, i *installation, id string) string {
	t.Helper()
	var record struct{ State string }
	if err := json.Unmarshal([]byte(i.must("invite", "status", id, "--json")), &record); err != nil {
		t.Fatal(err)
	}
	return record.State
}

// Mail scanners fetch every link, by the hundred. Nothing moves; the person
// who comes after them signs.
func TestScannersChangeNothing(t *testing.T) {
	i := startServe(t).installation
	s := newSigner(t, i, "camille@example.org")
	id := s.invitation(i, "Organisme d’essai")
	link := s.link()
	for n := range 200 {
		request, err := http.NewRequest([]string{http.MethodGet, http.MethodHead}[n%2], i.base+link, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("User-Agent", "Mozilla/5.0 (compatible; SafeLinks; Proofpoint; Barracuda)")
		if a := newSigner(t, i, "").send(request); a.status != http.StatusOK {
			t.Fatalf("fetch %d answered %d", n, a.status)
		}
	}
	if got := state(t, i, id); got != "sent" {
		t.Errorf("after the scanners the invitation is %s", got)
	}
	if n := len(lettersTo(t, i.data, s.email)); n != 1 {
		t.Errorf("%d mails were sent", n)
	}
	if s.sign() == "" {
		t.Error("no number")
	}
}

// Whoever reads the log, the database or the mail folder's neighbours finds no
// link, code or cookie.
func TestSecretsAreWrittenNowhere(t *testing.T) {
	server := startServe(t, "JACHETE_LOG=debug")
	s := invite(t, server.installation, "camille@example.org", "Organisme d’essai")
	s.sign()
	if len(s.secret) < 3 {
		t.Fatalf("only %d secrets were seen", len(s.secret))
	}
	if err := server.stop(); err != nil {
		t.Fatal(err)
	}
	written := map[string]string{"log": server.stderr(), "standard output": server.stdout()}
	files, _ := filepath.Glob(filepath.Join(server.data, "jachete.db*"))
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		written[file] = string(content)
	}
	for where, text := range written {
		for n, secret := range s.secret {
			if len(secret) > 6 && strings.Contains(text, secret) || len(secret) == 6 && strings.Contains(where+text, "code="+secret) {
				t.Errorf("secret %d is in %s", n, where)
			}
		}
	}
}

// The answer to « Signer » is lost; asking again tells what happened.
func TestALostAnswerCanBeAskedForAgain(t *testing.T) {
	i := startServe(t).installation
	s := invite(t, i, "camille@example.org", "Organisme d’essai")
	form := s.toLastStep()
	abandon(t, s, "/signature/signer", form)
	first := shownNumber.FindString(s.arrives("/signature/merci", "/signature/signer", form...).body)
	again := shownNumber.FindString(s.arrives("/signature/merci", "/signature/signer", form...).body)
	if first == "" || first != again {
		t.Errorf("numbers %q and %q", first, again)
	}
	if out := i.must("journal", "verify", "--deep", "--json"); !strings.Contains(out, `"certificates": 1`) {
		t.Errorf("not one certificate: %s", out)
	}
}

// abandon sends a form and cuts the line before the answer.
func abandon(t *testing.T, s *signer, path string, pairs []string) {
	t.Helper()
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	u, err := url.Parse(s.base)
	if err != nil {
		t.Fatal(err)
	}
	line, err := net.Dial("tcp", u.Host)
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequest(http.MethodPost, s.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range s.cookies() {
		request.AddCookie(c)
	}
	if err := request.Write(line); err != nil {
		t.Fatal(err)
	}
	line.(*net.TCPConn).SetLinger(0) // a reset, not a polite end
	line.Close()
}

// Two instances share a database and the keys. Eight forms at once, from the
// same browser, on both: one certificate, and every answer names it.
func TestInstancesSharingADatabaseSignOnce(t *testing.T) {
	for name, dsn := range map[string]func(t *testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "shared.db") },
		"postgres": func(t *testing.T) string { return storetest.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			database, data := "JACHETE_DATABASE="+dsn(t), "JACHETE_DATA="+filepath.Join(t.TempDir(), "data")
			one := startServe(t, database, data).installation
			two := startServe(t, database, data).installation
			for _, s := range signers(t, one, 5) {
				form := s.toLastStep()
				seen := numbersAtOnce(s, form, one.base, two.base)
				if len(seen) != 1 {
					t.Errorf("numbers %v", seen)
				}
			}
			if out := two.must("journal", "verify", "--deep", "--json"); !strings.Contains(out, `"certificates": 5`) {
				t.Errorf("not five certificates: %s", out)
			}
		})
	}
}

// numbersAtOnce sends the same form four times to each instance and gives the
// certificates named in the answers.
func numbersAtOnce(s *signer, form []string, bases ...string) map[string]bool {
	var group sync.WaitGroup
	var mu sync.Mutex
	seen := map[string]bool{}
	for n := range 8 {
		copied := *s
		copied.client = &http.Client{Jar: sameCookies{s.cookies()}}
		copied.base = bases[n%len(bases)]
		group.Go(func() {
			a := copied.post("/signature/signer", form...)
			mu.Lock()
			defer mu.Unlock()
			seen[shownNumber.FindString(a.body)] = true
		})
	}
	group.Wait()
	return seen
}

// sameCookies is a jar that sends the same cookies to every address.
type sameCookies struct{ list []*http.Cookie }

// Cookies implements http.CookieJar.
func (j sameCookies) Cookies(*url.URL) []*http.Cookie { return j.list }

// SetCookies implements http.CookieJar.
func (j sameCookies) SetCookies(*url.URL, []*http.Cookie) {}
