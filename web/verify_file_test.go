package web

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/textproto"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
)

// envelope packs a file as a browser does, under any name.
func envelope(t testing.TB, field, fileName string, file []byte) (kind, body string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="` + field + `"; filename="` + fileName + `"`},
		"Content-Type": {"application/pdf"}})
	must(t, err)
	_, err = part.Write(file)
	must(t, err)
	must(t, w.Close())
	return w.FormDataContentType(), b.String()
}

// upload sends a file to be verified.
func (x *site) upload(file []byte) answer { return x.uploadNamed("attestation.pdf", file) }

func (x *site) uploadNamed(name string, file []byte, headers ...string) answer {
	x.t.Helper()
	kind, body := envelope(x.t, "fichier", name, file)
	return x.uploadRaw(kind, body, headers...)
}

func (x *site) uploadRaw(kind, body string, headers ...string) answer {
	x.t.Helper()
	r := request(http.MethodPost, "/verifier", body)
	r.Header.Set("Content-Type", kind)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return x.ask(r)
}

// certificate signs and gives the sealed file.
func (x *site) certificate(pairs ...string) workflow.Certificate {
	x.t.Helper()
	number := x.signs("Coopérative Gabarit", "16", pairs...)
	c, err := x.service.CertificateByNumber(x.t.Context(), workflow.Operator(), number)
	must(x.t, err)
	return c
}

// with gives a copy of a file with bytes after it.
func with(file []byte, more string) []byte { return append(slices.Clone(file), more...) }

func TestVerdictsOnUploads(t *testing.T) {
	x := newSite(t)
	c := x.certificate()
	flipped := slices.Clone(c.PDF)
	flipped[len(flipped)/2] ^= 1
	for name, try := range map[string]struct {
		file   []byte
		status int
		fr, en string
	}{
		"as issued":      {c.PDF, 200, "Ce fichier est authentique", "This file is genuine"},
		"a bit flipped":  {flipped, 200, "Ce fichier n’est pas l’attestation émise", "This file is not the certificate that was issued"},
		"cut":            {c.PDF[:len(c.PDF)-10], 200, "Ce fichier n’est pas l’attestation émise", "is not the certificate"},
		"one byte added": {with(c.PDF, "x"), 200, "mais 1 octet a été ajouté", "but 1 byte was added"},
		"update added":   {with(c.PDF, "\n1 0 obj\n%%EOF\n"), 200, "mais 15 octets ont été ajoutés", "but 15 bytes were added"},
		"another PDF":    {[]byte("%PDF-1.7\nautre\n%%EOF\n"), 200, "Ce fichier nous est inconnu", "This file is unknown to us"},
		"text":           {[]byte("bonjour"), 422, "Ce fichier n’est pas un PDF", "This file is not a PDF"},
		"nothing":        {nil, 422, "Choisissez le fichier PDF à vérifier", "Choose the PDF file to check"},
	} {
		t.Run(name, func(t *testing.T) {
			x.clock.Move(time.Minute)
			french := x.uploadNamed("a.pdf", try.file).must(t, try.status)
			french.says(t, try.fr)
			english := x.uploadNamed("a.pdf", try.file, "Accept-Language", "en-CA").must(t, try.status)
			english.says(t, try.en)
			genuine := name == "as issued"
			for _, a := range []answer{french, english} {
				checkHeaders(t, name, a.Header)
				if said := regexp.MustCompile(`authentique|genuine|(?i)valid`).MatchString(visible(a.body)); said != genuine {
					t.Errorf("called genuine: %t\n%s", said, visible(a.body))
				}
				if strings.Contains(a.body, "@example.org") || strings.Contains(a.body, "Camille") || a.Header.Get("Cache-Control") != "no-store" {
					t.Errorf("%v %s", a.Header, a.body)
				}
			}
			if try.status == 422 && !strings.Contains(french.body, `href="#fichier"`) {
				t.Error("the refusal leads to no field")
			}
		})
	}
}

var originalLink = regexp.MustCompile(`href="http://` + testHost + `(/c/[^"]+)"`)

