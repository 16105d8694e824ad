package workflow_test

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/territory"
	"jachete/workflow/workflowtest"
)

// signedOnPaper is a good form.
func signedOnPaper() workflow.PaperRequest {
	return workflow.PaperRequest{Pole: "estrie", Organisation: "Coopérative Gabarit", Kind: workflow.KindCooperative,
		Place: territory.Place{MunicipalityCode: "43027"}, Signed: "2019-06-21", Announced: "avant 2019-11-16",
		Signatory: workflow.Signatory{Name: "Camille Exemple", Function: "Direction"}, Resolution: "2019-118", Source: "Communiqué du pôle"}
}

func enterPaper(t *testing.T, w *workflowtest.World, change ...func(*workflow.PaperRequest)) workflow.Paper {
	t.Helper()
	r := signedOnPaper()
	for _, f := range change {
		f(&r)
	}
	p, err := w.EnterPaper(t.Context(), workflow.Operator(), r)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func publicNames(t *testing.T, w *workflowtest.World) (names []string) {
	t.Helper()
	page, err := w.Register(t.Context(), workflow.RegisterFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range page.Commitments {
		names = append(names, c.Organisation.Name)
	}
	return names
}

func paperAgent(pole string) workflow.Actor {
	return workflow.StaffActor(workflow.Staff{ID: "agent-" + pole, Name: "Camille Équipe", Role: workflow.RoleAgent, Poles: []string{pole}})
}

func TestPaperSignatoryEntersTheRegister(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		p := enterPaper(t, w)
		list, err := w.OrganisationCommitments(t.Context(), p.Commitment.Slug)
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		c := list[0]
		if c.Mode != workflow.ModePaper || c.SignedOn != "2019-06-21" || c.Announced != "before 2019-11-16" || c.Number == "" || c.SignatureID != "" ||
			c.PublicName != "" || c.PublicFunction != "" || c.ResolutionNumber != "2019-118" || c.Version != "" || c.Organisation.RegionName != "Estrie" {
			t.Errorf("%+v", c)
		}
		page, err := w.Paper(t.Context(), workflow.Operator(), p.Commitment.ID)
		if err != nil || page.Signatory.Name != "Camille Exemple" || page.Source != "Communiqué du pôle" || page.Pole.Slug != "estrie" ||
			len(page.Events) != 1 || page.Events[0].Type != "paper.entered" {
			t.Errorf("%+v, %v", page, err)
		}
		if body := page.Events[0].Body; strings.Contains(body, "Camille") || strings.Contains(body, "Communiqué") || !strings.Contains(body, "2019-06-21") {
			t.Errorf("the journal says %s", body)
		}
		if _, err := w.VerifyJournal(t.Context(), nil, true); err != nil {
			t.Error(err)
		}
	})
}

func TestWhatIsWrongWithAPaperSignatoryIsAllSaid(t *testing.T) {
	w := sqliteWorld(t)
	bad := workflow.PaperRequest{Pole: "estrie", Organisation: "<\x00>", Kind: "x", Signed: "résolution 2017-10-24", Announced: "2030",
		Signatory: workflow.Signatory{Name: "\u202e", Function: "1"}, Resolution: strings.Repeat("9", 41), Source: " ",
		Scan: workflow.ScanRequest{Content: []byte("GIF89a"), By: "1", On: "hier"}}
	_, err := w.EnterPaper(t.Context(), workflow.Operator(), bad)
	var found []string
	for _, f := range fieldsOf(err) {
		found = append(found, f.Field+" "+f.Key)
	}
	want := []string{"organisation text.control", "kind kind.unknown", "region place.missing", "signed date.paper", "announced date.paper-future",
		"name text.direction", "function text.letter", "number text.long", "proof paper.source-missing", "scanner text.letter", "scan scan.type", "scannedon date.invalid"}
	if !slices.Equal(found, want) {
		t.Errorf("%q", found)
	}
	none := signedOnPaper()
	none.Signed, none.Announced = "", ""
	if _, err := w.EnterPaper(t.Context(), workflow.Operator(), none); len(fieldsOf(err)) != 1 || fieldsOf(err)[0].Key != "date.paper-missing" {
		t.Error(err)
	}
	if names := publicNames(t, w); names != nil {
		t.Errorf("%q are in the register", names)
	}
}

