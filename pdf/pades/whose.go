package pades

import "jachete/pdf/pades/tsa"

// FirstTimestamp is the one a file owes its time to: that of its signature, or
// the first of the document; nil when it has none. Errors: [ErrLayout] and
// [ErrAltered] for a file that is not whole.
func FirstTimestamp(file []byte) (*tsa.Token, error) {
	d, err := readDocument(file)
	if err != nil || !d.stamped() {
		return nil, err
	}
	if d.stamp != nil {
		return d.stamp, nil
	}
	return d.later[0], nil
}
