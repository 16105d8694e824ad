// Package store keeps the domain in SQL: SQLite for one instance, PostgreSQL
// when several share the data. It implements [jachete/workflow.Store].
//
// # One SQL
//
// Both databases run the same text: $1 placeholders, ids made in Go, instants
// as BIGINT Unix milliseconds in UTC (0 for the zero time), enumerations as
// TEXT with a CHECK, lists as JSON text. Search folds and collates in Go,
// because the databases disagree on accents. What has to differ is in one
// place, type dialect.
//
// # Opening
//
//	s, err := store.Open(ctx, "sqlite:/var/lib/jachete/jachete.db")
//	err = s.Migrate(ctx)
//	defer s.Close()
//
// SQLite has one connection that writes, whose transactions take the write
// lock when they begin (a transaction that reads first and writes later would
// fail instead of waiting), and several that read beside it.
//
// # Writing
//
// [Store.Update] is the only way to write. Rules that must hold under
// concurrency are in the statement that writes: a conditional UPDATE and its
// count of rows, or a UNIQUE constraint; never a read followed by a decision.
// The journal is appended last, under a lock that the whole database shares.
//
// # Waiting
//
// Nothing waits longer than [Patience]: not for a connection, a lock or a
// statement. Past that the error is of kind workflow.Unavailable.
package store
