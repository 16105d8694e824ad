package pdf

// Words of the draft; the same typography as in words.go.
const (
	wordDraftMark    = "PROJET — non signé"
	wordWatermark    = "PROJET"
	wordDraftTitle   = "Projet – %s – %s"
	wordDraftFoot    = "Projet pour le conseil\u00a0: ne vaut pas signature"
	wordDraftNote    = "Ce document est un projet\u00a0: rien n’est signé. La signature se fait en ligne, à partir de l’invitation reçue par courriel, une fois la décision prise."
	wordDraftVersion = "Texte «\u00a0%s\u00a0», version %s. Empreinte SHA-256\u00a0: %s"
)
