package web

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"jachete/workflow"
)

// Bounds of the register's query.
const (
	maxQuery  = 200 // characters
	maxPage   = 9999
	firstYear = 1990
	lastYear  = 2200
)

var slugShape = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// registerQuery is the query of the register's addresses, checked.
type registerQuery struct {
	workflow.RegisterFilter
	regionSlug string
	page       int // from 1
}

// shownStatuses are those that the list can be narrowed to. One that another
// replaces is not in the list.
var shownStatuses = []workflow.CommitmentStatus{workflow.CommitmentActive, workflow.CommitmentRenewed, workflow.CommitmentLapsed, workflow.CommitmentWithdrawn}

// readRegisterQuery reads q, region (slug or code), mrc, pole, type, annee,
// mode, etat, tri and page. What is not one of ours is refused, not guessed at.
func (s *Server) readRegisterQuery(c *fiber.Ctx) (registerQuery, error) {
	f, err := readQuery(c)
	if err != nil {
		return registerQuery{}, err
	}
	q := registerQuery{page: 1}
	q.Query, q.MRC, q.Pole, q.Kind = f["q"], f["mrc"], f["pole"], workflow.OrganisationKind(f["type"])
	q.Mode, q.Status, q.Order = workflow.Mode(f["mode"]), workflow.CommitmentStatus(f["etat"]), workflow.RegisterOrder(f["tri"])
	ok := utf8.RuneCountInString(q.Query) <= maxQuery && s.readRegion(f["region"], &q) &&
		(q.MRC == "" || s.knownMRC(q.MRC)) && (q.Pole == "" || slugShape.MatchString(q.Pole)) &&
		(q.Kind == "" || slices.Contains(workflow.OrganisationKinds, q.Kind)) &&
		(q.Mode == "" || q.Mode == workflow.ModeElectronic || q.Mode == workflow.ModePaper) &&
		(q.Status == "" || slices.Contains(shownStatuses, q.Status)) && (q.Order == workflow.ByName || q.Order == workflow.ByDate) &&
		readNumber(f["annee"], firstYear, lastYear, &q.Year) && readNumber(f["page"], 1, maxPage, &q.page)
	if !ok {
		return registerQuery{}, errFilter
	}
	q.Limit, q.Offset = workflow.PageSize, (q.page-1)*workflow.PageSize
	return q, nil
}

func (s *Server) readRegion(text string, q *registerQuery) bool {
	if text == "" {
		return true
	}
	region, ok := s.Service.Atlas.RegionBySlug(text)
	if !ok {
		region, ok = s.Service.Atlas.Region(text)
	}
	q.Region, q.regionSlug = region.Code, region.Slug
	return ok
}

func (s *Server) knownMRC(code string) bool {
	_, ok := s.Service.Atlas.MRC(code)
	return ok
}

// readNumber reads plain digits between two bounds; empty leaves the number as
// it is.
func readNumber(text string, least, most int, n *int) bool {
	if text == "" {
		return true
	}
	for _, r := range text {
		if r < '0' || r > '9' {
			return false
		}
	}
	value, err := strconv.Atoi(text)
	*n = value
	return err == nil && least <= value && value <= most
}

// values writes the query again, without its page.
func (q registerQuery) values() url.Values {
	v := url.Values{}
	for name, value := range map[string]string{"q": q.Query, "region": q.regionSlug, "mrc": q.MRC, "pole": q.Pole, "type": string(q.Kind),
		"mode": string(q.Mode), "etat": string(q.Status), "tri": string(q.Order)} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if q.Year != 0 {
		v.Set("annee", strconv.Itoa(q.Year))
	}
	return v
}

// address writes a path with a query.
func address(path string, v url.Values) string {
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// without is the list with one filter fewer.
func (q registerQuery) without(names ...string) string {
	v := q.values()
	for _, name := range names {
		v.Del(name)
	}
	return address("/signataires", v)
}

// at is another page of the list.
func (q registerQuery) at(page int) string {
	v := q.values()
	if page > 1 {
		v.Set("page", strconv.Itoa(page))
	}
	return address("/signataires", v)
}
