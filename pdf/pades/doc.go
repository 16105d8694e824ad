// Package pades makes PAdES baseline B-B signatures (ETSI EN 319 142-1): a CMS
// SignedData (RFC 5652) detached from the PDF that carries it.
//
// # Making one
//
// The writer of the file puts [Dictionary] where the signature goes, with
// room for [Key.Size] bytes, and gives the finished file to [Seal], which
// fills in the byte range, the digest of everything outside the gap, and the
// CMS in the gap. The gap is exactly the value of /Contents; the range covers
// the rest of the file. Signed attributes are content-type, message-digest and
// signing-certificate-v2. There is no signing-time attribute: in PAdES the
// claimed time is /M of the dictionary, which the digest covers.
//
// A timestamp (B-T) would be an unsigned attribute added in cms.go, and
// validation data (B-LT) objects of the file written before sealing.
//
// # Checking one
//
// [Verify] verifies a file made here, byte by byte, against the chain that made
// it: for the start-up probe and for tests. It is no judge of uploads.
//
// # Keys
//
// A [Key] is any crypto.Signer with its chain. [Generate] makes a P-256 root
// and leaf, [ParsePEM] and [ParseP12] read what an authority issued, and
// [Key.Check] refuses what readers would not accept.
package pades