// What was added is counted, and the original is there to take.
func TestOriginalInsideIsOffered(t *testing.T) {
	x := newSite(t)
	c := x.certificate()
	link := originalLink.FindStringSubmatch(x.upload(with(c.PDF, "<script>alert(1)</script>")).must(t, 200).body)
	if link == nil {
		t.Fatal("no link to the original")
	}
	if a := x.get(link[1]+"/attestation.pdf").must(t, 200); a.body != string(c.PDF) {
		t.Error("the original is not what was issued")
	}
	if a := x.upload(c.PDF); originalLink.MatchString(a.body) {
		t.Error("the original is offered beside itself")
	}
	x.clock.Move(61 * time.Minute)
	x.get(link[1]).must(t, 410)
}

func TestVerdictTellsTheCommitment(t *testing.T) {
	x := newSite(t)
	c := x.certificate()
	x.upload(c.PDF).must(t, 200).says(t, "Coopérative Gabarit", "22\u00a0novembre\u00a02026", "Montérégie", "Actif", c.Number, c.SHA256)
	if a := x.upload(c.PDF); !strings.Contains(a.body, `href="/v/`+c.Number+`"`) {
		t.Error("no way to the certificate's page")
	}
	x.upload(c.PDF[:len(c.PDF)-10]).must(t, 200).says(t, "Ce que dit le registre pour ce numéro")
}

// Only a form with one file is read here, and only here.
func TestOnlyOneFileIsRead(t *testing.T) {
	x := newSite(t)
	two := func(first, second string) string {
		return "--x\r\nContent-Disposition: form-data; name=\"" + first + "\"\r\n\r\na\r\n--x\r\nContent-Disposition: form-data; name=\"" + second +
			"\"; filename=\"a\"\r\n\r\n%PDF-\r\n--x--\r\n"
	}
	const multi = "multipart/form-data; boundary=x"
	for name, c := range map[string]struct {
		kind, body string
		want       int
	}{
		"form":          {"application/x-www-form-urlencoded", "fichier=%25PDF-", 415},
		"bare PDF":      {"application/pdf", "%PDF-", 415},
		"no type":       {"", "%PDF-", 415},
		"no boundary":   {"multipart/form-data", two("a", "fichier"), 415},
		"two types":     {"multipart/mixed; boundary=x", two("a", "fichier"), 415},
		"empty":         {multi, "", 422},
		"no end":        {multi, "--x\r\nContent-Disposition: form-data; name=\"fichier\"\r\n\r\n%PDF-", 400},
		"two files":     {multi, two("fichier", "fichier"), 400},
		"other field":   {multi, two("a", "b"), 422},
		"field before":  {multi, two("a", "fichier"), 200},
		"many parts":    {multi, strings.Repeat("--x\r\n\r\n\r\n", 100_000) + "--x--", 400},
		"many headers":  {multi, "--x\r\n" + strings.Repeat("A: b\r\n", 100_000) + "\r\n--x--", 400},
		"endless start": {multi, strings.Repeat("--x", 300_000), 400},
		"quoted": {multi, "--x\r\nContent-Disposition: form-data; name=\"fichier\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=25PDF-\r\n--x--",
			422},
	} {
		t.Run(name, func(t *testing.T) {
			x.clock.Move(time.Minute)
			start := time.Now()
			a := x.uploadRaw(c.kind, c.body)
			if a.StatusCode != c.want || time.Since(start) > time.Second {
				t.Errorf("%d after %s, want %d: %s", a.StatusCode, time.Since(start), c.want, visible(a.body))
			}
			checkHeaders(t, name, a.Header)
		})
	}
}

// The name is never used: neither for a path nor on the page.
func TestFileNamesAreNeverUsed(t *testing.T) {
	x := newSite(t)
	for _, name := range []string{"../../" + canary + ".pdf", canary + `\"; x=\"`, canary + "\r\nX-Test: " + canary, strings.Repeat(canary, 500),
		"<img src=x onerror=" + canary + ">", canary + "\x00.pdf", "C:\\" + canary, "%2e%2e%2f" + canary, canary + "\u202Efdp.exe"} {
		x.clock.Move(time.Minute)
		a := x.uploadNamed(name, []byte("%PDF-1.7\n"+canary+"\n%%EOF\n"))
		if a.StatusCode != 200 && a.StatusCode != 422 && a.StatusCode != 400 {
			t.Errorf("%q: %d", name, a.StatusCode)
		}
		if strings.Contains(a.body, canary) || strings.Contains(fmt.Sprint(a.Header), canary) {
			t.Errorf("%q: the answer repeats the upload", name)
		}
	}
}

