package e2e

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// The two widths every page is looked at: a small phone and a desk.
const (
	phone = 360
	desk  = 1280
)

// patience bounds one action of a page: generous, since the machine may be
// busy with the race detector.
const patience = 30 * time.Second

// page is one tab of a browser with its own cookies, as one person has it.
// Its methods end the test when they fail.
type page struct {
	t   *testing.T
	ctx context.Context

	mu       sync.Mutex
	protests []string
	visited  map[string]bool // addresses of the pages themselves
}

// running is the browser of all tests, started when first asked for; stopping
// it removes its profile.
var running struct {
	start sync.Once
	ctx   context.Context
	stop  func()
	err   error
}

// chromium is a browser with a fresh profile, one for all tests: what a person
// leaves in it stays with the tabs of that person, see [newPage]. Only the
// loopback exists for it: a request to a third party fails and shows in
// [page.complaints].
func chromium(t *testing.T) context.Context {
	t.Helper()
	running.start.Do(startChromium)
	if running.err != nil {
		t.Fatalf("start Chromium (tools/install-test-deps installs it): %v", running.err)
	}
	return running.ctx
}

func startChromium() {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("accept-lang", "fr-CA"),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"),
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium's sandbox refuses root
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, quit := chromedp.NewContext(allocator, chromedp.WithLogf(log.Printf))
	running.ctx, running.stop = ctx, func() { quit(); stop() }
	running.err = chromedp.Do(ctx)
}

// newPage opens a tab of the given width in CSS pixels for someone the site
// has never seen.
func newPage(t *testing.T, browser context.Context, width int) *page {
	t.Helper()
	ctx, closeTab := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(closeTab)
	p := watch(t, ctx)
	p.do(chromedp.EmulateViewport(int64(width), 900))
	p.bringAxe()
	return p
}

// watch is what a tab or a frame shows, with what the browser complains of there.
func watch(t *testing.T, ctx context.Context) *page {
	p := &page{t: t, ctx: ctx, visited: map[string]bool{}}
	messages := chromedp.Console(ctx)
	go func() {
		for message, err := range messages {
			if err != nil {
				return
			}
			p.protest(message)
		}
	}()
	return p
}

func (p *page) protest(m chromedp.ConsoleMessage) {
	if m.Type != "error" && m.Type != "warning" && !m.IsException() {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.protests = append(p.protests, strings.TrimSpace(m.String()+" "+m.URL))
}

// complaints are the errors and warnings the browser wrote to its console
// since the tab opened: scripts that failed, files not found, requests to
// others, and what the content security policy refused. That the page itself
// answers 404 or 410 is no fault: the site says so on purpose.
func (p *page) complaints() (found []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, protest := range p.protests {
		_, address, refused := strings.Cut(protest, "status of 4")
		_, address, _ = strings.Cut(address, ") ")
		if !refused || !p.visited[address] {
			found = append(found, protest)
		}
	}
	return found
}

// do runs actions one after the other.
func (p *page) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatalf("%v\n%s", err, p.where())
	}
}

// ask runs one action and returns its value.
func ask[T any](p *page, action chromedp.Action[T]) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, action)
	if err != nil {
		p.t.Fatalf("%v\n%s", err, p.where())
	}
	return value
}

// where tells what the tab shows, for the message of a failure.
func (p *page) where() string {
	ctx, cancel := context.WithTimeout(p.ctx, 2*time.Second)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](
		`location.href + "\n" + document.title + "\n" + document.body.innerText.slice(0, 1500)`))
	if err != nil {
		return "(the page does not answer)"
	}
	return text
}

// open goes to an address and returns the status of the answer.
func (p *page) open(address string) (status int) {
	p.t.Helper()
	return p.arrive(ask(p, chromedp.NavigateResponse(address)))
}

// arrive notes that an address is a page, and returns its status.
func (p *page) arrive(answer *network.Response) (status int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.visited[answer.URL] = true
	return int(answer.Status)
}

// follow clicks the first match of a CSS selector, waits for the page it
// leads to, and returns the status of that page.
func (p *page) follow(css string) (status int) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	answer, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(css)))
	if err != nil {
		p.t.Fatalf("follow %s: %v\n%s", css, err, p.where())
	}
	return p.arrive(answer)
}

// answers does what leads to another page, and returns its status.
func (p *page) answers(action chromedp.Action[chromedp.Void]) (status int) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	answer, err := chromedp.RunResponse(ctx, action)
	if err != nil {
		p.t.Fatalf("%v\n%s", err, p.where())
	}
	return p.arrive(answer)
}

// click clicks the first match of a CSS selector: a box, a radio button, a
// menu that opens in place.
func (p *page) click(css string) {
	p.t.Helper()
	p.do(chromedp.Click(chromedp.CSS(css)))
}

// fill types text into an emptied field, key by key, as a person does.
func (p *page) fill(css, text string) {
	p.t.Helper()
	p.do(chromedp.Clear(chromedp.CSS(css)), chromedp.SendKeys(chromedp.CSS(css), text))
}

// text is what a reader sees of the first match of a CSS selector.
func (p *page) text(css string) string {
	p.t.Helper()
	return ask(p, chromedp.Text(chromedp.CSS(css)))
}

// has tells whether anything matches a CSS selector now.
func (p *page) has(css string) bool {
	p.t.Helper()
	return ask(p, chromedp.Evaluate[bool](fmt.Sprintf(`document.querySelector(%q) !== null`, css)))
}

// address is the one in the address bar.
func (p *page) address() string {
	p.t.Helper()
	return ask(p, chromedp.Location())
}

// overflow is by how many CSS pixels the page is wider than its window: a
// phone must never scroll sideways.
func (p *page) overflow() int {
	p.t.Helper()
	return ask(p, chromedp.Evaluate[int](
		`document.documentElement.scrollWidth - document.documentElement.clientWidth`))
}

// screenshot saves the whole page as name.png in the folder named by the
// environment variable SCREENSHOTS; without it, nothing happens.
func (p *page) screenshot(name string) {
	p.t.Helper()
	folder := os.Getenv("SCREENSHOTS")
	if folder == "" {
		return
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), ask(p, chromedp.FullScreenshot(100)), 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// download clicks the first match of a CSS selector and returns the file the
// browser saves: the answer must say "attachment".
func (p *page) download(css string) []byte {
	p.t.Helper()
	enabled := true
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	folder := p.t.TempDir()
	_, err := chromedp.CallBrowser(ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior:         browser.SetDownloadBehaviorBehaviorAllowAndName,
		BrowserContextID: chromedp.FromContext(p.ctx).BrowserContextID,
		DownloadPath:     folder,
		EventsEnabled:    &enabled,
	})
	if err != nil {
		p.t.Fatal(err)
	}
	progress := chromedp.BrowserEvents(ctx, browser.DownloadProgress)
	p.click(css)
	for event, err := range progress {
		if err != nil {
			p.t.Fatalf("download %s: %v\n%s", css, err, p.where())
		}
		if event.State == browser.DownloadProgressStateInProgress {
			continue
		}
		if event.State != browser.DownloadProgressStateCompleted {
			p.t.Fatalf("download %s: %s", css, event.State)
		}
		return p.saved(filepath.Join(folder, event.GUID))
	}
	p.t.Fatalf("download %s: the browser went away", css)
	return nil
}

func (p *page) saved(file string) []byte {
	p.t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		p.t.Fatal(err)
	}
	return content
}

// valueOf is what stands in a field.
func valueOf(css string) chromedp.Action[string] {
	return chromedp.Evaluate[string](fmt.Sprintf(`document.querySelector(%q).value`, css))
}
