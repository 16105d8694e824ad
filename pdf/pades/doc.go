// Package pades makes PAdES baseline signatures (ETSI EN 319 142-1): a CMS
// SignedData (RFC 5652) detached from the PDF that carries it, and what lets it
// be judged decades later.
//
// # Sealing: B-B, B-T, B-LT
//
// A [Sealing] has the key and, if there is one, the timestamp authority. The
// writer of the file puts [Sealing.Dictionary] where the signature goes and
// gives the finished file to [Sealing.Seal], which fills in the byte range, the
// digest of everything outside the gap, and the CMS in the gap. The gap is
// exactly the value of /Contents; the range covers the rest of the file. Signed
// attributes are content-type, message-digest and signing-certificate-v2. There
// is no signing-time attribute: in PAdES the claimed time is /M of the
// dictionary, which the digest covers.
//
// The timestamp is an unsigned attribute, about the signature value. When no
// authority answers the file is sealed without (B-B), and [Sealing.Upgrade] or
// [AddTimestamp] puts it into the room kept for it later: what the signature
// covers does not change, old and new file are genuine. If the writer has also
// put the evidence there ([Evidence.Write]), the file is B-LT in one revision.
//
// # Archiving: B-LT, B-LTA
//
// An [Archiver] brings sealed files of any age further by incremental updates:
// a security store with the chains of seal and authorities and their
// revocation lists, then a timestamp of the whole document. A certification
// that allows no change (DocMDP, P 1) allows these (ISO 32000-2, 12.8.2.2). It
// is done again before the last authority's certificate ends.
//
// Revocation lists come from a [Source]: [Lists] at hand, those of one's own
// roots made by [MakeCRL], or [Published] ones, which authorities keep on the
// web.
//
// # Checking
//
// [Verify] verifies a file made here, byte by byte, against the chain that made
// it: for the start-up probe and for tests. It is no judge of uploads. The
// package check names the level of a file, for tests.
//
// # Keys
//
// A [Key] is any crypto.Signer with its chain. [Generate] makes a P-256 root
// and leaf, [Rotate] a new leaf, [ParsePEM] and [ParseP12] read what an
// authority issued, and [Key.Check] refuses what readers would not accept.
package pades
