package typeset

import _ "embed"

var (
	//go:embed fonts/OFL-Inter.txt
	licenceInter string
	//go:embed fonts/OFL-Noto.txt
	licenceNoto string
)

// Licences are those of the embedded faces, which travel with every program
// that embeds them.
func Licences() string {
	return "Inter\n\n" + licenceInter + "\n\nNoto Sans Canadian Aboriginal\n\n" + licenceNoto
}
