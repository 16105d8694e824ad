package web

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
)

// maxSitemap is the most addresses one file may hold (sitemaps.org).
const maxSitemap = 50_000

// sitemapEntry is an address in a file, or a file in the index.
type sitemapEntry struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

type sitemapFile struct {
	XMLName xml.Name       `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapEntry `xml:"url"`
}

type sitemapIndex struct {
	XMLName xml.Name       `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Files   []sitemapEntry `xml:"sitemap"`
}

// writeSitemaps writes the addresses into one file; when there are more than
// most, into an index and parts that follow it.
func writeSitemaps(site string, pages []publicPath, most int) (files [][]byte, err error) {
	if len(pages) <= most {
		file, err := sitemapXML(sitemapFile{URLs: entries(site, pages)})
		return [][]byte{file}, err
	}
	var index sitemapIndex
	for part := range slices.Chunk(pages, most) {
		file, err := sitemapXML(sitemapFile{URLs: entries(site, part)})
		if err != nil {
			return nil, err
		}
		files = append(files, file)
		latest := slices.MaxFunc(part, func(a, b publicPath) int { return strings.Compare(a.changed, b.changed) })
		index.Files = append(index.Files, sitemapEntry{fmt.Sprintf("%s/sitemap-%d.xml", site, len(files)), latest.changed})
	}
	first, err := sitemapXML(index)
	return slices.Insert(files, 0, first), err
}

func entries(site string, pages []publicPath) (list []sitemapEntry) {
	for _, p := range pages {
		list = append(list, sitemapEntry{site + p.path, p.changed})
	}
	return list
}

func sitemapXML(v any) ([]byte, error) {
	body, err := xml.Marshal(v)
	return append([]byte(xml.Header), body...), err
}
