package templates

import "jachete/workflow"

// LinkedData is what a page tells to programs that read pages, in the words of
// schema.org (JSON-LD 1.1). The block "jsonld" writes it: html/template escapes
// what a name could break out with. It holds facts of organisations and no
// person.
type LinkedData map[string]any

// schema is the vocabulary of all linked data here.
const schema = "https://schema.org"

// graph puts several things into one block.
func graph(things ...LinkedData) LinkedData {
	return LinkedData{"@context": schema, "@graph": things}
}

// SiteData is of the first page: the site with its search, and the register.
func SiteData(base string, lang workflow.Language) LinkedData {
	f := &Frame{Lang: lang}
	site := LinkedData{"@type": "WebSite", "@id": base + "/#site", "url": base + "/", "name": f.T("site.name"), "description": f.T("site.purpose"),
		"inLanguage": []string{"fr-CA", "en-CA"},
		"potentialAction": LinkedData{"@type": "SearchAction", "query-input": "required name=words",
			"target": LinkedData{"@type": "EntryPoint", "urlTemplate": base + "/signataires?q={words}"}}}
	return graph(site, registerData(f, base))
}

// RegisterData is of the pages about the whole register.
func RegisterData(base string, lang workflow.Language) LinkedData {
	return graph(registerData(&Frame{Lang: lang}, base))
}

func registerData(f *Frame, base string) LinkedData {
	var files []LinkedData
	for _, file := range [][2]string{{"text/csv", "/api/v1/signatories.csv"}, {"application/json", "/api/v1/signatories.json"},
		{"application/geo+json", "/api/v1/signatories.geojson"}, {"application/atom+xml", "/flux.atom"}} {
		files = append(files, LinkedData{"@type": "DataDownload", "encodingFormat": file[0], "contentUrl": base + file[1]})
	}
	return LinkedData{"@type": "Dataset", "@id": base + "/donnees#registre", "url": base + "/donnees", "name": f.T("opendata.dataset"),
		"description": f.T("opendata.dataset-about"), "license": workflow.DataLicenceURL, "isAccessibleForFree": true,
		"creator":         LinkedData{"@type": "Organization", "name": f.T("site.name"), "url": base + "/"},
		"spatialCoverage": LinkedData{"@type": "AdministrativeArea", "name": "Québec"}, "distribution": files}
}

// PoleData is of the page of a pôle.
func PoleData(base string, lang workflow.Language, p workflow.Pole, areas []string) LinkedData {
	f := &Frame{Lang: lang}
	o := LinkedData{"@context": schema, "@type": "Organization", "@id": base + "/poles/" + p.Slug + "#pole", "url": base + "/poles/" + p.Slug, "name": p.Name}
	for name, value := range map[string]string{"email": p.Contact.Email, "telephone": p.Contact.Phone, "address": p.Contact.PostalAddress} {
		if value != "" {
			o[name] = value
		}
	}
	if logo := f.LogoOf(p); logo != "" {
		o["logo"] = base + logo
	}
	if len(areas) > 0 {
		o["areaServed"] = areas
	}
	return o
}
