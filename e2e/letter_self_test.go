package e2e

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const sampleLetter = `From: =?UTF-8?Q?Ville_de_Rivi=C3=A8re-Exemple?= <avis@example.org>
To: Camille Exemple <camille@example.org>
Subject: =?UTF-8?Q?Votre_code=C2=A0:_NUMERO?=
Content-Type: multipart/mixed; boundary=a

--a
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: quoted-printable

D=C3=A9claration=C2=A0: http://127.0.0.1:8080/i/abc=
def et <https://example.org/x>.

--b
Content-Type: text/html; charset=UTF-8
Content-Transfer-Encoding: base64

PHA+RMOpY2xhcmF0aW9uPC9wPg==

--b--
--a
Content-Type: application/pdf; name="a.pdf"
Content-Disposition: attachment; filename="a.pdf"
Content-Transfer-Encoding: base64

JVBERi0x

--a--
`

func TestLettersAreRead(t *testing.T) {
	data := t.TempDir()
	put := func(file, number string) {
		text := strings.ReplaceAll(strings.ReplaceAll(sampleLetter, "NUMERO", number), "\n", "\r\n")
		if err := os.WriteFile(filepath.Join(data, "mail", file), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(data, "mail"), 0o700); err != nil {
		t.Fatal(err)
	}
	put("20261122T100001.000-B.eml", "deux")
	put("20261122T100000.000-C.eml", "un")

	l := awaitLetter(t, data, "Camille@example.org", "Votre code")
	if l.subject != "Votre code\u00a0: deux" {
		t.Errorf("subject %q, want that of the newest", l.subject)
	}
	if got := l.links(); !slices.Equal(got, []string{"http://127.0.0.1:8080/i/abcdef", "https://example.org/x"}) {
		t.Errorf("links %q", got)
	}
	if l.html != "<p>Déclaration</p>" || string(l.attachments["a.pdf"]) != "%PDF-1" {
		t.Errorf("html %q, attachments %q", l.html, l.attachments)
	}
	if n := len(lettersTo(t, data, "autre@example.org")); n != 0 {
		t.Errorf("%d mails for someone who got none", n)
	}
}
