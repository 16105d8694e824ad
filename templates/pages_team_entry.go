package templates

import "jachete/workflow"

// EntryList is a sort of list whose lines are entered when it is confirmed.
type EntryList struct {
	Words   string   // beginning of the keys that word it: "paper", "supplier"
	Home    string   // address of what its lines become
	Entry   string   // address of one of these, but for its id
	Path    string   // address where a list is sent; its own is below
	Columns []string // of the model file
}

// PaperList is that of signatories on paper.
var PaperList = EntryList{"paper", "/equipe/signataires", "/equipe/signataires/papier/", "/equipe/signataires/papier/importer", workflow.PaperColumns}

// SupplierList is that of suppliers.
var SupplierList = EntryList{"supplier", "/equipe/fournisseurs", "/equipe/fournisseurs/", "/equipe/fournisseurs/importer", workflow.SupplierColumns}

// TeamEntryImport is the form of a list of entries.
type TeamEntryImport struct {
	TeamFrame
	List   EntryList
	Pole   string // as chosen
	Poles  []Option
	Latest []LatestBatch // newest first
}

// File implements [Page].
func (*TeamEntryImport) File() string { return "team_entry_import" }

// Word says something in the words of the list.
func (p *TeamEntryImport) Word(key string) string { return p.T(p.List.Words + "-list." + key) }

// Categories are the words that a column of the list may hold.
func (p *TeamEntryImport) Categories() (words []string) {
	if p.List.Words != SupplierList.Words {
		return nil
	}
	for _, c := range workflow.SupplierCategories {
		words = append(words, c.In(p.Lang))
	}
	return words
}

// TeamEntryList is a list of entries with what becomes of its lines.
type TeamEntryList struct {
	TeamBatch
	List   EntryList
	Beside []string // what is shown beside the name of each line
}

// File implements [Page].
func (*TeamEntryList) File() string { return "team_entry_list" }

// Word says something in the words of the list.
func (p *TeamEntryList) Word(key string) string { return p.T(p.List.Words + "-list." + key) }

// Counted says something of a number in the words of the list.
func (p *TeamEntryList) Counted(key string, n int) string { return p.N(p.List.Words+"-list."+key, n) }
