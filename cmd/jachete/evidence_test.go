package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"jachete/store/storetest"
	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// signedStory is a signature lived to its end, with the secrets it used.
type signedStory struct {
	*workflowtest.World
	number        string
	token, secret string
	code          string
}

// liveAndSign signs with a real seal, after a wrong code, and lets others act
// meanwhile so that the journal is not the record's alone.
func liveAndSign(t testing.TB, dsn string) signedStory {
	t.Helper()
	return liveAndSignWith(t, dsn, workflow.ResolutionForm{}, workflow.Joined{})
}

// liveAndSignWith is liveAndSign with a resolution and what is joined.
func liveAndSignWith(t testing.TB, dsn string, resolution workflow.ResolutionForm, joined workflow.Joined) signedStory {
	t.Helper()
	w := realWorld(t, dsn)
	for i := range 3 {
		r := workflowtest.Request()
		r.Organisation, r.Contact.Email = fmt.Sprintf("Coopérative Gabarit %d", i), fmt.Sprintf("p%d@example.org", i)
		w.Invite(t, r)
	}
	_, token := w.Invite(t, workflowtest.Request())
	w.Clock.Move(time.Hour)
	secret := w.Open(t, token)
	w.Fill(t, secret)
	if err := w.SaveResolution(t.Context(), secret, resolution); err != nil {
		t.Fatal(err)
	}
	if err := w.SendCode(t.Context(), secret, workflowtest.Visit); err != nil {
		t.Fatal(err)
	}
	code := w.Courier.Last(t)
	wrong := "000000"
	if code == wrong {
		wrong = "111111"
	}
	if err := w.ConfirmCode(t.Context(), secret, wrong); err == nil {
		t.Fatal("a wrong code passed")
	}
	if err := w.ConfirmCode(t.Context(), secret, code); err != nil {
		t.Fatal(err)
	}
	form := w.Form(t, secret)
	form.Joined = joined
	number, err := w.Sign(t.Context(), secret, form, workflowtest.Visit)
	if err != nil {
		t.Fatal(err)
	}
	w.Deliver(t)
	return signedStory{World: w, number: number, token: token, secret: secret, code: code}
}

func (s signedStory) evidence(t testing.TB) []byte {
	t.Helper()
	file, err := s.Evidence(t.Context(), workflow.Operator(), s.number)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func sqliteIn(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "test.db") }

// unzip gives the files of a bundle, and their names in order.
func unzip(t testing.TB, file []byte) (files map[string][]byte, names []string) {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	files = map[string][]byte{}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(in); err != nil {
			t.Fatal(err)
		}
		names = append(names, f.Name)
	}
	return files, names
}

// lay writes the files into a new folder.
func lay(t testing.TB, files map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// told is a command of VERIFY.md and what it must print.
type told struct{ command, prints string }

var toldPattern = regexp.MustCompile("(?s)```sh\n(.*?)```\n\n```text\n(.*?)```")

func readTold(t testing.TB, text []byte) (list []told) {
	t.Helper()
	for _, m := range toldPattern.FindAllSubmatch(text, -1) {
		list = append(list, told{string(m[1]), string(m[2])})
	}
	if len(list) != 10 || bytes.Count(text, []byte("```sh")) != 10 {
		t.Fatalf("VERIFY.md has %d commands", len(list))
	}
	return list
}

// holds runs one command in the folder and compares; it gives what it printed.
func (c told) holds(t testing.TB, dir string) (ok bool, printed string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "bash", "-c", c.command)
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LANG=fr_CA.UTF-8"}
	var out, complaints bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaints
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return err == nil && out.String() == c.prints, out.String() + complaints.String()
}

// found tells whether one of the commands, by their numbers, does not print
// what it must.
func found(t testing.TB, dir string, commands []told, numbers ...int) bool {
	t.Helper()
	for _, n := range numbers {
		if ok, _ := commands[n-1].holds(t, dir); !ok {
			return true
		}
	}
	return false
}

