package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// addMany inserts rows, several with each statement; a duplicate is a Conflict
// with that key.
func (t *tx) addMany(ctx context.Context, duplicate, table, columns string, rows [][]any) error {
	width := strings.Count(columns, ",") + 1
	for some := range slices.Chunk(rows, t.dialect.rowsOf(width)) {
		query := fmt.Sprintf("INSERT INTO %s (%s) VALUES %s", table, columns, placeRows(1, len(some), width))
		if err := t.add(ctx, duplicate, query, slices.Concat(some...)...); err != nil {
			return err
		}
	}
	return nil
}

// rowsOf is how many rows of that width one statement takes.
func (d dialect) rowsOf(width int) int { return max(1, d.parameters/width) }

// placeRows writes the placeholders of n rows, the first of them $first.
func placeRows(first, n, width int) string {
	rows := make([]string, n)
	for i := range rows {
		rows[i] = "(" + places(first+i*width, width) + ")"
	}
	return strings.Join(rows, ", ")
}

// argsOf makes the arguments of many rows.
func argsOf[T any](list []T, args func(T) []any) [][]any {
	rows := make([][]any, len(list))
	for i, v := range list {
		rows[i] = args(v)
	}
	return rows
}
