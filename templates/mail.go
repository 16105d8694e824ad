package templates

import (
	"embed"
	"io/fs"
)

//go:embed mail
var mailFiles embed.FS

// Mail holds the words of the mails, one file per mail and language
// ("invitation.fr.md"), the block that says who sends them ("identity.fr.md"),
// and the frame of their HTML part ("layout.html"). Package mail documents the
// marks of these files.
var Mail = mustSub(mailFiles, "mail")

func mustSub(files embed.FS, folder string) fs.FS {
	sub, err := fs.Sub(files, folder)
	if err != nil {
		panic(err) // the folder is linked in
	}
	return sub
}
