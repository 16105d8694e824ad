package web

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
)

// moved changes an invitation behind everybody's back.
func (x *teamSite) moved(id string, change func(*workflow.Invitation)) {
	x.t.Helper()
	err := x.world.Store.Update(x.t.Context(), func(tx workflow.Tx) error {
		was, err := tx.Invitation(x.t.Context(), id)
		if err != nil {
			return err
		}
		inv := was
		change(&inv)
		return tx.MoveInvitation(x.t.Context(), was, inv)
	})
	if err != nil {
		x.t.Fatal(err)
	}
}

// busy gives estrie invitations of every state, and more of each reason than the
// dashboard shows.
func (x *teamSite) busy() {
	x.t.Helper()
	now := x.world.Clock.Now()
	for _, state := range workflow.States {
		inv, _ := x.invited()
		x.moved(inv.ID, func(i *workflow.Invitation) { i.State, i.RemindAt = state, now })
	}
	for k := range workflow.AttentionShown + 1 {
		for n := range workflow.Attentions {
			inv, _ := x.invited()
			x.moved(inv.ID, func(i *workflow.Invitation) {
				*i = map[workflow.Attention]func(workflow.Invitation) workflow.Invitation{
					workflow.AttentionUndelivered: func(i workflow.Invitation) workflow.Invitation {
						i.State = workflow.StateUndelivered
						return i
					},
					workflow.AttentionMeeting: func(i workflow.Invitation) workflow.Invitation {
						i.State, i.MeetingOn = workflow.StateAwaitingResolution, "2026-11-1"+strconv.Itoa(k)
						return i
					},
					workflow.AttentionEnding: func(i workflow.Invitation) workflow.Invitation {
						i.ExpiresAt = now.Add(time.Duration(k+1) * time.Hour)
						return i
					},
					workflow.AttentionSilent: func(i workflow.Invitation) workflow.Invitation {
						i.RemindedAt, i.RemindAt = now.Add(-4*24*time.Hour), time.Time{}
						return i
					},
				}[workflow.Attentions[n]](*i)
			})
		}
	}
}

var (
	figureLinks = regexp.MustCompile(`<li><a href="(/equipe/invitations[^"]*)"><strong>(\d+)</strong>`)
	allLinks    = regexp.MustCompile(`<a class="all" href="(/equipe/invitations[^"]*)"[^>]*>Voir les (\d+)<`)
)

// Every number leads to a list of exactly as many.
func TestEveryFigureLeadsToAListOfAsMany(t *testing.T) {
	x := newTeam(t)
	x.enrol()
	x.busy()
	for kind, path := range map[string]string{"agent": "/equipe", "reader": "/equipe?pole=estrie", "admin": "/equipe?pole=estrie"} {
		b := x.as(kind)
		page := b.open(path).must(t, 200)
		figures, needs := figureLinks.FindAllStringSubmatch(page.body, -1), allLinks.FindAllStringSubmatch(page.body, -1)
		if len(figures) != 1+len(workflow.States) || len(needs) != len(workflow.Attentions) {
			t.Fatalf("%s: %d figures, %d reasons\n%s", kind, len(figures), len(needs), visible(page.body))
		}
		for _, link := range append(figures, needs...) {
			want := link[2] + " invitation"
			b.open(strings.ReplaceAll(link[1], "&amp;", "&")).must(t, 200).says(t, want)
		}
		if n := strings.Count(page.body, `class="do"`); n != len(workflow.Attentions)*workflow.AttentionShown {
			t.Errorf("%s: %d lines", kind, n)
		}
	}
}

func TestEachLineSaysWhatToDoAndLeadsThere(t *testing.T) {
	x := newTeam(t)
	x.busy()
	page := x.as("agent").open("/equipe").must(t, 200)
	for anchor, words := range map[string]string{"corriger": "Corriger l’adresse", "prolonger": "Prolonger", "contact": "Appeler"} {
		found := regexp.MustCompile(`href="(/equipe/invitations/\w+)#` + anchor + `">` + words).FindStringSubmatch(page.body)
		if found == nil {
			t.Errorf("no line leads to #%s", anchor)
			continue
		}
		if to := x.as("agent").open(found[1]).must(t, 200); !strings.Contains(to.body, `id="`+anchor+`"`) {
			t.Errorf("%s has no %s", found[1], anchor)
		}
	}
	reader := x.as("reader").open("/equipe").must(t, 200)
	reader.says(t, "Voir l’invitation", "7 courriels non remis")
	for _, wrong := range []string{"Corriger l’adresse", "Prolonger\u00a0:", "@example.org"} {
		if strings.Contains(strings.ReplaceAll(visible(reader.body), "c…@example.org", ""), wrong) {
			t.Errorf("a reader is told %s", wrong)
		}
	}
}

func TestCalmAndNewDashboards(t *testing.T) {
	x := newTeam(t)
	x.as("agent").open("/equipe").must(t, 200).says(t, "Inviter une première organisation", "Aucune des 117 municipalités du territoire n’a encore signé")
	x.invited()
	x.as("agent").open("/equipe").must(t, 200).says(t, "Rien à faire aujourd’hui", "1 invitation en tout", "Invitations et signatures cumulées")
}

// Another's pôle is answered as one that does not exist, to the byte.
func TestDashboardOfAnotherPole(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	page := func(slug string) answer { return b.open("/equipe?pole="+url.QueryEscape(slug)).must(t, 404) }
	nonce := regexp.MustCompile(`nonce="[^"]*"|(pole|montreal|nulle-part|Pas un slug)[^"]*"`)
	bare := func(a answer) string { return nonce.ReplaceAllString(a.body, "") }
	other := page("montreal")
	for _, unknown := range []string{"nulle-part", "Pas un slug"} {
		if got := page(unknown); bare(got) != bare(other) {
			t.Errorf("%s: %s\nwant %s", unknown, got.body, other.body)
		}
	}
}

func TestSeveralPolesChooseOne(t *testing.T) {
	x := newTeam(t)
	x.enrol()
	x.invited()
	admin := x.as("admin")
	all := admin.open("/equipe").must(t, 200)
	all.says(t, "Par pôle", "Tous mes pôles", "0/117")
	if !strings.Contains(all.body, `href="/equipe?pole=estrie"`) || strings.Contains(all.body, `class="tiles"`) {
		t.Error("the pôles are not told one by one")
	}
	one := admin.open("/equipe?pole=longueuil").must(t, 200)
	one.says(t, "Tableau de bord\u00a0: Pôle Agglo", "Aucune des 5 villes de l’agglomération n’a encore signé", "Aucune invitation pour l’instant")
}

func TestFiltersOfWhatNeedsAHandAreKept(t *testing.T) {
	x := newTeam(t)
	x.busy()
	b := x.as("agent")
	a := b.open("/equipe/invitations?seance=passee").must(t, 200)
	a.says(t, "séance du conseil passée", "6 invitations")
	if !strings.Contains(a.body, `<input type="hidden" name="seance" value="passee">`) {
		t.Error("another question would forget the first")
	}
	b.open("/equipe/invitations?rappels=epuises&seance=passee").must(t, 200).says(t, "Aucun")
	for _, wrong := range []string{"seance=demain", "rappels=1", "fin=8"} {
		b.open("/equipe/invitations?"+wrong).must(t, 422)
	}
}
