package workflow

// Poster is what the picture of a shared page says, in words that are ready: no
// more than the page itself, and no person.
type Poster struct {
	Title string // the organisation, the region, the pôle
	Under string // what is said of it
	Where string // a line more, or empty
	Site  string // host of the service
	Ended bool   // the commitment has ended: no colour of joy
}
