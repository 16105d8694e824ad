// Package revision adds a revision to a finished PDF: an incremental update
// (ISO 32000-1, 7.5.6), which leaves every byte before it as it is.
//
// It reads what it must change, and only files of our own making: unencrypted,
// with a cross-reference table or stream, the objects to be changed not packed
// into object streams. Anything else is [ErrUnexpected]. It is no reader for
// files of strangers.
package revision

import "errors"

// ErrUnexpected tells that a file is not one that we made.
var ErrUnexpected = errors.New("revision: not a file of ours")
