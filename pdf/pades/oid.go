package pades

import (
	"crypto/x509/pkix"
	"encoding/asn1"
)

// Object identifiers, with the text that assigns each.
var (
	oidData           = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}         // RFC 5652, 4
	oidSignedData     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}         // RFC 5652, 5.1
	oidContentType    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}         // RFC 5652, 11.1
	oidMessageDigest  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}         // RFC 5652, 11.2
	oidSigningCertV2  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47} // RFC 5035, 3
	oidTimestampToken = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 14} // RFC 3161, A
	oidSHA256         = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}     // RFC 5754, 2.2
	oidECDSASHA256    = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}          // RFC 5758, 3.2
	oidRSASHA256      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 11}        // RFC 5754, 3.2
	oidDocumentSigns  = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 36}         // RFC 9336, 3.1
)

var (
	sha256Algorithm = pkix.AlgorithmIdentifier{Algorithm: oidSHA256}
	ecdsaAlgorithm  = pkix.AlgorithmIdentifier{Algorithm: oidECDSASHA256}
	rsaAlgorithm    = pkix.AlgorithmIdentifier{Algorithm: oidRSASHA256, Parameters: asn1.NullRawValue}
)
