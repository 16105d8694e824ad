package web

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

const listPath = "/equipe/invitations"

// sortNames are the orders as addresses name them, the usual one first.
var sortNames = []string{"recentes", "nom", "echeance", "activite"}

var sorts = map[string]workflow.InvitationSort{"recentes": workflow.SortNewest, "nom": workflow.SortName,
	"echeance": workflow.SortDeadline, "activite": workflow.SortActivity}

// falls tells which orders go down by themselves.
var falls = map[string]bool{"recentes": true, "activite": true}

// pageSizes are what the reader may choose among.
var pageSizes = []int{workflow.PageSize, 50, 100}

// teamQuery is the query of the list's addresses, checked.
type teamQuery struct {
	workflow.InvitationFilter
	page     int // from 1
	pole     string
	campaign string // « pôle/slug »
	sort     string
	from, to string               // dates as typed
	reasons  []workflow.Attention // why they need a hand
	wrong    []workflow.FieldError
}

var campaignChoice = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$`)

// readTeamQuery reads q, etat, pole, campagne, fin, seance, rappels, du, au, tri,
// sens, taille and page. What is not one of ours, or of the person's own, is refused; a date
// that people type is told to them instead.
func (s *Server) readTeamQuery(c *fiber.Ctx) (teamQuery, error) {
	f, err := readQuery(c)
	if err != nil {
		return teamQuery{}, err
	}
	q := teamQuery{page: 1, pole: f["pole"], campaign: f["campagne"], sort: f["tri"], from: strings.TrimSpace(f["du"]),
		to: strings.TrimSpace(f["au"])}
	q.Query, q.Pole, q.State, q.Limit = strings.TrimSpace(f["q"]), f["pole"], workflow.State(f["etat"]), workflow.PageSize
	if q.sort == "" {
		q.sort = sortNames[0]
	}
	q.Sort, q.Reverse = sorts[q.sort], f["sens"] == "inverse"
	ok := utf8.RuneCountInString(q.Query) <= maxQuery && slices.Contains(sortNames, q.sort) &&
		slices.Contains([]string{"", "inverse"}, f["sens"]) && q.readReasons(f, s.Service.Clock.Now()) &&
		q.within(c) && (q.State == "" || slices.Contains(workflow.States, q.State)) &&
		readNumber(f["page"], 1, maxPage, &q.page) && readNumber(f["taille"], 1, pageSizes[len(pageSizes)-1], &q.Limit) &&
		slices.Contains(pageSizes, q.Limit)
	if !ok {
		return teamQuery{}, errFilter
	}
	q.readDays()
	q.Offset = (q.page - 1) * q.Limit
	return q, nil
}

// within holds the pôle and the campaign to those of the person. A campaign
// belongs to a pôle, so that choosing it chooses both.
func (q *teamQuery) within(c *fiber.Ctx) bool {
	if q.campaign != "" {
		if !campaignChoice.MatchString(q.campaign) {
			return false
		}
		pole, slug, _ := strings.Cut(q.campaign, "/")
		if q.pole != "" && q.pole != pole {
			q.pole = ""
		}
		q.Pole, q.Campaign = pole, slug
	}
	return q.Pole == "" || slugShape.MatchString(q.Pole) && actor(c).Permit(workflow.PermitRead, q.Pole) == nil
}

// readDays reads the period; both days are in it.
func (q *teamQuery) readDays() {
	day := func(typed string, wrong workflow.FieldError) (t time.Time) {
		if typed == "" {
			return t
		}
		t, err := time.ParseInLocation(time.DateOnly, typed, workflow.Zone)
		if err != nil {
			q.wrong = append(q.wrong, wrong)
		}
		return t
	}
	q.CreatedFrom = day(q.from, workflow.FieldError{Field: "du", Key: "list.from-invalid"})
	if to := day(q.to, workflow.FieldError{Field: "au", Key: "list.to-invalid"}); !to.IsZero() {
		q.CreatedBefore = to.AddDate(0, 0, 1)
	}
}

// values writes the query again, without its page.
func (q teamQuery) values() url.Values {
	v := url.Values{}
	set := func(name, value string, said bool) {
		if said && value != "" {
			v.Set(name, value)
		}
	}
	set("q", q.Query, true)
	set("etat", string(q.State), true)
	set("pole", q.pole, true)
	set("campagne", q.campaign, true)
	for _, reason := range q.reasons {
		set(reasons[reason][0], reasons[reason][1], true)
	}
	set("du", q.from, true)
	set("au", q.to, true)
	set("tri", q.sort, q.sort != sortNames[0] && q.sort != "")
	set("sens", "inverse", q.Reverse)
	set("taille", strconv.Itoa(q.Limit), q.Limit != workflow.PageSize && q.Limit != 0)
	return v
}

// without is the list with some filters fewer.
func (q teamQuery) without(names ...string) string {
	v := q.values()
	for _, name := range names {
		v.Del(name)
	}
	return address(listPath, v)
}

// with is the list with another value for one name.
func (q teamQuery) with(name, value string) string {
	v := q.values()
	v.Set(name, value)
	return address(listPath, v)
}

// at is another page of the list.
func (q teamQuery) at(page int) string {
	if page <= 1 {
		return q.without()
	}
	return q.with("page", strconv.Itoa(page))
}

// columns gives the headings that sort: the one in force turns round.
func (q teamQuery) columns() map[string]templates.Column {
	list := map[string]templates.Column{}
	for _, name := range sortNames {
		other := q
		other.sort, other.Reverse = name, name == q.sort && !q.Reverse
		column := templates.Column{Address: other.without()}
		if name == q.sort {
			column.Sorted = "ascending"
			if falls[name] != q.Reverse {
				column.Sorted = "descending"
			}
		}
		list[name] = column
	}
	return list
}

func (q teamQuery) sizes(lang workflow.Language) (options []templates.Option) {
	for _, n := range pageSizes {
		other := q
		other.Limit = n
		options = append(options, templates.Option{Value: other.without(), Label: templates.Number(lang, n), Chosen: n == q.Limit})
	}
	return options
}

// exports are the whole list as files.
func (q teamQuery) exports(lang workflow.Language) []templates.Option {
	v := q.values()
	v.Del("taille")
	return exportsOf(exportPath, v, lang)
}

// chips are those of the filters that are no drop-down list.
func (q teamQuery) chips(lang workflow.Language) (chips []templates.Chip) {
	chips = q.reasonChips(lang)
	if q.from != "" {
		chips = append(chips, templates.Chip{Name: templates.Sentence(lang, "list.from", nil), Value: q.from, Without: q.without("du")})
	}
	if q.to != "" {
		chips = append(chips, templates.Chip{Name: templates.Sentence(lang, "list.to", nil), Value: q.to, Without: q.without("au")})
	}
	return chips
}

// wider are questions that may find what this one does not.
func (q teamQuery) wider(lang workflow.Language) (options []templates.Option) {
	words := strings.Fields(q.Query)
	if len(words) > 1 {
		options = append(options, templates.Option{Value: q.with("q", words[0]),
			Label: templates.Sentence(lang, "list.fewer-words", map[string]string{"Word": words[0]})})
	}
	if alone := (teamQuery{InvitationFilter: workflow.InvitationFilter{Query: q.Query, Limit: q.Limit}, sort: q.sort}); q.Query != "" && alone.without() != q.without() {
		options = append(options, templates.Option{Value: alone.without(),
			Label: templates.Sentence(lang, "list.query-alone", map[string]string{"Query": q.Query})})
	}
	return options
}