// An organisation has one living commitment, however many enter it at once.
func TestPaperSignatoryIsEnteredOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				_, err := w.EnterPaper(t.Context(), workflow.Operator(), signedOnPaper())
				if err != nil && workflow.KeyOf(err) != workflow.KeyPaperExists {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if names := publicNames(t, w); len(names) != 1 {
			t.Errorf("%q", names)
		}
		elsewhere := signedOnPaper()
		elsewhere.Pole = "montreal"
		if _, err := w.EnterPaper(t.Context(), workflow.Operator(), elsewhere); workflow.KeyOf(err) != workflow.KeyPaperExists {
			t.Error(err)
		}
		inv, token := w.Invite(t, workflowtest.Request())
		secret, form := w.Ready(t, token)
		if _, err := w.Sign(t.Context(), secret, form, workflowtest.Visit); err != nil {
			t.Fatal(inv, err)
		}
		r := workflowtest.Request()
		signed := signedOnPaper()
		signed.Organisation, signed.Kind, signed.Place = r.Organisation, r.Kind, r.Place
		if _, err := w.EnterPaper(t.Context(), workflow.Operator(), signed); workflow.KeyOf(err) != workflow.KeyPaperSigned {
			t.Error(err)
		}
	})
}

func TestWithdrawnPaperLeavesTheRegisterOnly(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		p := enterPaper(t, w)
		id := p.Commitment.ID
		if err := w.WithdrawPaper(t.Context(), workflow.Operator(), id, " "); len(fieldsOf(err)) != 1 || fieldsOf(err)[0].Key != "paper.reason-missing" {
			t.Error(err)
		}
		if err := w.WithdrawPaper(t.Context(), workflow.Operator(), id, "Inscrite\npar erreur"); err != nil {
			t.Fatal(err)
		}
		if err := w.WithdrawPaper(t.Context(), workflow.Operator(), id, "Encore"); workflow.KeyOf(err) != workflow.KeyPaperWithdrawn {
			t.Error(err)
		}
		if _, err := w.OrganisationCommitments(t.Context(), p.Commitment.Slug); !workflow.IsKind(err, workflow.NotFound) {
			t.Error(err)
		}
		list, err := w.Signatories(t.Context(), paperAgent("estrie"), workflow.RegisterFilter{})
		if err != nil || list.Total != 1 || list.Commitments[0].Status != workflow.CommitmentWithdrawn {
			t.Errorf("%+v, %v", list, err)
		}
		page, err := w.Paper(t.Context(), workflow.Operator(), id)
		if err != nil || page.Reason != "Inscrite\npar erreur" || page.Events[1].Type != "paper.withdrawn" || strings.Contains(page.Events[1].Body, "erreur") {
			t.Errorf("%+v, %v", page, err)
		}
		if again := enterPaper(t, w); again.Commitment.ID == id {
			t.Error("the same entry came back")
		}
	})
}

// A correction is a new entry that names the one it takes the place of.
func TestCorrectedPaperIsAnotherEntry(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		p := enterPaper(t, w)
		right := func(r *workflow.PaperRequest) { r.Corrects, r.Signed = p.Commitment.ID, "2019-06" }
		next := enterPaper(t, w, right)
		if next.Commitment.Replaces != p.Commitment.ID || next.Commitment.SignedOn != "2019-06" {
			t.Errorf("%+v", next)
		}
		was, err := w.Paper(t.Context(), workflow.Operator(), p.Commitment.ID)
		if err != nil || was.Commitment.Status != workflow.CommitmentWithdrawn || was.Commitment.SignedOn != "2019-06-21" || was.Events[1].Type != "paper.corrected" {
			t.Errorf("%+v, %v", was, err)
		}
		if names := publicNames(t, w); len(names) != 1 {
			t.Errorf("%q", names)
		}
		r := signedOnPaper()
		right(&r)
		if _, err := w.EnterPaper(t.Context(), workflow.Operator(), r); workflow.KeyOf(err) != workflow.KeyPaperWithdrawn {
			t.Error(err)
		}
		r.Pole, r.Corrects = "montreal", next.Commitment.ID
		if _, err := w.EnterPaper(t.Context(), workflow.Operator(), r); !workflow.IsKind(err, workflow.NotFound) {
			t.Error(err)
		}
	})
}

