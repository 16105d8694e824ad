package e2e

import (
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// A file is verified in a real browser, on a phone and at a desk: as issued,
// with bytes added, changed, unknown, and none at all.
func TestFilesAreVerifiedInABrowser(t *testing.T) {
	demo, browser := startDemo(t), chromium(t)
	number, file := signedFile(t, demo)
	flipped := append([]byte(nil), file...)
	flipped[len(flipped)/2] ^= 1
	for i, width := range []int{desk, phone} {
		j := &journey{page: newPage(t, browser, width), demo: demo, width: width, n: 50}
		if status := j.open(demo.base + "/"); status != http.StatusOK || !j.has(`header nav a[href="/verifier"]`) {
			t.Errorf("no way to the verification: %d", status)
		}
		j.uploads("authentique", file, http.StatusOK, "Ce fichier est authentique")
		j.uploads("ajout", append(append([]byte(nil), file...), "\n%%EOF\n"...), http.StatusOK, "a été modifié après son émission")
		j.goes(`main a.button[href*="/c/"]`)
		if again := j.download(`a[download]`); string(again) != string(file) {
			t.Error("the original offered is not what was issued")
		}
		if i > 0 {
			break // ten files a minute
		}
		j.uploads("change", flipped, http.StatusOK, "n’est pas l’attestation émise")
		j.uploads("inconnu", []byte("%PDF-1.7\n%%EOF\n"), http.StatusOK, "Ce fichier nous est inconnu")
		j.uploads("texte", []byte("bonjour"), http.StatusUnprocessableEntity, "n’est pas un PDF")
		j.fill(`input[name=numero]`, strings.ToLower(number))
		j.goes(`form[method=get] button`)
		j.sees("jumelle")
	}
}

// uploads chooses a file on the verification page, sends it and expects a
// verdict.
func (j *journey) uploads(name string, file []byte, want int, says string) {
	j.t.Helper()
	if status := j.open(j.demo.base + "/verifier"); status != http.StatusOK {
		j.t.Fatalf("/verifier answers %d", status)
	}
	j.sees("verifier-" + name)
	chosen := filepath.Join(j.t.TempDir(), `a"<b>.pdf`)
	if err := os.WriteFile(chosen, file, 0o600); err != nil {
		j.t.Fatal(err)
	}
	j.do(chromedp.SetUploadFiles(chromedp.CSS(`input[name=fichier]`), []string{chosen}))
	if status := j.follow(`form[method=post] button`); status != want {
		j.t.Fatalf("%s is answered %d, want %d\n%s", name, status, want, j.where())
	}
	j.sees("verdict-" + name)
	if said := j.text("main"); !strings.Contains(said, says) {
		j.t.Errorf("%s: the page does not say %q:\n%s", name, says, said)
	}
}

// signedFile signs over plain HTTP and gives the number and the file.
func signedFile(t *testing.T, s *server) (number string, file []byte) {
	t.Helper()
	who := invite(t, s.installation, "fichier@example.org", "Organisme d’essai")
	number = who.sign()
	return number, fetch(t, who.client, s.base+"/signature/attestation.pdf")
}

func fetch(t *testing.T, client *http.Client, address string) []byte {
	t.Helper()
	response, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d, %v", address, response.StatusCode, err)
	}
	return body
}

// The commands shown on a certificate's page do what the page says, and refuse
// a file with a changed byte.
func TestCommandsOfThePageVerifyTheSeal(t *testing.T) {
	demo := startDemo(t)
	number, file := signedFile(t, demo)
	p := newPage(t, chromium(t), desk)
	p.open(demo.base + "/v/" + number)
	commands := p.text("pre code")
	folder := t.TempDir()
	write := func(name string, content []byte) {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("sceau-racine.pem", fetch(t, http.DefaultClient, demo.base+"/sceau.pem"))
	write("attestation-"+number+".pdf", file)
	if out, err := runShell(folder, commands); err != nil {
		t.Fatalf("%v\n%s\n%s", err, commands, out)
	}
	changed := append([]byte(nil), file...)
	changed[100] ^= 1
	write("attestation-"+number+".pdf", changed)
	if out, err := runShell(folder, commands); err == nil {
		t.Errorf("a changed file is found good\n%s", out)
	}
}

func runShell(folder, commands string) (string, error) {
	cmd := exec.Command("sh", "-e", "-c", commands)
	cmd.Dir = folder
	out, err := cmd.CombinedOutput()
	return string(out), err
}
