package web

import (
	"html"
	"regexp"
	"strings"
	"testing"
	"time"
)

// pasted reads the lines of HTML that a page offers, by the ids of their fields.
func pasted(t *testing.T, body string) map[string]string {
	t.Helper()
	lines := map[string]string{}
	for _, m := range regexp.MustCompile(`(?s)<textarea id="([^"]+)" readonly[^>]*>(.*?)</textarea>`).FindAllStringSubmatch(body, -1) {
		lines[m[1]] = html.UnescapeString(m[2])
	}
	return lines
}

var addressIn = regexp.MustCompile(`(?:src|href)="([^"]+)"`)

// What is offered to paste leads to what it says, wherever it is pasted.
func TestPastedLinesLeadSomewhere(t *testing.T) {
	x := newSite(t)
	_, number := x.certified()
	for query, want := range map[string]map[string][]string{
		"":                                  {"code-cadre": {"/embed/quebec"}, "code-lien": {"/signataires"}},
		"?ou=quebec&apparence=dark&lang=en": {"code-cadre": {"/embed/quebec?lang=en&theme=dark"}, "code-lien": {"/signataires"}},
		"?ou=longueuil&apparence=&numero=" + number:   {"code-cadre": {"/embed/longueuil"}, "code-lien": {"/poles/longueuil"}, "code-badge": {"/v/" + number, "/badge/" + number + ".svg"}},
		"?numero=" + strings.ToLower(number) + "&ou=": {"code-cadre": {"/embed/quebec"}, "code-lien": {"/signataires"}, "code-badge": {"/v/" + number, "/badge/" + number + ".svg"}},
	} {
		a := x.get("/partager"+query).must(t, 200)
		lines := pasted(t, a.body)
		if len(lines) != len(want)+1 {
			t.Errorf("%s offers %v", query, lines)
		}
		want["adresse-fil"] = nil // an address alone
		for id, paths := range want {
			found := addressIn.FindAllStringSubmatch(lines[id], -1)
			if len(found) != len(paths) {
				t.Fatalf("%s: %s is %q", query, id, lines[id])
			}
			for i, path := range paths {
				address := html.UnescapeString(found[i][1])
				if address != "http://"+testHost+path {
					t.Errorf("%s: %s leads to %s", query, id, address)
				}
				x.get(pathOf(t, address)).must(t, 200)
			}
		}
		if !strings.Contains(a.body, copyAddress) {
			t.Error("the script that copies is not there")
		}
	}
}

// The page shows a frame of ours, and is the only one that may.
func TestOnlyTheSharingPageShowsFrames(t *testing.T) {
	x := newSite(t)
	h := x.get("/partager").must(t, 200).Header
	checkHeaders(t, "/partager", h)
	if !strings.HasSuffix(h.Get("Content-Security-Policy"), "; frame-src 'self'") {
		t.Errorf("%s", h.Get("Content-Security-Policy"))
	}
	for _, r := range Routes() {
		path := strings.NewReplacer(":slug", "longueuil", ":where", "quebec").Replace(r.Path)
		if policy := x.get(path).Header.Get("Content-Security-Policy"); r.Method == get && path != "/partager" && (strings.Contains(policy, "frame-src") || strings.Contains(policy, "child-src")) {
			t.Errorf("%s may show frames: %s", path, policy)
		}
	}
	for _, bad := range []string{"?ou=inconnu", "?ou=%00", "?apparence=blue", "?numero=" + strings.Repeat("9", 65)} {
		x.get("/partager"+bad).must(t, 422)
	}
}

// A number that has no badge says why.
func TestSharingSaysWhyThereIsNoBadge(t *testing.T) {
	x := newSite(t)
	page, number := x.certified()
	x.get("/partager?numero="+number).must(t, 200).says(t, "Ville de Rivière-Exemple, signataire depuis 2026")
	x.get("/partager?numero=ESJ-2026-AAAA-AAAA").must(t, 200).says(t, "Aucune attestation ne porte ce numéro")
	x.withdraw(page)
	a := x.get("/partager?numero="+number).must(t, 200)
	a.says(t, "L’engagement de cette attestation a été retiré")
	if pasted(t, a.body)["code-badge"] != "" || !strings.Contains(a.body, `src="/badge/`+number+`.svg"`) {
		t.Error("the badge of what has ended is offered, or not shown")
	}
	x.clock.Move(time.Hour) // codes to one mailbox are counted by the hour
	second := x.browser()
	_, link := x.invite()
	again := second.sign(link)
	x.get("/partager?numero="+again).must(t, 200).says(t, "signataire depuis 2026")

	y := newTeam(t)
	_, secret, _ := underEmbargo(t, y)
	a = y.get("/partager?numero="+secret).must(t, 200)
	a.says(t, "confidentiel jusqu’au 23\u00a0novembre\u00a02026, à 10\u00a0h\u00a000")
	if strings.Contains(a.body, "Gabarit") || strings.Contains(a.body, "/badge/") {
		t.Error("the page tells what is under embargo")
	}
	y.world.Clock.Move(25 * time.Hour)
	y.get("/partager?numero="+secret).must(t, 200).says(t, secretName)
}
