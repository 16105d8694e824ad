package main

import (
	"fmt"
	"text/tabwriter"

	"jachete/web"
)

type routesCommand struct{}

// routeRecord is a route as --json prints it.
type routeRecord struct {
	Method string     `json:"method"`
	Path   string     `json:"path"`
	Access web.Access `json:"access"`
}

// Run implements the command.
func (routesCommand) Run(c *Config, std *streams) error {
	var records []routeRecord
	for _, r := range web.Routes() {
		records = append(records, routeRecord{r.Method, r.Path, r.Access})
	}
	if c.JSON {
		return std.printJSON(records)
	}
	w := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	for _, r := range records {
		fmt.Fprintf(w, "%s\t%s\t%s\n", r.Method, r.Path, r.Access)
	}
	return w.Flush()
}
