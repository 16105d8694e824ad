package store

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// ms gives an instant as it is stored: Unix milliseconds, 0 for the zero time.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// instant scans what ms stored.
type instant time.Time

// Scan implements sql.Scanner.
func (i *instant) Scan(src any) error {
	n, ok := src.(int64)
	if !ok {
		return fmt.Errorf("instant: %T", src)
	}
	*i = instant{}
	if n != 0 {
		*i = instant(time.UnixMilli(n).UTC())
	}
	return nil
}

// asJSON gives lists and trees as they are stored.
func asJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic("store: " + err.Error()) // plain structures of ours always encode
	}
	return string(text)
}

// fromJSON scans what asJSON stored into the value it points to.
type fromJSON struct{ into any }

// Scan implements sql.Scanner.
func (j fromJSON) Scan(src any) error {
	switch text := src.(type) {
	case string:
		return json.Unmarshal([]byte(text), j.into)
	case []byte:
		return json.Unmarshal(text, j.into)
	}
	return fmt.Errorf("JSON: %T", src)
}

// blob gives a column that is never NULL.
func blob(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// insert writes the statement that adds a row with these columns.
func insert(table, columns string) string {
	return fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", table, columns, places(1, strings.Count(columns, ",")+1))
}

// update writes the statement that sets every column of the row whose first
// column is $1.
func update(table, columns string) string {
	names := strings.Split(columns, ", ")
	var set []string
	for i, name := range names[1:] {
		set = append(set, fmt.Sprintf("%s = $%d", name, i+2))
	}
	return fmt.Sprintf("UPDATE %s SET %s WHERE %s = $1", table, strings.Join(set, ", "), names[0])
}

// places writes n placeholders, the first of them $first.
func places(first, n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("$%d", first+i)
	}
	return strings.Join(all, ", ")
}

// of puts the name of a table before each column.
func of(table, columns string) string {
	return table + "." + strings.ReplaceAll(columns, ", ", ", "+table+".")
}
