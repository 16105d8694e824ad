package roster

import "fmt"

// Reason is why a file cannot be read.
type Reason string

// The reasons.
const (
	ReasonEmpty    Reason = "empty"
	ReasonLarge    Reason = "large"    // heavier than MaxBytes
	ReasonWorkbook Reason = "workbook" // a spreadsheet's own format, whatever its name says
	ReasonUTF16    Reason = "utf16"
	ReasonNUL      Reason = "nul"
	ReasonEncoding Reason = "encoding" // neither UTF-8 nor Windows-1252, or both at once
	ReasonLines    Reason = "lines"    // ended by CR alone
	ReasonQuotes   Reason = "quotes"   // a quotation mark without its other one, or out of place
	ReasonCell     Reason = "cell"     // longer than any field
	ReasonColumns  Reason = "columns"  // too many
	ReasonTwice    Reason = "twice"    // the column in Detail stands twice
	ReasonMissing  Reason = "missing"  // the columns in Detail are not there
	ReasonWide     Reason = "wide"     // a line longer than the first
	ReasonRows     Reason = "rows"     // more than MaxRows
	ReasonNoRows   Reason = "no-rows"
)

// Fault says why a file cannot be read, and where.
type Fault struct {
	Reason Reason
	Line   int    // from 1; 0 when it is about the whole file
	Detail string // names of columns, for ReasonTwice and ReasonMissing
}

// Error implements error for the log.
func (f *Fault) Error() string {
	return fmt.Sprintf("roster: %s at line %d %s", f.Reason, f.Line, f.Detail)
}
