// Package territory knows the places of Québec: 17 administrative regions, 87
// regional county municipalities (MRC) and 1,127 municipalities, and what part
// of them a pôle covers.
//
// The tables are embedded open data (Répertoire des municipalités du Québec,
// ministère des Affaires municipales et de l'Habitation, CC BY 4.0, June 2025)
// and are read once by [Load]. Places are identified by code, never by name:
// 31 names of municipalities occur twice.
package territory

// Attribution is shown wherever the data is used, as its licence asks.
const Attribution = "Répertoire des municipalités du Québec, ministère des Affaires municipales et de l’Habitation, CC BY 4.0, juin 2025"

// Region is an administrative region.
type Region struct {
	Code  string // 2 digits
	Slug  string
	Name  string
	Short string // up to four letters, for a map
	// Column and Row place it on a map of tiles, from the north-west.
	Column, Row int
}

// MRC is a regional county municipality.
type MRC struct {
	Code       string // 3 digits
	Name       string
	RegionCode string
	Slug       string // last part of its address
}

// Municipality is a local municipality, a northern village or a territory of
// the directory.
type Municipality struct {
	Code        string // 5 digits, leading zeros kept
	Name        string
	Designation string // V city, M municipality, P parish, …
	RegionCode  string
	MRCCode     string // empty outside every MRC
	Division    string // census division, tells homonyms apart outside an MRC
	Population  int
}

// Place is where an organisation is. Empty codes mean not known or not so
// precise.
type Place struct {
	RegionCode, MRCCode, MunicipalityCode string
}