// The commands of VERIFY.md, as a stranger runs them: on the files alone.
func TestEvidenceIsCheckedWithoutTheService(t *testing.T) {
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": sqliteIn, "postgres": func(t testing.TB) string { return storetest.Postgres(t) }} {
		t.Run(name, func(t *testing.T) {
			files, _ := unzip(t, liveAndSign(t, dsn(t)).evidence(t))
			dir := lay(t, files)
			for i, c := range readTold(t, files["VERIFY.md"]) {
				if ok, printed := c.holds(t, dir); !ok {
					t.Errorf("command %d printed\n%s\nnot\n%s", i+1, printed, c.prints)
				}
			}
		})
	}
}

// BenchmarkEvidenceChecked is how long a stranger waits for all the commands.
func BenchmarkEvidenceChecked(b *testing.B) {
	files, _ := unzip(b, liveAndSign(b, sqliteIn(b)).evidence(b))
	dir, commands := lay(b, files), readTold(b, files["VERIFY.md"])
	for b.Loop() {
		if found(b, dir, commands, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10) {
			b.Fatal("not as told")
		}
	}
}

func TestSameRecordSameEvidence(t *testing.T) {
	s := liveAndSign(t, sqliteIn(t))
	first := s.evidence(t)
	s.Clock.Move(time.Hour)
	r := workflowtest.Request()
	r.Organisation = "MRC du Haut-Essai"
	s.Invite(t, r) // of another record
	if err := s.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, s.evidence(t)) {
		t.Error("the same record gave other bytes")
	}
}

// A changed byte is found, also by whoever makes the list of sums anew.
func TestEvidenceWithAFlippedByteIsFound(t *testing.T) {
	sound, names := unzip(t, liveAndSign(t, sqliteIn(t)).evidence(t))
	commands := readTold(t, sound["VERIFY.md"])
	for _, name := range names {
		files := map[string][]byte{}
		for other, data := range sound {
			files[other] = bytes.Clone(data)
		}
		files[name][len(files[name])/2] ^= 1
		if !found(t, lay(t, files), commands, 1) {
			t.Errorf("%s: a flipped byte was not found", name)
		}
		if name == "VERIFY.md" || name == "SHA256SUMS" || name == "evidence.json" {
			continue // words, the list itself, and TestEvidenceThatLies
		}
		dir := lay(t, files)
		sumAnew(t, dir)
		if !found(t, dir, commands, 2, 3, 4, 8, 9, 5, 7, 6, 10) {
			t.Errorf("%s: a flipped byte was not found but by its sum", name)
		}
	}
}

func sumAnew(t testing.TB, dir string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "bash", "-c", "awk '{print $2}' SHA256SUMS | xargs sha256sum > new && mv new SHA256SUMS")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

// Whoever writes other facts into evidence.json contradicts the chain.
func TestEvidenceThatLies(t *testing.T) {
	sound, _ := unzip(t, liveAndSign(t, sqliteIn(t)).evidence(t))
	commands := readTold(t, sound["VERIFY.md"])
	for _, change := range []string{
		`.signatory.name = "Claude Gabarit"`, `.signatory.function = "Mairesse"`, `.signatory.resolution.number = "2026-118"`,
		`.invited.email = "claude@example.org"`, `.invited.commitment = "AAAA"`, `.network.ip = "192.0.2.8"`, `.network.ip = null`,
		`.browser.user_agent = "x"`, `.review_sha256 = "00"`, `.number = "ESJ-2026-0000-0000"`, `.pdf.level = "B-T"`,
		`.pdf.sha256_before_seal = "00"`, `.consent.publish_signatory = true`, `.consent.wording = "oui"`, `.id = "x"`,
		`.consent = {wording: "oui", sha256: "3a3468fa89b2ab7cbfe5400858a8ec0066e9e8defa9a64c993b5f24210244df8"}`,
		`.declaration.version = "2.0"`, `.organisation.id = "x"`, `.chain.events = .chain.events[1:]`, `.chain.events[0].at = null`,
		`.declaration.text = "x"`, `.seal.byte_range[3] -= 1`, `.invitation.id = "x"`,
	} {
		dir := lay(t, sound)
		cmd := exec.CommandContext(t.Context(), "bash", "-c", `jq "$0" evidence.json > new && mv new evidence.json`, change)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", change, err, out)
		}
		sumAnew(t, dir)
		if !found(t, dir, commands, 7, 2, 3, 4, 8) {
			t.Errorf("%s was not found", change)
		}
	}
}

