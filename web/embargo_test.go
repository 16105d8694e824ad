package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
)

// secretName is of an organisation that signs under an embargo.
const secretName = "Coopérative Gabarit-Secrète"

// tellsOf are the ways in which a public answer could give it away.
var tellsOf = []string{"Gabarit", "gabarit-secrete", "Camille Exemple", "Greffière"}

// fresh is an instance that has never answered before.
func fresh(t *testing.T, x *teamSite) *site {
	t.Helper()
	server, err := New(Config{Service: x.world.Service, BaseURL: mustURL(t, "http://"+testHost), Preview: samplePreview, BadgeSVG: sampleBadge, BadgePNG: sampleBadgePNG, PosterPNG: samplePoster, PagesPerMinute: 100_000})
	if err != nil {
		t.Fatal(err)
	}
	return &site{Server: server, t: t, service: x.world.Service}
}

// publicAnswers asks every public route that could tell of a commitment, on an
// instance that has never answered before.
func publicAnswers(t *testing.T, x *teamSite, number string) map[string]answer {
	t.Helper()
	fresh := fresh(t, x)
	answers := map[string]answer{}
	queries := map[string][]string{"/signataires": {"", "?q=gabarit", "?region=estrie", "?pole=estrie", "?type=cooperative", "?annee=2026"},
		"/api/v1/signatories.json": {"", "?q=gabarit"}, "/api/v1/signatories.csv": {"", "?q=gabarit"},
		"/api/v1/signatories.geojson": {"", "?q=gabarit"}, feedPath: {"", "?q=gabarit"}}
	for _, r := range Routes() {
		if r.Method != get || r.Access != AccessPublic && r.Access != AccessRegister {
			continue
		}
		slug := map[string]string{"/regions/:slug": "estrie", "/poles/:slug": "estrie"}[r.Path]
		if slug == "" {
			slug = "cooperative-gabarit-secrete"
		}
		path := strings.NewReplacer(":slug", slug, ":version", "1.0", ":number", number, ":file", styleFile, ":day", "2026-11-22").Replace(r.Path)
		for _, query := range append(queries[r.Path], "")[:max(1, len(queries[r.Path]))] {
			for _, lang := range []string{"", "lang=en"} {
				at := path + query
				if lang != "" && query != "" {
					at += "&" + lang
				} else if lang != "" {
					at += "?" + lang
				}
				if lang != "" && strings.HasPrefix(path, "/api/") {
					continue
				}
				answers[at] = fresh.get(at)
			}
		}
	}
	return answers
}

// underEmbargo signs for the secret organisation and gives the number.
func underEmbargo(t *testing.T, x *teamSite) (c workflow.Campaign, number string, file []byte) {
	t.Helper()
	c = x.campaign(func(r *workflow.CampaignRequest) {
		r.Embargo = workflow.LocalTimeOf(x.world.Clock.Now().Add(24 * time.Hour))
	})
	_, token := x.invited(func(r *workflow.InviteRequest) {
		r.Organisation, r.Kind, r.Campaign = secretName, workflow.KindCooperative, c.Slug
	})
	b := x.browser()
	b.post("/i/"+token).leadsTo(t, "/signature")
	b.post("/signature").leadsTo(t, "/signature/organisation")
	b.post("/signature/organisation", "organisation", secretName, "name", "Camille Exemple", "function", "Greffière").leadsTo(t, "/signature/resolution")
	b.post("/signature/resolution", "needed", "no").leadsTo(t, "/signature/verification")
	b.post("/signature/verification", "do", "send").leadsTo(t, "/signature/verification?envoye=1")
	b.post("/signature/verification", "do", "confirm", "code", x.world.Courier.Last(t)).leadsTo(t, "/signature/signer")
	b.post("/signature/signer", "review", b.review(), "typed", "Camille Exemple", "consent", "1", "publish", "1").leadsTo(t, "/signature/merci")
	thanks := b.open("/signature/merci").must(t, 200)
	thanks.says(t, "L’engagement est confidentiel jusqu’au 23\u00a0novembre\u00a02026 à 10\u00a0h\u00a000")
	if strings.Contains(thanks.body, "/signataires/") || strings.Contains(thanks.body, "dès maintenant au registre") {
		t.Error("the person is sent to a page that is not there")
	}
	return c, numberIn(t, thanks.body), []byte(b.open("/signature/attestation.pdf").must(t, 200).body)
}

