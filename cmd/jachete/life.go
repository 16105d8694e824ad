package main

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/alecthomas/kong"
)

// life is a length of time as people write it: 90s, 15m, 36h, 60d.
type life time.Duration

var lifeType = reflect.TypeFor[life]()

func decodeLife(ctx *kong.DecodeContext, target reflect.Value) error {
	var text string
	if err := ctx.Scan.PopValueInto("duration", &text); err != nil {
		return err
	}
	d, err := parseLife(text)
	if err != nil {
		return err
	}
	target.SetInt(int64(d))
	return nil
}

// parseLife reads a whole number and one unit: s, m, h or d.
func parseLife(text string) (time.Duration, error) {
	units := map[string]time.Duration{"s": time.Second, "m": time.Minute, "h": time.Hour, "d": 24 * time.Hour}
	if text != "" {
		unit, known := units[text[len(text)-1:]]
		n, err := strconv.ParseInt(strings.TrimSpace(text[:len(text)-1]), 10, 32)
		if known && err == nil && n > 0 && n <= int64(400*24*time.Hour/unit) {
			return time.Duration(n) * unit, nil
		}
	}
	return 0, fmt.Errorf("%q: want a number and s, m, h or d, at most 400d, for example 60d", text)
}
