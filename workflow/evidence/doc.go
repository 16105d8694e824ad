// Package evidence makes the evidence file of one signature: a zip that tells
// all that is known of it and lets anybody check it without the service, its
// database or its makers, with openssl, sha256sum, jq, xxd and awk.
//
// [Build] gives the same bytes for the same [Record]. The files inside:
//
//	VERIFY.md         the commands, in order, and what each must print
//	SHA256SUMS        of every other file
//	evidence.json     the facts, canonical JSON (RFC 8785), null when unknown
//	certificate.pdf   as issued
//	declaration.txt   the exact bytes whose SHA-256 was signed
//	events.jsonl      the record's own chain of journal entries
//	checkpoint.txt    the signed note that covers them (C2SP tlog-checkpoint)
//	checkpoint.key    its public key, in the text form of signed notes
//	inclusion.json    RFC 6962 proofs of the sealing entry and of the last one
//	page.html         what the certificate says, as a page for any browser
//	review.json       what was shown for review before signing, as it was hashed
//	extract.pdf       the extract of the minutes as it was sent, when there is one
//	drawing.png       the drawn signature, when there is one
//	signature.der     the CMS of the seal, as it stands in the PDF
//	chain.pem         the certificates the CMS carries, leaf first
//
// Commitments of the journal are opened in events.jsonl, so the file holds
// personal information: who makes one gives it only to those who may read it.
package evidence