func TestEvidenceTellsAllFields(t *testing.T) {
	s := liveAndSign(t, sqliteIn(t))
	files, _ := unzip(t, s.evidence(t))
	var e map[string]any
	if err := json.Unmarshal(files["evidence.json"], &e); err != nil {
		t.Fatal(err)
	}
	at := func(path string) any {
		var v any = e
		for _, key := range strings.Split(path, ".") {
			v = v.(map[string]any)[key]
		}
		return v
	}
	for path, want := range map[string]any{
		"schema": 1.0, "number": s.number, "region.code": "05", "region.name": "Estrie",
		"organisation.name_entered": "Ville de Rivière-Exemple", "organisation.kind": "municipality", "organisation.neq": nil,
		"signatory.name": "Camille Exemple", "signatory.authority": "function", "signatory.resolution.number": nil,
		"declaration.version": "1.0", "declaration.language": "fr", "declaration.text": workflowtest.DeclarationFR,
		"consent.given": true, "consent.newsletter": false, "invited.email": "camille@example.org", "invited.by_id": "operator",
		"invited.by_name": nil, "invitation.relay_answer": "250 OK", "invitation.links_opened": 1.0, "code.failed_tries": 1.0,
		"code.relay_answer": "250 OK", "signed_at": "2026-11-22T16:00:00.000Z", "network.ip": "192.0.2.7", "network.port": nil,
		"browser.accept_language": "fr-CA", "session.request_id": "r1", "session.instance": "test", "service.version": "test",
		"clock.source": "test", "pdf.level": "B-B", "timestamp.authority": nil, "commitment.status": "active",
		"retention.least_years_after_end": 3.0, "retention.destroy_on": nil,
	} {
		if got := at(path); got != want {
			t.Errorf("%s is %v, want %v", path, got, want)
		}
	}
	if n := len(at("deliveries").([]any)); n != 2 {
		t.Errorf("%d deliveries", n)
	}
	if n := len(at("later_events").([]any)); n != 2 {
		t.Errorf("%d later events", n)
	}
	if !bytes.Equal(files["declaration.txt"], []byte(workflowtest.DeclarationFR)) {
		t.Error("declaration.txt is not the text")
	}
}

// The code, the link and the browser's secret open doors: none is inside.
func TestEvidenceHoldsNoSecret(t *testing.T) {
	s := liveAndSign(t, sqliteIn(t))
	file := s.evidence(t)
	for name, secret := range map[string]string{"link": s.token, "signature of the link": s.token[strings.LastIndex(s.token, ".")+1:], "session": s.secret} {
		if bytes.Contains(file, []byte(secret)) {
			t.Errorf("the %s is inside", name)
		}
	}
	files, _ := unzip(t, file)
	code := regexp.MustCompile(`(^|[^0-9A-Za-z+/=])` + s.code + `([^0-9A-Za-z+/=]|$)`)
	for _, name := range []string{"evidence.json", "events.jsonl", "inclusion.json", "checkpoint.txt"} {
		if code.Match(files[name]) {
			t.Errorf("%s holds the code", name)
		}
	}
}

// Making one is itself recorded, with the hash of what was given.
func TestEvidenceIsRecorded(t *testing.T) {
	s := liveAndSign(t, sqliteIn(t))
	file := s.evidence(t)
	entries, err := s.Store.JournalOf(t.Context(), "evidence:"+s.number)
	if err != nil || len(entries) != 1 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	if !strings.Contains(entries[0].Body, workflow.TextSHA256(string(file))) {
		t.Error("the entry does not name the file")
	}
	if _, err := s.VerifyJournal(t.Context(), nil, true); err != nil {
		t.Error(err)
	}
}

func TestEvidenceIsForTheOperator(t *testing.T) {
	s := liveAndSign(t, sqliteIn(t))
	agent := workflow.StaffActor(workflow.Staff{ID: "x", Role: workflow.RoleAgent, Poles: []string{"estrie"}})
	if _, err := s.Evidence(context.Background(), agent, s.number); !workflow.IsKind(err, workflow.Forbidden) {
		t.Errorf("an agent: %v", err)
	}
	for _, number := range []string{"ESJ-2026-0000-0000", "x"} {
		if _, err := s.Evidence(t.Context(), workflow.Operator(), number); !workflow.IsKind(err, workflow.NotFound) {
			t.Errorf("%s: %v", number, err)
		}
	}
}
