package store

import (
	"fmt"
	"slices"
	"strings"
)

// where gathers conditions and their arguments.
type where struct {
	conditions []string
	args       []any
}

// arg adds an argument and gives its placeholder.
func (w *where) arg(v any) string {
	w.args = append(w.args, v)
	return fmt.Sprintf("$%d", len(w.args))
}

func (w *where) and(condition string) { w.conditions = append(w.conditions, condition) }

// equal narrows to a value, unless it is empty.
func (w *where) equal(column, v string) {
	if v != "" {
		w.and(column + " = " + w.arg(v))
	}
}

// in narrows to a list of values; none of them is nothing.
func (w *where) in(column string, values []string) {
	if len(values) == 0 {
		w.and("1 = 0")
		return
	}
	places := make([]string, len(values))
	for i, v := range values {
		places[i] = w.arg(v)
	}
	w.and(column + " IN (" + strings.Join(places, ", ") + ")")
}

func (w *where) String() string {
	if len(w.conditions) == 0 {
		return "1 = 1"
	}
	return strings.Join(w.conditions, " AND ")
}

// chunks calls read with the values of column in turn, few enough for one
// statement.
func chunks(values []string, read func(*where) error, column string) error {
	const most = 500
	for some := range slices.Chunk(values, most) {
		w := new(where)
		w.in(column, some)
		if err := read(w); err != nil {
			return err
		}
	}
	return nil
}
