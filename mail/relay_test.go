package mail

import (
	"fmt"
	"strings"
	"testing"
)

func TestParseSMTP(t *testing.T) {
	for address, want := range map[string]Relay{
		"smtp://u:p%40ss@mx.example.org": {"mx.example.org", 587, startTLS, "u", "p@ss"},
		"smtp://mx.example.org:2587/":    {"mx.example.org", 2587, startTLS, "", ""},
		"smtps://u:p@mx.example.org":     {"mx.example.org", 465, implicitTLS, "u", "p"},
		"smtps://[2001:db8::1]:465":      {"2001:db8::1", 465, implicitTLS, "", ""},
		"smtp+plain://127.0.0.1:2525":    {"127.0.0.1", 2525, plain, "", ""},
		"smtp+plain://[::1]:2525":        {"::1", 2525, plain, "", ""},
		"smtp+plain://localhost":         {"localhost", 25, plain, "", ""},
	} {
		if got, err := ParseSMTP(address); err != nil || got != want {
			t.Errorf("ParseSMTP(%q) = %v, %v", address, got, err)
		}
	}
}

func TestParseSMTPSaysWhatIsWrong(t *testing.T) {
	for address, want := range map[string]string{
		"":                                  "must start with",
		"mx.example.org:25":                 "must start with",
		"http://mx.example.org":             "must start with",
		"smtp://":                           "needs a host",
		"smtp://:587":                       "needs a host",
		"smtp://mx.example.org:0":           "port from 1",
		"smtp://mx.example.org:99999":       "port from 1",
		"smtp://mx.example.org/inbox":       "nothing may follow",
		"smtp://mx.example.org?tls=no":      "nothing may follow",
		"smtp://u@mx.example.org":           "go together",
		"smtp://u:s3cret%zz@mx.example.org": "percent-encoded",
		"smtp+plain://mx.example.org:25":    "this machine only",
		"smtp+plain://10.0.0.1:25":          "this machine only",
		"smtp+plain://127.0.0.1.evil.test":  "this machine only",
		"smtp+plain://0.0.0.0:25":           "this machine only",
	} {
		_, err := ParseSMTP(address)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("ParseSMTP(%q) = %v, want %q", address, err, want)
		}
	}
}

func TestRelayPrintsWithoutPassword(t *testing.T) {
	r, err := ParseSMTP("smtp://u:s3cret@mx.example.org")
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		if s := fmt.Sprintf(verb, r); strings.Contains(s, "s3cret") {
			t.Errorf("%s prints the password: %s", verb, s)
		}
	}
}
