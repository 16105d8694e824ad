package sheet

import (
	"encoding/json"
	"io"
	"time"
)

type jsonWriter struct {
	to    io.Writer
	keys  []string
	lines int
}

// newJSON writes an array of objects, whose empty cells are left out.
func newJSON(w io.Writer, t Table) (Writer, error) {
	j := &jsonWriter{to: w}
	for _, column := range t.Columns {
		j.keys = append(j.keys, column.Key)
	}
	_, err := io.WriteString(w, "[")
	return j, err
}

// Write implements [Writer].
func (j *jsonWriter) Write(line []Cell) error {
	object := []byte(",\n{")
	if j.lines++; j.lines == 1 {
		object = object[1:]
	}
	empty := len(object)
	for i, cell := range line {
		value := cell.raw()
		if value == "" {
			continue
		}
		if len(object) > empty {
			object = append(object, ',')
		}
		text, err := json.Marshal(value)
		if err != nil {
			return err
		}
		object = append(append(object, `"`+j.keys[i]+`":`...), text...)
	}
	_, err := j.to.Write(append(object, '}'))
	return err
}

// raw is a cell for programs.
func (c Cell) raw() string {
	switch {
	case c.Code != "":
		return c.Code
	case !c.At.IsZero():
		return c.At.Format(time.RFC3339)
	default:
		return c.shown()
	}
}

// Close implements [Writer].
func (j *jsonWriter) Close() error {
	_, err := io.WriteString(j.to, "\n]\n")
	return err
}