func TestEleventhUploadInAMinuteWaits(t *testing.T) {
	x := newSite(t)
	for range 10 {
		x.upload([]byte("%PDF-")).must(t, 200)
	}
	a := x.upload([]byte("%PDF-")).must(t, http.StatusTooManyRequests)
	a.says(t, "beaucoup de fichiers")
	if a.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	x.clock.Move(time.Minute)
	x.upload([]byte("%PDF-")).must(t, 200)
}

// slowStore holds every look-up until it is let go.
type slowStore struct {
	workflow.Store
	arrived chan struct{}
	let     chan struct{}
}

func (s slowStore) CertificateBySHA256(ctx context.Context, sum string) (workflow.Certificate, error) {
	s.arrived <- struct{}{}
	<-s.let
	return s.Store.CertificateBySHA256(ctx, sum)
}

func TestFifthUploadAtOnceIsSentAway(t *testing.T) {
	x := newSite(t)
	slow := slowStore{x.service.Store, make(chan struct{}), make(chan struct{})}
	x.service.Store = slow
	file := []byte("%PDF-1.7\nautre")
	done := make(chan int)
	for range maxChecks {
		go func() { done <- x.upload(file).StatusCode }()
	}
	for range maxChecks {
		<-slow.arrived
	}
	a := x.upload(file).must(t, http.StatusServiceUnavailable)
	a.says(t, "Plusieurs fichiers sont vérifiés en ce moment")
	if a.Header.Get("Retry-After") != "5" {
		t.Error(a.Header)
	}
	close(slow.let)
	for range maxChecks {
		if status := <-done; status != 200 {
			t.Error(status)
		}
	}
	go func() { <-slow.arrived }()
	x.upload(file).must(t, 200)
}

// bigHead declares a body of that many bytes.
func bigHead(kind string, length int) string {
	return fmt.Sprintf("POST /verifier HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n", testHost, kind, length)
}

// What is too big is refused on its headers: no byte of the body is sent here.
func TestBigUploadsAreRefusedUnread(t *testing.T) {
	addr := newSite(t).listen()
	for name, raw := range map[string]string{
		"11 GiB":          bigHead("multipart/form-data; boundary=x", 11<<30) + "\r\n",
		"11 GiB, asked":   bigHead("multipart/form-data; boundary=x", 11<<30) + "Expect: 100-continue\r\n\r\n",
		"just too big":    bigHead("multipart/form-data; boundary=x", uploadLimit+1) + "\r\n",
		"elsewhere":       strings.Replace(bigHead("multipart/form-data; boundary=x", bodyLimit+1), "/verifier", "/signature", 1) + "\r\n",
		"with a query":    strings.Replace(bigHead("multipart/form-data; boundary=x", bodyLimit+1), "/verifier", "/verifier?a", 1) + "\r\n",
		"in other signs":  strings.Replace(bigHead("multipart/form-data; boundary=x", bodyLimit+1), "/verifier", "/%76erifier", 1) + "\r\n",
		"as another verb": strings.Replace(bigHead("multipart/form-data; boundary=x", bodyLimit+1), "POST", "GET", 1) + "\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			answer := exchange(t, addr, raw)
			if got := statusesIn(t, answer); len(got) != 1 || got[0] != 413 || time.Since(start) > 5*time.Second {
				t.Errorf("%v after %s\n%.300s", got, time.Since(start), answer)
			}
		})
	}
	kind, body := envelope(t, "fichier", "a.pdf", make([]byte, 5))
	if got := statusesIn(t, exchange(t, addr, bigHead(kind, len(body))+"Expect: 100-continue\r\n\r\n"+body)); !slices.Equal(got, []int{422}) && !slices.Equal(got, []int{100, 422}) {
		t.Errorf("asked first: %v", got)
	}
}

