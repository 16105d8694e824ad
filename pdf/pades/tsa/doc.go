// Package tsa speaks with timestamp authorities (RFC 3161, RFC 5816) and can be
// one.
//
// # Asking
//
// A [Client] asks authorities in their order over HTTP and gives the first
// token that holds everything asked of it; the errors of all are joined if none
// does. Nothing of an answer is believed: it is small, prompt, strict DER, of
// status 0 or 1, about our digest and our nonce, signed by a certificate that
// is for timestamps only and leads to a pinned root, and its time is ours to a
// few minutes.
//
// # Judging
//
// [Parse] reads a token strictly and verifies its signature with the
// certificate inside: whatever it accepts is one authority's unaltered
// statement. [Token.Verify] judges that authority.
//
// # Being one
//
// An [Authority] issues tokens under a root of its own, for tests and for
// deployments that want one: [NewAuthority] makes it, [Authority.PEM] keeps it
// in one file, [ParseAuthority] reads that. Its word is worth what the trust in
// whoever runs it is worth; its certificates say so by their name, and
// pades.StampedBy tells the files that have their time from it.
package tsa
