package archive

import (
	"errors"
	"fmt"
	"time"

	"jachete/pdf/typeset"
)

// Rect is a box on a page, in points from the bottom left corner.
type Rect struct{ X1, Y1, X2, Y2 float64 }

// Link is a place to click that opens an address.
type Link struct {
	Page     int // 0 is the first
	Area     Rect
	Address  string // ASCII
	Contents string // what a screen reader says
	Element  *Element
}

// Seal is where the signature field goes: a widget over the drawn seal.
type Seal struct {
	Page    int // 0 is the first
	Area    Rect
	Label   string   // what a screen reader says of the field
	Element *Element // RoleForm, joined
}

// Document is what a file holds.
type Document struct {
	Width, Height float64 // of every page, points
	Pages         [][]byte
	Fonts         []typeset.Font
	Links         []Link
	Tree          *Tree // of all content that is no artifact

	Title, Author, Subject string
	Language               string // BCP 47, "fr-CA"
	Created                time.Time

	Seal *Seal // nil when the file is never sealed
}

// File is a document ready to be written. It may be written many times.
type File struct {
	laid          *objects
	catalog, info int
	field         int // 0 when the file is never sealed
}

// ErrStructure tells that a document lacks what every file must have.
var ErrStructure = errors.New("archive: incomplete document")

// New lays out and compresses everything; the file keeps nothing of the document.
func New(doc Document) (*File, error) {
	if err := doc.complete(); err != nil {
		return nil, err
	}
	f := &File{}
	return f, f.layout(doc)
}

// complete refuses what could not be tagged.
func (d Document) complete() error {
	switch {
	case d.Tree == nil || len(d.Tree.Root.kids) == 0:
		return fmt.Errorf("%w: no structure", ErrStructure)
	case d.Title == "" || d.Language == "":
		return fmt.Errorf("%w: no title or language", ErrStructure)
	case d.Seal != nil && (d.Seal.Element == nil || !d.Seal.Element.joined):
		return fmt.Errorf("%w: the seal is nobody's", ErrStructure)
	}
	for _, l := range d.Links {
		if l.Element == nil || !l.Element.joined {
			return fmt.Errorf("%w: a link is nobody's", ErrStructure)
		}
	}
	return nil
}

// Extra puts objects of its own into a file, such as validation data (DSS): add
// gives a body its number. It returns entries for the catalog that lead there.
type Extra func(add func(body []byte) int) (entries string)

// Bytes writes the file with its field, but without seal: the same document
// gives the same bytes.
func (f *File) Bytes() ([]byte, error) { return f.write(nil, nil) }

// Reserve writes the file with a signature field whose value is the given
// dictionary, as a certification that allows no later change (DocMDP, P 1).
// The dictionary is written as it is, once. The document must have a Seal; extra
// may be nil.
func (f *File) Reserve(dictionary []byte, extra Extra) ([]byte, error) {
	if f.field == 0 {
		return nil, fmt.Errorf("%w: no place for a seal", ErrStructure)
	}
	return f.write(dictionary, extra)
}
