package storetest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Postgres returns the address of an empty PostgreSQL database made for tb and
// dropped when tb ends. Several processes may use it at once. The first call
// in a process starts a cluster, which stops when the process ends.
//
// The address has the form postgres:///name?host=…&user=postgres, as pgx, psql
// and JACHETE_DATABASE understand it. The cluster listens on a socket only, in
// a folder no other account can enter, accepts 200 connections and does not
// wait for the disk: it is no place to measure durability.
//
// A machine without PostgreSQL fails the test: half of what a store promises
// would otherwise go unseen.
func Postgres(tb testing.TB) (dsn string) {
	tb.Helper()
	return databaseLike(tb, "template1")
}

// databaseLike copies a database that nobody is connected to.
func databaseLike(tb testing.TB, model string) (dsn string) {
	tb.Helper()
	server, err := runningCluster()
	if err != nil {
		tb.Fatalf("start PostgreSQL: %v", err)
	}
	name := "test_" + strings.ToLower(rand.Text())
	if err := administer(server.socket, "CREATE DATABASE "+name+" TEMPLATE "+model+" STRATEGY file_copy"); err != nil {
		tb.Fatalf("create a database: %v", err)
	}
	tb.Cleanup(func() {
		// FORCE closes connections a failed test left open.
		if err := administer(server.socket, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			tb.Errorf("drop the database: %v", err)
		}
	})
	return address(server.socket, name)
}

// administer runs one statement outside any test database. It connects anew
// each time so that no goroutine outlives it: tests look for leaked ones.
func administer(socket, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, address(socket, "postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}

func address(socket, database string) string {
	query := url.Values{"host": {socket}, "user": {"postgres"}}
	return "postgres:///" + database + "?" + query.Encode()
}
