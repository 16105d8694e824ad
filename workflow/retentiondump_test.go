package workflow_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// places lists the tables that hold the mark anywhere, in any column, by name.
func (v *vault) places(t *testing.T, mark string) (tables []string) {
	t.Helper()
	for _, table := range v.tables(t) {
		if v.holds(t, table, mark) > 0 {
			tables = append(tables, table)
		}
	}
	return tables
}

// tables are all there are, so that none is missed that comes one day.
func (v *vault) tables(t *testing.T) (names []string) {
	t.Helper()
	query := "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
	if strings.HasPrefix(fmt.Sprintf("%T", v.db.Driver()), "*sqlite") {
		query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
	}
	rows, err := v.db.QueryContext(t.Context(), query)
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var name string
		must(t, rows.Scan(&name))
		names = append(names, name)
	}
	must(t, rows.Err())
	if len(names) < 30 {
		t.Fatalf("only %d tables", len(names))
	}
	slices.Sort(names)
	return names
}

// holds counts the rows of a table that hold the mark.
func (v *vault) holds(t *testing.T, table, mark string) (n int) {
	t.Helper()
	rows, err := v.db.QueryContext(t.Context(), "SELECT * FROM "+table)
	must(t, err)
	defer rows.Close()
	columns, err := rows.Columns()
	must(t, err)
	for rows.Next() {
		cells, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		must(t, rows.Scan(into...))
		if slices.ContainsFunc(cells, func(cell any) bool { return strings.Contains(strings.ToLower(plain(cell)), mark) }) {
			n++
		}
	}
	must(t, rows.Err())
	return n
}

func plain(cell any) string {
	if raw, isRaw := cell.([]byte); isRaw {
		return string(raw)
	}
	return fmt.Sprint(cell)
}

// count answers a question that counts.
func (v *vault) count(t *testing.T, query string) (n int) {
	t.Helper()
	must(t, v.db.QueryRowContext(t.Context(), query).Scan(&n))
	return n
}
