package storetest

import (
	"bufio"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

// clusterScript starts the cluster and stops it when its input ends.
//
//go:embed cluster.sh
var clusterScript string

// cluster is a running PostgreSQL.
type cluster struct {
	socket string // folder of its socket
	// lifeline is the pipe whose closing stops the cluster. It is kept and
	// never closed: the end of the process does it, whatever ends the process.
	lifeline io.WriteCloser
}

// runningCluster is this process's cluster, started when first asked for.
var runningCluster = sync.OnceValues(startCluster)

func startCluster() (cluster, error) {
	bin, err := programs()
	if err != nil {
		return cluster{}, err
	}
	owner, err := clusterOwner()
	if err != nil {
		return cluster{}, err
	}
	dir, err := os.MkdirTemp("", "jachete-postgres-")
	if err != nil {
		return cluster{}, err
	}
	if owner != nil {
		if err := os.Chown(dir, int(owner.Uid), int(owner.Gid)); err != nil {
			return cluster{}, err
		}
	}
	lifeline, err := superviseCluster(bin, dir, owner)
	return cluster{dir, lifeline}, err
}

// superviseCluster runs the script in a session of its own, so that an
// interrupt typed at the terminal ends the tests and leaves the script alive
// to clean up after them.
func superviseCluster(bin, dir string, owner *syscall.Credential) (lifeline io.WriteCloser, err error) {
	cmd := exec.Command("/bin/sh", "-c", clusterScript, "cluster.sh", bin, dir)
	cmd.Dir = "/"
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Credential: owner}
	if lifeline, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return lifeline, awaitReady(stdout)
}

func awaitReady(r io.Reader) error {
	answer := bufio.NewReader(r)
	first, _ := answer.ReadString('\n')
	if first == "ready\n" {
		return nil
	}
	rest, _ := io.ReadAll(answer)
	return errors.New(strings.TrimSpace(first + string(rest)))
}

// clusterOwner is the account the cluster runs under, nil for our own:
// PostgreSQL refuses to run as root.
func clusterOwner() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, err := strconv.ParseUint(account.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(account.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}

// programs is the folder that holds initdb and pg_ctl. Debian keeps one per
// major version, outside the PATH; the newest is taken.
func programs() (string, error) {
	newest, folder := 0, ""
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	for _, initdb := range found {
		bin := filepath.Dir(initdb)
		if major, err := strconv.Atoi(filepath.Base(filepath.Dir(bin))); err == nil && major > newest {
			newest, folder = major, bin
		}
	}
	if folder != "" {
		return folder, nil
	}
	initdb, err := exec.LookPath("initdb")
	if err != nil {
		return "", fmt.Errorf("%w; tools/install-test-deps installs it", err)
	}
	return filepath.Dir(initdb), nil
}
