package e2e

import (
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"
)

// asToy makes the test binary play a server, to try the helpers on: "good"
// behaves, "broken" ends at once, "rude" ends with status 3 on SIGTERM.
const asToy = "E2E_TOY"

func toy() {
	manner := os.Getenv(asToy)
	if manner == "broken" {
		fmt.Fprintln(os.Stderr, "jachete: the toy is broken")
		os.Exit(2)
	}
	fmt.Println(os.Args[1:], os.Getenv("E2E_LEAK"))
	if manner == "command" {
		return
	}
	http.HandleFunc("GET /healthz", func(http.ResponseWriter, *http.Request) {})
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGTERM)
	go http.ListenAndServe(os.Getenv("JACHETE_ADDR"), nil)
	<-asked
	if manner == "rude" {
		os.Exit(3)
	}
}

func toyInstallation(t *testing.T, manner string) *installation {
	t.Helper()
	return configure(t, os.Args[0], []string{asToy + "=" + manner})
}

func TestServerStartsAndStops(t *testing.T) {
	t.Setenv("E2E_LEAK", "leak")
	s := toyInstallation(t, "good").start("serve", "--now")
	if got := s.stdout(); got != "[serve --now] \n" {
		t.Errorf("stdout %q: wrong arguments, or our environment shows through", got)
	}
	if err := s.stop(); err != nil {
		t.Error(err)
	}
	if _, err := http.Get(s.base + "/healthz"); err == nil {
		t.Error("still answers after its end")
	}
}

func TestServerFaultsAreSeen(t *testing.T) {
	t.Run("ends at its start", func(t *testing.T) {
		s, err := toyInstallation(t, "broken").launch("serve")
		if err != nil {
			t.Fatal(err)
		}
		if err := s.awaitHealth(); err == nil || !strings.Contains(err.Error(), "exit status 2") {
			t.Errorf("got %v", err)
		}
		if !strings.Contains(s.stderr(), "the toy is broken") {
			t.Errorf("log %q", s.stderr())
		}
	})
	t.Run("ends badly", func(t *testing.T) {
		s, err := toyInstallation(t, "rude").launch("serve")
		if err != nil {
			t.Fatal(err)
		}
		if err := s.awaitHealth(); err != nil {
			t.Fatal(err)
		}
		if err := s.stop(); err == nil || !strings.Contains(err.Error(), "exit status 3") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("killed on purpose", func(t *testing.T) {
		s := toyInstallation(t, "good").start("serve")
		s.kill()
		if err := s.stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestCommandsReportTheirEnd(t *testing.T) {
	if o := toyInstallation(t, "broken").run("version"); o.code != 2 || !strings.Contains(o.stderr, "broken") {
		t.Errorf("%+v", o)
	}
	if got := toyInstallation(t, "command").must("pole", "list"); got != "[pole list] \n" {
		t.Errorf("%q", got)
	}
}
