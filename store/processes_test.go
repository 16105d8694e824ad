package store

import (
	"bytes"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"jachete/store/storetest"
)

// signerDSN and signerPrefix make TestSignerProcess one of several processes.
const (
	signerDSN    = "JACHETE_TEST_SIGNER_DSN"
	signerPrefix = "JACHETE_TEST_SIGNER_PREFIX"
	raced        = 300
)

// TestSignerProcess does nothing by itself: TestTwoProcesses runs it.
func TestSignerProcess(t *testing.T) {
	dsn := os.Getenv(signerDSN)
	if dsn == "" {
		t.Skip("started by TestTwoProcesses")
	}
	s, err := Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	won := storetest.SignAll(t, s, raced, 4, os.Getenv(signerPrefix))
	os.Stdout.WriteString("\nwon=" + strconv.Itoa(won) + "\n")
}

// TestTwoProcesses lets two processes of four signers each race for the same
// invitations.
func TestTwoProcesses(t *testing.T) {
	both(t, func(t *testing.T, dsn string) {
		s := openMigrated(t, dsn)
		storetest.Prepare(t, s, raced)
		var outputs [2]bytes.Buffer
		var signers [2]*exec.Cmd
		for i := range signers {
			signers[i] = exec.Command(os.Args[0], "-test.run=^TestSignerProcess$")
			signers[i].Env = append(os.Environ(), signerDSN+"="+dsn, signerPrefix+"=p"+strconv.Itoa(i)+"-")
			signers[i].Stdout, signers[i].Stderr = &outputs[i], &outputs[i]
			if err := signers[i].Start(); err != nil {
				t.Fatal(err)
			}
		}
		total := 0
		for i, signer := range signers {
			if err := signer.Wait(); err != nil {
				t.Errorf("%v\n%s", err, outputs[i].String())
			}
			total += wonBy(outputs[i].Bytes())
		}
		if total != raced {
			t.Errorf("%d signatures acknowledged, want %d", total, raced)
		}
		storetest.WantSigned(t, s, raced)
	})
}

func wonBy(output []byte) int {
	_, after, _ := bytes.Cut(output, []byte("\nwon="))
	number, _, _ := bytes.Cut(after, []byte("\n"))
	won, _ := strconv.Atoi(string(number))
	return won
}
