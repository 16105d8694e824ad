package web

import (
	"fmt"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"jachete/workflow"
)

// maxPerPage is the most lines a program may ask for at once.
const maxPerPage = 500

// dataQuery is the query of a list: that of the register, and how many lines a
// page has.
type dataQuery struct {
	registerQuery
	perPage int
}

// readDataQuery reads the register's query and per_page.
func (s *Server) readDataQuery(c *fiber.Ctx) (dataQuery, error) {
	q, err := s.readRegisterQuery(c)
	if err != nil {
		return dataQuery{}, err
	}
	f, err := readQuery(c)
	if err != nil {
		return dataQuery{}, err
	}
	d := dataQuery{registerQuery: q, perPage: workflow.PageSize}
	if !readNumber(f["per_page"], 1, maxPerPage, &d.perPage) {
		return dataQuery{}, errFilter
	}
	d.Limit, d.Offset = d.perPage, (d.page-1)*d.perPage
	return d, nil
}

// pages is how many pages a list of that length has.
func (q dataQuery) pages(total int) int { return (total + q.perPage - 1) / q.perPage }

// links lead to the other pages of the list (RFC 8288). A page past the end
// leads back to the last one.
func (q dataQuery) links(total int, at func(path string) string) (links []string) {
	last := max(q.pages(total), 1)
	add := func(page int, relation string) {
		v := q.values()
		v.Set("page", strconv.Itoa(page))
		v.Set("per_page", strconv.Itoa(q.perPage))
		links = append(links, fmt.Sprintf(`<%s>; rel=%q`, at(address("/api/v1/signatories.json", v)), relation))
	}
	add(1, "first")
	if q.page > 1 {
		add(min(q.page-1, last), "prev")
	}
	if q.page < last {
		add(q.page+1, "next")
	}
	add(last, "last")
	return links
}
