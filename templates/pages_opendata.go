package templates

import "jachete/workflow"

// OpenData is the page about the open data.
type OpenData struct {
	Frame
	Base   string // public address of the site, without a slash at its end
	Latest string // day of the latest snapshot, YYYY-MM-DD; empty before the first
}

// File implements [Page].
func (*OpenData) File() string { return "opendata" }

// DataLine is one set of data: the block "data-line".
type DataLine struct {
	*Frame
	Name, Path string
	Example    string // an address to try, or empty
	Says       string
}

// Lines are the sets of data there are.
func (p *OpenData) Lines() []DataLine {
	line := func(name, path, example, says string) DataLine { return DataLine{&p.Frame, name, path, example, says} }
	const api = "/api/v1/"
	return []DataLine{
		line(p.T("opendata.csv"), api+"signatories.csv", api+"signatories.csv?region=estrie", p.T("opendata.csv-says")),
		line(p.T("opendata.json"), api+"signatories.json", api+"signatories.json?per_page=100&page=1", p.T("opendata.json-says")),
		line(p.T("opendata.geojson"), api+"signatories.geojson", api+"signatories.geojson?type=municipality", p.T("opendata.geojson-says")),
		line(p.T("opendata.stats"), api+"stats.json", "", p.T("opendata.stats-says")),
		line(p.T("opendata.feed"), "/flux.atom", "/flux.atom?region=estrie", p.T("opendata.feed-says")),
		line(p.T("opendata.suppliers"), api+"suppliers.csv", api+"suppliers.json?region=estrie", p.T("opendata.suppliers-says")),
		line(p.T("opendata.snapshots"), api+"snapshots.json", "", p.T("opendata.snapshots-says")),
		line(p.T("opendata.description"), api+"openapi.json", "", p.T("opendata.description-says")),
	}
}

// ExampleDay is that of the commands that the page shows.
func (p *OpenData) ExampleDay() string {
	if p.Latest == "" {
		return "AAAA-MM-JJ"
	}
	return p.Latest
}

// LicenceURL is where the licence is explained.
func (*OpenData) LicenceURL() string { return workflow.DataLicenceURL }

// Licence names it.
func (*OpenData) Licence() string { return workflow.DataLicence }
