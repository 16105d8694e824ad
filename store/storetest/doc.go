// Package storetest holds what the tests of a store need.
//
// [Postgres] gives each test an empty database on a temporary PostgreSQL
// cluster, so that nothing has to be configured and nothing stays behind. The
// same package holds the conformance suite that every store must pass.
package storetest