func TestNothingPublicTellsOfAnEmbargo(t *testing.T) {
	x := newTeam(t)
	_, number, _ := underEmbargo(t, x)
	must(t, x.world.Tick(t.Context())) // a checkpoint to show
	during := publicAnswers(t, x, number)
	if len(during) < 30 {
		t.Fatalf("only %d addresses were asked", len(during))
	}
	for path, a := range during {
		for _, tell := range tellsOf {
			if strings.Contains(a.body, tell) && !strings.Contains(path, "q=") {
				t.Errorf("%s tells %q", path, tell)
			}
			if strings.Contains(path, "q=") && strings.Contains(strings.ReplaceAll(a.body, "gabarit", ""), tell) {
				t.Errorf("%s tells %q", path, tell)
			}
		}
		if strings.Contains(a.body, number) && !strings.HasPrefix(path, "/v/") {
			t.Errorf("%s tells the number", path)
		}
	}
	during["/v/"+number].must(t, 200).says(t, "Confidentiel jusqu’au 23\u00a0novembre\u00a02026 à 10\u00a0h\u00a000", number)
	during["/signataires/cooperative-gabarit-secrete"].must(t, 404)
	during["/api/v1/signatories/cooperative-gabarit-secrete"].must(t, 404)
	if stats := during["/api/v1/stats.json"].must(t, 200); !strings.Contains(stats.body, `"total":0`) || strings.Contains(stats.body, "cooperative") {
		t.Error(stats.body)
	}
	during["/api/v1/signatories.json"].must(t, 200)
	if !strings.Contains(during["/api/v1/signatories.json"].body, `"total":0`) {
		t.Error("the open data counts it")
	}

	x.world.Clock.Move(24 * time.Hour)
	after := publicAnswers(t, x, number)
	must(t, x.world.Tick(t.Context())) // the snapshot of the day after
	if list := fresh(t, x).get("/api/v1/snapshots/2026-11-23.json").must(t, 200); !strings.Contains(list.body, secretName) {
		t.Error("after the embargo, the snapshot does not tell")
	}
	if list := after["/api/v1/snapshots/2026-11-22.json"].must(t, 200); strings.Contains(list.body, "Gabarit") {
		t.Error("the snapshot of the day before has changed")
	}
	for _, path := range []string{"/signataires", "/signataires?q=gabarit", "/signataires?region=estrie", "/signataires?pole=estrie", "/signataires?type=cooperative",
		"/signataires?annee=2026", "/signataires/cooperative-gabarit-secrete", "/regions/estrie", "/poles/estrie", "/v/" + number,
		"/api/v1/signatories.json", "/api/v1/signatories.csv", "/api/v1/signatories.geojson", feedPath, "/api/v1/signatories/cooperative-gabarit-secrete"} {
		if a := after[path].must(t, 200); !strings.Contains(a.body, secretName) {
			t.Errorf("after the embargo, %s does not tell", path)
		}
	}
	if !strings.Contains(after["/sitemap.xml"].body, "/signataires/cooperative-gabarit-secrete") || !strings.Contains(after["/api/v1/stats.json"].body, `"total":1`) {
		t.Error("after the embargo, the addresses or the figures do not tell")
	}
	if during["/"].body == after["/"].body {
		t.Error("the figures of the first page do not move")
	}
}

// A number that anybody may know gives nothing to whoever puts it in a file;
// whoever holds the file learns that it is genuine.
func TestFilesUnderEmbargoTellWhatTheyHold(t *testing.T) {
	x := newTeam(t)
	_, number, file := underEmbargo(t, x)
	send := func(content []byte) answer {
		t.Helper()
		var body bytes.Buffer
		w := multipart.NewWriter(&body)
		part, err := w.CreateFormFile(fileField, "a.pdf")
		must(t, err)
		_, err = part.Write(content)
		must(t, err)
		must(t, w.Close())
		r := request(http.MethodPost, uploadPath, body.String())
		r.Header.Set("Content-Type", w.FormDataContentType())
		return x.ask(r).must(t, 200)
	}
	send(file).says(t, "Ce fichier est authentique", "Cette attestation est confidentielle jusqu’au 23\u00a0novembre\u00a02026")
	for name, content := range map[string][]byte{"the file": file, "the number": []byte("%PDF-1.7 " + number), "with more": append(bytes.Clone(file), "more"...)} {
		a := send(content)
		for _, tell := range append(slices.Clone(tellsOf), "Estrie", "/v/") {
			if strings.Contains(a.body, tell) {
				t.Errorf("%s: the verdict tells %q", name, tell)
			}
		}
	}
}
