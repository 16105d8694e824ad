package web

import (
	"slices"
	"testing"

	"github.com/gofiber/fiber/v2"
)

// What the router answers is what the table says, and nothing else.
func TestRouterHoldsTheTable(t *testing.T) {
	x := newSite(t, func(c *Config) { c.Mailbox = emptyMailbox{} })
	var have, want []string
	for _, r := range x.App().GetRoutes(true) {
		if r.Method != fiber.MethodHead && (r.Method != fiber.MethodOptions || !openData(r.Path)) { // come with GET
			have = append(have, r.Method+" "+r.Path)
		}
	}
	for _, r := range Routes() {
		want = append(want, r.Method+" "+r.Path)
	}
	slices.Sort(have)
	slices.Sort(want)
	if !slices.Equal(have, want) {
		t.Errorf("router %v\ntable  %v", have, want)
	}
	if len(slices.Compact(want)) != len(Routes()) {
		t.Error("a route stands twice in the table")
	}
}

func TestEveryRouteHasAGate(t *testing.T) {
	for _, r := range Routes() {
		if gates[r.Access] == nil {
			t.Errorf("%s %s: no gate for %q", r.Method, r.Path, r.Access)
		}
	}
}

// emptyMailbox is a mailbox without letters.
type emptyMailbox struct{}

func (emptyMailbox) List(int) ([]Letter, error) { return nil, nil }

func (emptyMailbox) Letter(string) (Letter, error) {
	return Letter{}, refusal("not-found", "request.not-found")
}