func TestScanKeepsItsExactBytes(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		for k, start := range []string{"%PDF-", "\x89PNG\r\n\x1a\n", "\xff\xd8\xff"} {
			content := []byte(start + "<script>\x00\xfe" + strings.Repeat("x", 1<<10))
			given := bytes.Clone(content)
			p := enterPaper(t, w, func(r *workflow.PaperRequest) {
				r.Organisation, r.Scan = r.Organisation+strings.Repeat(" I", k+1), workflow.ScanRequest{Content: content, By: "Jo Exemple", On: "2026-01-02"}
			})
			found, err := w.Scan(t.Context(), workflow.Operator(), p.Commitment.ID)
			if err != nil || !bytes.Equal(found.Scan.Content, given) || found.Scan.ScannedBy != "Jo Exemple" || found.Scan.ScannedOn != "2026-01-02" ||
				found.Scan.MediaType != []string{"application/pdf", "image/png", "image/jpeg"}[k] {
				t.Errorf("%+v, %v", found.Scan, err)
			}
			if err := w.AttachScan(t.Context(), workflow.Operator(), p.Commitment.ID, workflow.ScanRequest{Content: content}); workflow.KeyOf(err) != "scan.exists" {
				t.Error(err)
			}
		}
		bare := enterPaper(t, w)
		id := bare.Commitment.ID
		if _, err := w.Scan(t.Context(), workflow.Operator(), id); !workflow.IsKind(err, workflow.NotFound) {
			t.Error(err)
		}
		for key, content := range map[string]string{"scan.missing": "", "scan.type": " %PDF-1.7", "scan.large": "%PDF-" + strings.Repeat("x", workflow.MaxScan)} {
			err := w.AttachScan(t.Context(), workflow.Operator(), id, workflow.ScanRequest{Content: []byte(content)})
			if len(fieldsOf(err)) != 1 || fieldsOf(err)[0].Key != key {
				t.Errorf("%s: %v", key, err)
			}
		}
		if err := w.AttachScan(t.Context(), paperAgent("estrie"), id, workflow.ScanRequest{Content: []byte("%PDF-1.7")}); err != nil {
			t.Fatal(err)
		}
		page, err := w.Paper(t.Context(), workflow.Operator(), id)
		if err != nil || page.Scan.ScannedBy != "Camille Équipe" || page.Scan.ScannedOn != workflow.CivilDate(w.Clock.Now()) ||
			page.Events[1].Type != "paper.scanned" || page.Events[1].Data()["sha256"] != page.Scan.SHA256 {
			t.Errorf("%+v, %v", page, err)
		}
	})
}

