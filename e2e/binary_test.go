package e2e

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// drainTime is how long a server may take to end after SIGTERM.
const drainTime = 20 * time.Second

// builtFolder holds the binary once a test has asked for it.
var builtFolder string

// built is the path of the real binary, made once per run, as released:
// without cgo.
var built = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "jachete-e2e-")
	if err != nil {
		return "", err
	}
	builtFolder = folder
	program := filepath.Join(folder, "jachete")
	build := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-o", program, "./cmd/jachete")
	build.Dir = projectRoot
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build ./cmd/jachete: %w\n%s", err, out)
	}
	return program, nil
})

func TestMain(m *testing.M) {
	if os.Getenv(asToy) != "" {
		toy()
		return
	}
	code := m.Run()
	if running.stop != nil {
		running.stop()
	}
	os.RemoveAll(builtFolder)
	os.Exit(code)
}

// installation is one configured deployment: an address, a data folder and
// the environment that every command of it gets.
type installation struct {
	t       testing.TB
	program string
	base    string // http://127.0.0.1:port
	data    string
	env     []string
}

// newInstallation configures a deployment on a free port with an empty data
// folder. Settings such as "JACHETE_SMTP=…" come after, and so over, the
// usual ones. Nothing of the environment the tests run in shows through.
func newInstallation(t testing.TB, settings ...string) *installation {
	t.Helper()
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return configure(t, program, settings)
}

func configure(t testing.TB, program string, settings []string) *installation {
	t.Helper()
	addr, home := freeAddress(t), t.TempDir()
	env := append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + home, "TMPDIR=" + os.TempDir(),
		"JACHETE_ADDR=" + addr, "JACHETE_BASE_URL=http://" + addr,
		"JACHETE_ADMIN_ADDR=" + freeAddress(t), "JACHETE_DATA=" + filepath.Join(home, "data"),
	}, settings...)
	return &installation{t: t, program: program, env: env,
		base: "http://" + setting(env, "JACHETE_ADDR"), data: setting(env, "JACHETE_DATA")}
}

// setting is the value of a variable: the last one counts.
func setting(env []string, name string) (value string) {
	for _, pair := range env {
		if v, ok := strings.CutPrefix(pair, name+"="); ok {
			value = v
		}
	}
	return value
}

// freeAddress is a loopback address nobody listens on now.
func freeAddress(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// outcome is how a command ended.
type outcome struct {
	stdout, stderr string
	code           int
}

// run runs a command of the installation to its end.
func (i *installation) run(arguments ...string) outcome {
	i.t.Helper()
	cmd := exec.Command(i.program, arguments...)
	cmd.Env = i.env
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		i.t.Fatalf("%s %s: %v", i.program, strings.Join(arguments, " "), err)
	}
	return outcome{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// must runs a command that has to succeed and returns what it printed.
func (i *installation) must(arguments ...string) string {
	i.t.Helper()
	o := i.run(arguments...)
	if o.code != 0 {
		i.t.Fatalf("jachete %s: exit %d\n%s", strings.Join(arguments, " "), o.code, o.stderr)
	}
	return o.stdout
}

// server is a running instance.
type server struct {
	*installation
	process *os.Process
	ended   chan struct{} // closed when the process has ended
	err     error         // how it ended; read after ended
	output  string        // files of what it wrote
	log     string
}

// startServe configures a deployment and starts it: see newInstallation.
func startServe(t testing.TB, settings ...string) *server {
	t.Helper()
	return newInstallation(t, settings...).start("serve")
}

// startDemo starts the demonstration; what it prints is in stdout().
func startDemo(t testing.TB, settings ...string) *server {
	t.Helper()
	i := newInstallation(t, settings...)
	return i.start("demo", "--addr", setting(i.env, "JACHETE_ADDR"), "--data", i.data)
}

// start starts a long-running command of the installation, waits until it is
// healthy, and stops it at the end of the test, which fails if it does not
// stop in order. A failed test shows the server's log.
func (i *installation) start(arguments ...string) *server {
	i.t.Helper()
	s, err := i.launch(arguments...)
	if err != nil {
		i.t.Fatal(err)
	}
	i.t.Cleanup(func() {
		if err := s.stop(); err != nil {
			i.t.Error(err)
		}
		if i.t.Failed() {
			i.t.Logf("log of the server:\n%s", tail(s.stderr()))
		}
	})
	if err := s.awaitHealth(); err != nil {
		i.t.Fatal(err)
	}
	return s
}

func (i *installation) launch(arguments ...string) (*server, error) {
	folder := i.t.TempDir()
	s := &server{installation: i, ended: make(chan struct{}),
		output: filepath.Join(folder, "stdout"), log: filepath.Join(folder, "stderr")}
	stdout, err := os.Create(s.output)
	if err != nil {
		return nil, err
	}
	defer stdout.Close()
	stderr, err := os.Create(s.log)
	if err != nil {
		return nil, err
	}
	defer stderr.Close()
	cmd := exec.Command(i.program, arguments...)
	cmd.Env, cmd.Stdout, cmd.Stderr = i.env, stdout, stderr
	cmd.SysProcAttr = dieWithUs
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s.process = cmd.Process
	go func() {
		s.err = cmd.Wait()
		close(s.ended)
	}()
	return s, nil
}

func (s *server) awaitHealth() error {
	for limit := time.Now().Add(patience); time.Now().Before(limit); time.Sleep(20 * time.Millisecond) {
		select {
		case <-s.ended:
			return fmt.Errorf("the server ended at its start: %v", s.err)
		default:
		}
		if answer, err := http.Get(s.base + "/healthz"); err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
	}
	return fmt.Errorf("%s/healthz is not well after %s", s.base, patience)
}

// stop asks the server to end as an operator does, with SIGTERM, and returns
// an error if it does not end in time with status 0. Stopping a server that
// the test has killed is fine.
func (s *server) stop() error {
	select {
	case <-s.ended:
		return s.unlessKilled()
	default:
	}
	if err := s.process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-s.ended:
		return s.unlessKilled()
	case <-time.After(drainTime):
		s.kill()
		return fmt.Errorf("the server did not end within %s of SIGTERM", drainTime)
	}
}

func (s *server) unlessKilled() error {
	if exit := (*exec.ExitError)(nil); errors.As(s.err, &exit) {
		if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signal() == syscall.SIGKILL {
			return nil
		}
	}
	if s.err != nil {
		return fmt.Errorf("the server ended badly: %w", s.err)
	}
	return nil
}

// kill ends the server with no chance to say goodbye.
func (s *server) kill() {
	s.process.Kill()
	<-s.ended
}

func (s *server) stdout() string { return content(s.output) }
func (s *server) stderr() string { return content(s.log) }

func content(file string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// tail is the end of a text, enough to see why.
func tail(text string) string { return text[max(0, len(text)-8000):] }
