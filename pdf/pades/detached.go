package pades

import (
	"crypto/sha256"
	"io"
)

// SignDetached signs bytes that are no PDF file: a CMS in DER (RFC 5652) that
// stands beside them and does not hold them, with the attributes of a seal and
// the chain. It does not check the key, see [Key.Check].
func SignDetached(random io.Reader, key Key, content []byte) ([]byte, error) {
	return sign(random, key, sha256.Sum256(content))
}
