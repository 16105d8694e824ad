package e2e

import (
	"fmt"
	"net/http"
	"testing"
)

// The real binary starts on an empty data folder and ends in order: the
// helpers fail the test if it does not.
func TestServeStartsOnNothing(t *testing.T) {
	startServe(t)
}

// What a newcomer sees first is free of faults, on a phone and at a desk.
func TestDemoOpensOnASoundPage(t *testing.T) {
	demo, browser := startDemo(t), chromium(t)
	for _, width := range []int{phone, desk} {
		p := newPage(t, browser, width)
		if status := p.open(demo.base + "/"); status != http.StatusOK {
			t.Errorf("at %d px the first page answers %d", width, status)
		}
		p.sound(fmt.Sprintf("accueil-%d", width))
	}
}
