# Needs Go 1.26; "make test" brings the rest on Debian when run as root.
# The race detector needs cgo, hence gcc; the program itself is built without.

tool = go tool -modfile=tools/go.mod
# SQLite is C turned into Go: watched for races it takes half of the time of the
# whole suite, and says nothing of our code.
race = -race -gcflags='modernc.org/...=-race=false'

.PHONY: test lint build demo bench bench-baseline bench-peers

# Every test.
test: lint
	go test $(race) -timeout 40m ./...
	go test $(race) -tags pkcs11 ./pdf/pades/token
	go test $(race) -tags pkcs11 -run Token ./cmd/jachete

lint:
	@tools/install-test-deps
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "gofmt -w these files:"; echo "$$unformatted"; exit 1; }
	go vet ./...
	go vet -tags pkcs11 ./pdf/pades/token ./cmd/jachete
	$(tool) staticcheck ./...

# One static binary, ./jachete.
build:
	CGO_ENABLED=0 go build -trimpath -o jachete ./cmd/jachete

demo:
	go run ./cmd/jachete demo

# Six runs of each benchmark, compared with the stored figures. Nothing here
# fails on a slow machine: compare only figures of the same one.
bench:
	@tools/install-test-deps
	go test -run '^$$' -bench . -benchmem -count 6 -timeout 60m ./... > bench-new.txt || { cat bench-new.txt; exit 1; }
	@test -f docs/bench.txt || echo 'docs/bench.txt does not exist: "make bench-baseline" stores these figures'
	$(tool) benchstat $(wildcard docs/bench.txt) bench-new.txt

# Stores the figures of the last "make bench" as the ones to compare with.
bench-baseline:
	mkdir -p docs && cp bench-new.txt docs/bench.txt

# The certificate against other libraries, see bench/peers/README.md. Needs
# Node 20 and npm.
bench-peers:
	cd bench/peers && npm ci --no-audit --no-fund && node run.js
