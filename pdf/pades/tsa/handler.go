package tsa

import (
	"encoding/asn1"
	"io"
	"net/http"
)

// maxQuestion is more than any request has, in bytes.
const maxQuestion = 4 << 10

// PKIStatus and PKIFailureInfo (RFC 3161, 2.4.2).
const (
	granted       = 0
	rejection     = 2
	badAlgorithm  = 0
	badRequest    = 2
	badPolicy     = 15
	systemFailure = 25
)

// ServeHTTP answers a question posted as RFC 3161, 3.4 says. What is no
// question at all gets an HTTP status, any question gets an answer.
func (a *Authority) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "POST", http.StatusMethodNotAllowed)
		return
	}
	if r.Header.Get("Content-Type") != "application/timestamp-query" {
		http.Error(w, "application/timestamp-query", http.StatusUnsupportedMediaType)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxQuestion))
	if err != nil {
		http.Error(w, "too large", http.StatusRequestEntityTooLarge)
		return
	}
	w.Header().Set("Content-Type", "application/timestamp-reply")
	w.Write(a.answer(body))
}

func (a *Authority) answer(der []byte) []byte {
	var q request
	if decode(der, "question", &q, "") != nil || q.Version != 1 {
		return refuse(badRequest)
	}
	hash, ok := hashes[q.Imprint.Algorithm.Algorithm.String()]
	if !ok || !plain(q.Imprint.Algorithm) || len(q.Imprint.Digest) != hash.Size() {
		return refuse(badAlgorithm)
	}
	if len(q.Policy) > 0 && !q.Policy.Equal(policy) {
		return refuse(badPolicy)
	}
	token, err := a.issue(q)
	if err != nil {
		return refuse(systemFailure)
	}
	return mustMarshal(response{status{Code: granted}, asn1.RawValue{FullBytes: token}})
}

func refuse(failure int) []byte {
	bits := asn1.BitString{Bytes: make([]byte, failure/8+1), BitLength: failure + 1}
	bits.Bytes[failure/8] = 0x80 >> (failure % 8)
	return mustMarshal(response{Status: status{Code: rejection, Failure: bits}})
}
