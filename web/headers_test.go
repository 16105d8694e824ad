package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

var nonceShape = regexp.MustCompile(`script-src 'nonce-([A-Z2-7]{26,})'`)

// checkHeaders holds an answer to what is true of every answer, and gives its
// nonce.
func checkHeaders(t *testing.T, name string, h http.Header) (nonce string) {
	t.Helper()
	policy := h.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "frame-ancestors 'none'"} {
		if !strings.Contains(policy, part) {
			t.Errorf("%s: %s is not in the policy %q", name, part, policy)
		}
	}
	if !strings.HasPrefix(policy, "sandbox") {
		for _, part := range []string{"style-src 'self'", "img-src 'self' data:", "form-action 'self'", "base-uri 'none'", "object-src 'none'"} {
			if !strings.Contains(policy, part) {
				t.Errorf("%s: %s is not in the policy %q", name, part, policy)
			}
		}
		if m := nonceShape.FindStringSubmatch(policy); m != nil {
			nonce = m[1]
		} else if policy != policyKept || strings.Contains(policy, "script") {
			t.Fatalf("%s: no nonce in %q", name, policy)
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
		t.Errorf("%s: %q", name, policy)
	}
	for header, want := range map[string]string{"Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
		"Cross-Origin-Opener-Policy": "same-origin", "Server": "", "X-Powered-By": ""} {
		if got := h.Get(header); got != want {
			t.Errorf("%s: %s is %q", name, header, got)
		}
	}
	if h.Get("Permissions-Policy") == "" || h.Get("Cross-Origin-Resource-Policy") == "" || h.Get("Cache-Control") == "" {
		t.Errorf("%s: a header is missing: %v", name, h)
	}
	return nonce
}

// Every route, for a stranger, with every method, and for somebody inside.
func TestHeadersOnEveryAnswer(t *testing.T) {
	x := newSite(t, func(c *Config) { c.Mailbox = emptyMailbox{} })
	_, link := x.invite()
	inside := x.browser()
	inside.ready(link)
	nonces := map[string]bool{}
	count := 0
	for _, r := range append(Routes(), Route{Path: "/nothing"}, Route{Path: "//"}) {
		path := strings.NewReplacer(":token", strings.TrimPrefix(link, "/i/"), ":slug", "monteregie", ":version", "1.0", ":number", "0", ":id", "a", ":file", styleFile,
			":where", "longueuil").Replace(r.Path)
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"} {
			for who, b := range map[string]*browser{"stranger": x.browser(), "inside": inside.again()} {
				if method == "POST" {
					continue // TestForms posts; here nothing must change
				}
				a := b.send(method, path, "")
				name := who + " " + method + " " + path
				if r.Path == embedPath+":where" && (method == "GET" || method == "HEAD") {
					checkFramed(t, name, a.Header) // the only answers that may be framed
				} else if nonce := checkHeaders(t, name, a.Header); nonce != "" && nonces[nonce] {
					t.Errorf("%s: nonce seen before", name)
				} else {
					nonces[nonce] = true
				}
				if a.StatusCode >= 500 {
					t.Errorf("%s: %d", name, a.StatusCode)
				}
				if method != "GET" && method != "HEAD" && a.StatusCode < 400 && (method != "OPTIONS" || !openData(path)) {
					t.Errorf("%s: %d", name, a.StatusCode)
				}
				count++
			}
		}
	}
	if count < 300 {
		t.Errorf("only %d answers", count)
	}
}

func TestPrivatePagesAreNotKept(t *testing.T) {
	x := newSite(t, func(c *Config) { c.Mailbox = emptyMailbox{} })
	_, link := x.invite()
	b := x.browser()
	b.sign(link)
	for _, path := range []string{link, "/signature", "/signature/merci", "/signature/attestation.pdf", "/signature/merci/x.css", "/signature/merci?x.png",
		"/signature/merci;/x.css", "/signature/merci%2fx.js", "/demo/courriel", "/nothing", "/c/a.b.c"} {
		if got := b.open(path).Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s: %q", path, got)
		}
	}
	if got := b.open("/static/" + styleFile).Header.Get("Cache-Control"); !strings.Contains(got, "immutable") {
		t.Errorf("style sheet: %q", got)
	}
}

func TestStrictTransportAndCookiesOnHTTPS(t *testing.T) {
	x := newSite(t, func(c *Config) { c.BaseURL = mustURL(t, "https://declarations.example.org") })
	_, link := x.invite()
	r := request(http.MethodPost, link, "")
	r.Host = "declarations.example.org"
	a := x.ask(r)
	c := a.Cookies()[0]
	if c.Name != "__Host-signature" || !c.Secure || !c.HttpOnly || c.Path != "/" || c.Domain != "" {
		t.Errorf("%+v", c)
	}
	if got := a.Header.Get("Strict-Transport-Security"); !strings.HasPrefix(got, "max-age=") {
		t.Errorf("%q", got)
	}
}

// Addresses that look like others lead nowhere.
func TestAddressesAreExact(t *testing.T) {
	x := newSite(t)
	for _, path := range []string{"/SIGNATAIRES", "/signataires/", "//signataires", "/./signature", "/%73ignature/../x", "/signature%2f", "/signature/..;/x",
		"/static/../routes.go", "/static/..%2f..%2fgo.mod", "/static/%2e%2e/go.mod", "/static/....//go.mod", "/static/style.css%00", "/static/..%5cgo.mod"} {
		if a := x.get(path); a.StatusCode == 200 || strings.Contains(a.body, "module jachete") {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
	}
}

func TestNoHeaderIsMadeOfParameters(t *testing.T) {
	x := newSite(t)
	for _, bad := range []string{"%0d%0aSet-Cookie:x=1", "%0d%0a%0d%0a<script>", "%e5%98%8a%e5%98%8d", "%00", "%zz", "%ff", "..%2f"} {
		for _, path := range []string{"/i/" + bad, "/c/" + bad, "/v/" + bad, "/signataires/" + bad, "/regions/" + bad, "/poles/" + bad, "/declaration/" + bad,
			"/desabonnement/" + bad, "/static/" + bad, "/signataires?q=" + bad, "/?lang=" + bad, "/signataires?page=" + bad, "/api/v1/signatories/" + bad} {
			a := x.get(path)
			if a.StatusCode >= 500 || len(a.Cookies()) > 0 || strings.Contains(a.body, "<script>") {
				t.Errorf("%s: %d %v", path, a.StatusCode, a.Header)
			}
			checkHeaders(t, path, a.Header)
		}
	}
}
