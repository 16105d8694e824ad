package workflow_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"jachete/store"
	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// Check-then-act would sign some of these invitations twice: against the real use
// case: 300 invitations, two processes of four signers each.
const (
	racers      = 300
	raceDSN     = "JACHETE_TEST_RACE_DSN"
	raceReady   = "JACHETE_TEST_RACE_READY"
	raceSigners = 4
)

// ready is a browser at the last step, and the form it is about to send.
type ready struct {
	Secret string
	Form   workflow.SignRequest
}

func TestMain(m *testing.M) {
	if os.Getenv(raceDSN) != "" {
		os.Exit(signAll())
	}
	os.Exit(m.Run())
}

func TestTwoProcessesSignEachInvitationOnce(t *testing.T) {
	for name, dsn := range databases {
		t.Run(name, func(t *testing.T) {
			dsn := dsn(t)
			w := workflowtest.New(t, openStore(t, dsn))
			file := prepareRace(t, w)
			var group sync.WaitGroup
			for range 2 {
				group.Go(func() {
					cmd := exec.Command(os.Args[0], "-test.run=^$")
					cmd.Env = append(os.Environ(), raceDSN+"="+dsn, raceReady+"="+file)
					if out, err := cmd.CombinedOutput(); err != nil {
						t.Errorf("%v\n%s", err, out)
					}
				})
			}
			group.Wait()
			page, err := w.Register(t.Context(), workflow.RegisterFilter{})
			if err != nil || page.Total != racers {
				t.Errorf("%d commitments of %d invitations, %v", page.Total, racers, err)
			}
			report, err := w.VerifyJournal(t.Context(), nil, true)
			if err != nil || report.Certificates != racers {
				t.Errorf("%+v, %v", report, err)
			}
		})
	}
}

// prepareRace brings every invitation to its last step and writes what the
// processes need to a file.
func prepareRace(t *testing.T, w *workflowtest.World) string {
	t.Helper()
	var list []ready
	for i := range racers {
		r := workflowtest.Request()
		r.Organisation = fmt.Sprintf("Ville d’Essai %d", i)
		r.Contact.Email = fmt.Sprintf("p%d@example.org", i)
		_, token := w.Invite(t, r)
		secret, form := w.Ready(t, token)
		list = append(list, ready{secret, form})
		w.Clock.Move(time.Second)
	}
	text, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "ready.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// signAll is one of the two processes: each signer tries every invitation, and
// every answer must be the same number.
func signAll() int {
	t := &processT{}
	var list []ready
	text, err := os.ReadFile(os.Getenv(raceReady))
	if err == nil {
		err = json.Unmarshal(text, &list)
	}
	if err != nil {
		fmt.Println(err)
		return 1
	}
	s, err := store.Open(t.Context(), os.Getenv(raceDSN))
	if err != nil {
		fmt.Println(err)
		return 1
	}
	defer s.Close()
	w := workflowtest.New(t, s)
	w.Clock.Move(racers * time.Second)
	var group sync.WaitGroup
	for range raceSigners {
		group.Go(func() {
			for _, r := range list {
				if _, err := w.Sign(t.Context(), r.Secret, r.Form, workflowtest.Visit); err != nil {
					t.Errorf("%v", err)
				}
			}
		})
	}
	group.Wait()
	return t.code()
}