// Another pôle's entry is no entry, and readers change nothing.
func TestPaperStaysInItsPole(t *testing.T) {
	w := sqliteWorld(t)
	id := enterPaper(t, w).Commitment.ID
	scan := workflow.ScanRequest{Content: []byte("%PDF-1.7")}
	reader := workflow.StaffActor(workflow.Staff{ID: "r", Role: workflow.RoleReader, Poles: []string{"estrie"}})
	for _, c := range []struct {
		id    string
		actor workflow.Actor
		want  workflow.ErrorKind
	}{{id, paperAgent("montreal"), workflow.NotFound}, {"nulle", paperAgent("estrie"), workflow.NotFound}, {id, reader, workflow.Forbidden}, {id, workflow.Actor{}, workflow.Unauthenticated}} {
		if err := w.WithdrawPaper(t.Context(), c.actor, c.id, "x"); !workflow.IsKind(err, c.want) {
			t.Error(err)
		}
		if err := w.AttachScan(t.Context(), c.actor, c.id, scan); !workflow.IsKind(err, c.want) {
			t.Error(err)
		}
		if _, err := w.EnterPaper(t.Context(), c.actor, signedOnPaper()); err == nil {
			t.Error("entered")
		}
		if _, err := w.Paper(t.Context(), c.actor, c.id); (err == nil) != (c.want == workflow.Forbidden) {
			t.Error(err)
		}
		if _, err := w.Scan(t.Context(), c.actor, c.id); err == nil {
			t.Error("a scan that is not there")
		}
	}
	for pole, want := range map[string]int{"estrie": 1, "montreal": 0} {
		if list, err := w.Signatories(t.Context(), paperAgent(pole), workflow.RegisterFilter{}); err != nil || list.Total != want {
			t.Errorf("%s: %d, %v", pole, list.Total, err)
		}
	}
	if _, err := w.Signatories(t.Context(), paperAgent("montreal"), workflow.RegisterFilter{Pole: "estrie"}); !workflow.IsKind(err, workflow.NotFound) {
		t.Error(err)
	}
}

func sqliteWorld(t *testing.T) *workflowtest.World {
	t.Helper()
	return workflowtest.New(t, openStore(t, databases["sqlite"](t)))
}

func fieldsOf(err error) []workflow.FieldError {
	var refused *workflow.Error
	if !asError(err, &refused) {
		return nil
	}
	return refused.Fields
}

// Who signed on paper and adheres again online: the new commitment says what it
// replaces, and one line stands in the register.
func TestSigningOnlineReplacesPaper(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		r := workflowtest.Request()
		paper := enterPaper(t, w, func(p *workflow.PaperRequest) { p.Organisation, p.Kind, p.Place = r.Organisation, r.Kind, r.Place })
		w.Clock.Move(time.Hour)
		_, token := w.Invite(t, r)
		secret, form := w.Ready(t, token)
		if _, err := w.Sign(t.Context(), secret, form, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		page, err := w.Register(t.Context(), workflow.RegisterFilter{})
		if err != nil || page.Total != 1 || page.Commitments[0].Mode != workflow.ModeElectronic || page.Commitments[0].Replaces != paper.Commitment.ID {
			t.Fatalf("%+v, %v", page, err)
		}
		was, err := w.Paper(t.Context(), workflow.Operator(), paper.Commitment.ID)
		if err != nil || was.Commitment.Status != workflow.CommitmentSuperseded || was.Events[1].Type != "commitment.superseded" {
			t.Errorf("%+v, %v", was, err)
		}
		if v := numbered(t, w, paper.Commitment.Number); v.Commitment.Status != workflow.CommitmentSuperseded || v.ReplacedBy.Number != page.Commitments[0].Number {
			t.Errorf("its number tells %+v", v)
		}
		staff, err := w.Signatories(t.Context(), paperAgent("estrie"), workflow.RegisterFilter{})
		if err != nil || staff.Total != 2 {
			t.Errorf("%d, %v", staff.Total, err)
		}
		past, err := w.OrganisationCommitments(t.Context(), paper.Commitment.Slug)
		if err != nil || len(past) != 2 || past[1].SignedOn != "2019-06-21" {
			t.Errorf("%+v, %v", past, err)
		}
		fix := signedOnPaper()
		fix.Corrects = paper.Commitment.ID
		if _, err := w.EnterPaper(t.Context(), workflow.Operator(), fix); workflow.KeyOf(err) != workflow.KeyPaperWithdrawn {
			t.Error(err)
		}
		if err := w.WithdrawPaper(t.Context(), workflow.Operator(), paper.Commitment.ID, "Jamais signé"); err != nil {
			t.Error(err)
		}
		if past, err = w.OrganisationCommitments(t.Context(), paper.Commitment.Slug); err != nil || len(past) != 1 || past[0].Mode != workflow.ModeElectronic {
			t.Errorf("%+v, %v", past, err)
		}
	})
}