func TestBiggestFile(t *testing.T) {
	addr := newSite(t).listen()
	for size, want := range map[int]int{maxFile: 200, maxFile + 1: 413} {
		file := make([]byte, size)
		copy(file, "%PDF-1.7\n")
		kind, body := envelope(t, "fichier", strings.Repeat("a", 5000), file)
		if got := statusesIn(t, exchange(t, addr, bigHead(kind, len(body))+"\r\n"+body)); !slices.Equal(got, []int{want}) {
			t.Errorf("%d bytes: %v, want %d", size, got, want)
		}
	}
}

// Nothing is written down, and nobody is called.
func TestUploadsLeaveNoTrace(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	x := newSite(t)
	c := x.certificate()
	before := listing(t, folder)
	dial := net.DefaultResolver.Dial
	net.DefaultResolver.Dial = func(context.Context, string, string) (net.Conn, error) {
		t.Error("a name was looked up")
		return nil, io.EOF
	}
	net.DefaultResolver.PreferGo = true
	t.Cleanup(func() { net.DefaultResolver.Dial, net.DefaultResolver.PreferGo = dial, false })
	big := with(c.PDF, strings.Repeat(canary, 1<<19))
	x.upload(big).must(t, 200)
	x.upload([]byte("%PDF-1.7\n/URI (http://evil.example/)\n%%EOF")).must(t, 200)
	if after := listing(t, folder); after != before {
		t.Errorf("%s became %s", before, after)
	}
}

func listing(t *testing.T, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	must(t, err)
	return fmt.Sprint(entries)
}

func TestVerifyPageTakesANumberToo(t *testing.T) {
	x := newSite(t)
	number := x.signs("Coopérative Gabarit", "16")
	x.get("/verifier").must(t, 200).says(t, "Vérifier une attestation", "10\u00a0Mo")
	x.get("/verifier?numero="+strings.ToLower(strings.ReplaceAll(number, "-2026-", "+2026-"))).must(t, 422)
	x.get("/verifier?numero="+number).leadsTo(t, "/v/"+number)
	x.get("/verifier?numero=+"+strings.ToLower(number)+"+").leadsTo(t, "/v/"+number)
	for _, bad := range []string{"", "x", "ESJ-2026-0000-0000", "//evil.example", strings.Repeat("1", 5000), "%0d%0aX:1", "%3Cimg+onerror%3E"} {
		a := x.get("/verifier?numero="+bad).must(t, 422)
		a.says(t, "Ce numéro n’est pas bien formé")
		if a.Header.Get("Location") != "" || strings.Contains(a.body, "<img") || strings.Contains(a.body, `value="1`) {
			t.Errorf("%s: %s", bad, a.body)
		}
	}
	x.get("/verifier?numero=a&numero=b").must(t, 400)
	for path, status := range map[string]int{"/": 200, "/v/" + number: 200, "/v/x": 404} {
		if a := x.get(path).must(t, status); !strings.Contains(a.body, `href="/verifier"`) {
			t.Errorf("%s does not lead to the verification", path)
		}
	}
}

// The page of a number stands in for the file: it holds the text as signed.
func TestTwinHoldsTheText(t *testing.T) {
	x := newSite(t)
	silent := x.get("/v/"+x.signs("Coopérative Gabarit", "16")).must(t, 200)
	d, err := x.service.Declaration(t.Context(), "")
	must(t, err)
	silent.says(t, "Nous, Coopérative Gabarit , constatons que", "par la personne signataire , fonction non publiée", "version 1.0", d.SHA256FR,
		"Aucune résolution n’a été indiquée", "Aucune autorité d’horodatage", "n’a pas choisi de publier son nom",
		"Bon code entré dans le même navigateur 2026-11-22 14:03:22 −05:00 2026-11-22 19:03:22 UTC", "vouloir que ce geste tienne lieu de signature")
	if body := visible(silent.body); strings.Contains(body, "Camille") || strings.Contains(body, "@") {
		t.Error("the page tells who signed")
	}
	named := x.get("/v/"+x.signs("Coopérative Affichée", "16", "publish", "1")).must(t, 200)
	named.says(t, "par Camille Exemple , direction générale, personne autorisée à signer")
	if strings.Contains(visible(named.body), "n’a pas choisi de publier") {
		t.Error("the page says that nobody chose to be named")
	}
}
