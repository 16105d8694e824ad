package web

import (
	"strings"
	"testing"
)

func TestHomeRenders(t *testing.T) {
	a := newSite(t).get("/")
	if a.StatusCode != 200 || !strings.Contains(a.body, "<h1>Acheter davantage") {
		t.Errorf("%d %s", a.StatusCode, a.body)
	}
}
