package templates

import "jachete/workflow"

// schemaTypes are the kinds of organisations that schema.org has a word for;
// the others are of its type Organization.
var schemaTypes = map[workflow.OrganisationKind]string{
	workflow.KindMunicipality: "GovernmentOrganization",
	workflow.KindMRC:          "GovernmentOrganization",
	workflow.KindStateCompany: "GovernmentOrganization",
	workflow.KindCollege:      "CollegeOrUniversity",
	workflow.KindUniversity:   "CollegeOrUniversity",
	workflow.KindNonprofit:    "NGO",
}

// OrganisationData is of the page of an organisation: who it is, and that it
// agreed to the declaration, for each commitment that still holds. list is that
// of the page, latest first, and not empty.
func OrganisationData(base string, lang workflow.Language, list []workflow.Commitment) LinkedData {
	latest := list[0]
	page := base + "/signataires/" + latest.Slug
	things := []LinkedData{organisationData(base, page, latest)}
	for _, c := range list {
		if c.Status == workflow.CommitmentWithdrawn || c.Status == workflow.CommitmentSuperseded {
			continue
		}
		things = append(things, pledgeData(&Frame{Lang: lang}, base, page, c))
	}
	return graph(things...)
}

func organisationData(base, page string, c workflow.Commitment) LinkedData {
	o := c.Organisation
	kind := schemaTypes[o.Kind]
	if kind == "" {
		kind = "Organization"
	}
	data := LinkedData{"@type": kind, "@id": page + "#organisation", "name": o.Name, "mainEntityOfPage": page,
		"address": LinkedData{"@type": "PostalAddress", "addressRegion": "QC", "addressCountry": "CA"}}
	if codes := identifiers(o); len(codes) > 0 {
		data["identifier"] = codes
	}
	if logo := LogoAddress(c); logo != "" {
		data["logo"] = base + logo
	}
	return data
}

// identifiers are the public numbers of the organisation itself: the code of a
// place identifies its municipality or MRC, not who has an office there.
func identifiers(o workflow.Snapshot) (codes []LinkedData) {
	add := func(name, value string) {
		if value != "" {
			codes = append(codes, LinkedData{"@type": "PropertyValue", "propertyID": name, "value": value})
		}
	}
	add("NEQ", o.NEQ)
	switch o.Kind {
	case workflow.KindMunicipality:
		add("code géographique", o.MunicipalityCode)
	case workflow.KindMRC:
		add("code de MRC", o.MRCCode)
	}
	return codes
}

// pledgeData is the act of agreeing. Of a date on paper only what schema.org can
// say is told: not that it lies before another.
func pledgeData(f *Frame, base, page string, c workflow.Commitment) LinkedData {
	act := LinkedData{"@type": "AgreeAction", "actionStatus": schema + "/CompletedActionStatus", "agent": LinkedData{"@id": page + "#organisation"},
		"object": LinkedData{"@type": "DigitalDocument", "name": f.T("opendata.declaration", "Version", c.Version), "version": c.Version,
			"url": base + "/declaration/" + c.Version}}
	if on := f.DateForMachines(c); on != "" {
		act["endTime"] = on
	}
	if c.Number != "" {
		act["identifier"], act["url"] = c.Number, base+"/v/"+c.Number
	}
	return act
}
