package web

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gofiber/fiber/v2"

	"jachete/workflow"
)

// Fifty identical posts make one signature, and every answer leads to it.
func TestFiftySignaturesAtOnceAreOne(t *testing.T) {
	x := newSite(t)
	inv, link := x.invite()
	b := x.browser()
	body := url.Values{"review": {b.ready(link)}, "typed": {"Camille Exemple"}, "consent": {"1"}}.Encode()
	var wait sync.WaitGroup
	for range 50 {
		again := b.again()
		wait.Go(func() {
			a := again.send(http.MethodPost, "/signature/signer", body)
			if a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != "/signature/merci" {
				t.Errorf("%d %s", a.StatusCode, visible(a.body))
			}
		})
	}
	wait.Wait()
	refs, err := x.service.Store.CertificateNumbers(t.Context())
	must(t, err)
	deliveries, err := x.service.Store.DeliveriesOf(t.Context(), inv.ID)
	must(t, err)
	sent := map[string]int{}
	for _, d := range deliveries {
		sent[string(d.Kind)+d.Recipient]++
	}
	if len(refs) != 1 || sent["certificate"+inv.Contact.Email] != 1 {
		t.Errorf("%d certificates, %v", len(refs), sent)
	}
}

// What one person types never shows on another's page: strings outlive the
// request they came with.
func TestAnswersNeverCross(t *testing.T) {
	x := newSite(t)
	addr := x.listen()
	var wait sync.WaitGroup
	for i := range 40 {
		_, link := x.invite(func(r *workflow.InviteRequest) { r.Contact.Email = fmt.Sprintf("c%d@example.org", i) })
		wait.Go(func() {
			client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
			defer client.CloseIdleConnections()
			var secret string
			do := func(method, path string, form url.Values) string {
				r, _ := http.NewRequest(method, "http://"+addr+path, strings.NewReader(form.Encode()))
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				if secret != "" {
					r.AddCookie(&http.Cookie{Name: "signature", Value: secret})
				}
				response, err := client.Do(r)
				if err != nil {
					t.Error(err)
					return ""
				}
				defer response.Body.Close()
				for _, c := range response.Cookies() {
					if c.Name == "signature" {
						secret = c.Value
					}
				}
				var body strings.Builder
				if err := response.Write(&body); err != nil {
					t.Error(err)
				}
				return body.String()
			}
			do("POST", link, nil)
			do("POST", "/signature", nil)
			mine := strings.Repeat(string(rune('A'+i%26))+string(rune('a'+i/26)), 90)
			do("POST", "/signature/organisation", url.Values{"organisation": {mine}, "name": {mine}, "function": {mine}})
			for range 5 {
				if page := do("GET", "/signature/organisation", nil); strings.Count(page, `value="`+mine+`"`) != 3 {
					t.Errorf("person %d sees other answers", i)
				}
			}
		})
	}
	wait.Wait()
}

// Strings that a handler keeps stay what they were when later requests come
// over the same connection.
func TestKeptStringsDoNotChange(t *testing.T) {
	x := newSite(t)
	var kept []string
	x.add(Route{get, "/keep/:id", AccessPublic, func(_ *Server, c *fiber.Ctx) error {
		kept = append(kept, c.Params("id"), c.Get("X-Test"), c.Query("q"), c.Cookies("a"))
		return nil
	}})
	addr := x.listen()
	client := &http.Client{}
	defer client.CloseIdleConnections()
	var want []string
	for i := range 20 {
		text := strings.Repeat(string(rune('a'+i)), 12)
		want = append(want, text, text, text, text)
		r, _ := http.NewRequest(http.MethodGet, "http://"+addr+"/keep/"+text+"?q="+text, nil)
		r.Header.Set("X-Test", text)
		r.AddCookie(&http.Cookie{Name: "a", Value: text})
		response, err := client.Do(r)
		must(t, err)
		_, _ = io.Copy(io.Discard, response.Body)
		response.Body.Close()
	}
	if !slices.Equal(kept, want) {
		t.Errorf("%v", kept)
	}
}
