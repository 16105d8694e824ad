// Package e2e looks at the project from outside.
//
// Three kinds of tests live here. Rules of the house: which room may import
// which, calls nobody may make, what every file must have. Journeys: the real
// binary, a real browser, a real PostgreSQL, never a package of ours. And the
// tools both need: a built binary (binary_test.go), a page in Chromium with
// its faults (browser_test.go, axe_test.go), the mails a person received
// (letter_test.go).
package e2e
