// Package lint checks that a file of pdf/archive keeps the rules of PDF/A-2a
// (ISO 19005-2), PDF/UA-1 (ISO 14289-1, and the Matterhorn Protocol's list of
// its failures) and of the parts of PDF (ISO 32000-1) they rest on.
//
// [Check] reads the file with a parser that knows our own output and nothing
// else, so that what it accepts is fully understood: one revision, no byte
// between the objects, no operator that a certificate does not need. Rules name
// the clauses they come from (rules.go); what the standards say about things
// that never occur in a certificate – images, transparency, actions, layers,
// attachments, other fonts – is held by refusing those things.
//
// It is no general validator and is for tests: a fault here is a fault of our
// own program.
//
// # What a program cannot judge
//
// Reading order, the sense of alternative texts, and that what looks like a
// heading is one, are for the tests of the pages and for people.
package lint
