// Package pades makes PAdES baseline signatures (ETSI EN 319 142-1): a CMS
// SignedData (RFC 5652) detached from the PDF that carries it, and what lets it
// be judged decades later.
//
// # Sealing: B-B
//
// The writer of the file puts [Sealing.Dictionary] where the signature goes, and
// [Extensions] into the catalog, and gives the finished file to [Seal], which
// fills in the byte range, the digest of everything outside the gap, and the
// CMS in the gap. The gap is exactly the value of /Contents; the range covers
// the rest of the file. Signed attributes are content-type, message-digest and
// signing-certificate-v2. There is no signing-time attribute: in PAdES the
// claimed time is /M of the dictionary, which the digest covers. Sealing asks
// nobody.
//
// # Archiving: B-T, B-LT, B-LTA
//
// An [Archiver] brings sealed files of any age further. The timestamp is an
// unsigned attribute, about the signature value, in the room kept for it: what
// the signature covers does not change, old and new file are genuine
// ([AddTimestamp]). The rest are incremental updates: a security store with the
// chains of seal and authorities and their revocation lists, then a timestamp
// of the whole document. A certification that allows no change (DocMDP, P 1)
// allows these (ISO 32000-2, 12.8.2.2). It is done again before the last
// authority's certificate ends.
//
// The store never goes into the revision of the seal, though its evidence could
// be had beforehand: the EU's validator looks for it in a later one, and would
// call the file B-T.
//
// Revocation lists come from a [Source]: [Lists] at hand, those of one's own
// roots made by [MakeCRL], or [Published] ones, which authorities keep on the
// web; [Kept] spares asking for each file. They are found before the timestamp
// is made: a validator that judges as of its time refuses younger ones.
//
// # Checking
//
// [Verify] verifies a file made here, byte by byte, against the chain that made
// it: for the start-up probe and for tests. It is no judge of uploads. The
// package check names the level of a file, for tests.
//
// [StampedBy] tells whose word the time of a file is.
//
// # Keys
//
// A [Key] is any crypto.Signer with its chain. [Generate] makes a P-256 root
// and leaf, [Rotate] a new leaf, [ParsePEM] and [ParseP12] read what an
// authority issued, and [Key.Check] refuses what readers would not accept.
package pades
