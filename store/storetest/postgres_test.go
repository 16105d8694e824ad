package storetest

import (
	"bufio"
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
)

func open(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestPostgresDatabasesAreSeparate(t *testing.T) {
	one, two := open(t, Postgres(t)), open(t, Postgres(t))
	if _, err := one.Exec("CREATE TABLE mark (id TEXT)"); err != nil {
		t.Fatal(err)
	}
	if _, err := two.Exec("SELECT id FROM mark"); err == nil {
		t.Error("a table made in one database is seen in the other")
	}
}

func TestPostgresDropsTheDatabase(t *testing.T) {
	var dsn string
	t.Run("inner", func(t *testing.T) {
		dsn = Postgres(t)
		// Left open on purpose: the drop must succeed all the same.
		db, err := sql.Open("pgx", dsn)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Ping(); err != nil {
			t.Fatal(err)
		}
	})
	if err := open(t, dsn).Ping(); err == nil {
		t.Error("the database outlived its test")
	}
}

func TestPostgresKnowsFrenchText(t *testing.T) {
	const name = "L’Ancienne-Lorette · Kahnawà:ke · Nguyễn"
	var back string
	if err := open(t, Postgres(t)).QueryRow("SELECT $1::text", name).Scan(&back); err != nil {
		t.Fatal(err)
	}
	if back != name {
		t.Errorf("got %q, want %q", back, name)
	}
}

// A pipe that nothing refers to is closed by the garbage collector, and the
// cluster with it.
func TestPostgresOutlivesGarbageCollection(t *testing.T) {
	db := open(t, Postgres(t))
	for range 3 {
		runtime.GC()
		time.Sleep(50 * time.Millisecond)
	}
	if err := db.Ping(); err != nil {
		t.Error(err)
	}
}

// asVictim makes the test binary play the process that is killed.
const asVictim = "STORETEST_VICTIM"

func TestMain(m *testing.M) {
	if os.Getenv(asVictim) == "" {
		os.Exit(m.Run())
	}
	server, err := runningCluster()
	if err != nil {
		panic(err)
	}
	os.Stdout.WriteString(server.socket + "\n")
	select {}
}

func TestPostgresStopsWithAKilledProcess(t *testing.T) {
	victim := exec.Command(os.Args[0])
	victim.Env = append(os.Environ(), asVictim+"=1")
	stdout, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	socket, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("the victim did not start its cluster: %v", err)
	}
	socket = strings.TrimSpace(socket)
	server := serverProcess(t, socket)
	if !alive(server) {
		t.Fatal("no server to stop: the test proves nothing")
	}
	if err := victim.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	victim.Wait()
	eventually(t, "the server stops", func() bool { return !alive(server) })
	eventually(t, "the folder goes", func() bool {
		_, err := os.Stat(socket)
		return os.IsNotExist(err)
	})
}

func serverProcess(t *testing.T, socket string) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(socket, "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

func alive(pid int) bool { return syscall.Kill(pid, 0) == nil }

func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	for limit := time.Now().Add(20 * time.Second); time.Now().Before(limit); time.Sleep(20 * time.Millisecond) {
		if done() {
			return
		}
	}
	t.Errorf("within 20 s: %s: it did not", what)
}
