package templates

// Home is the first page.
type Home struct {
	Frame
	Total   int // commitments in the register
	Regions int // with at least one
}

// File implements [Page].
func (*Home) File() string { return "home" }
