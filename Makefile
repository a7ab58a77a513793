# make run      a library of sample documents on http://127.0.0.1:8080
# make test     everything that must hold before a change lands (some 16 minutes on 2 cores)
# make golden   writes the golden files anew; read the diff before committing it
# make bench    benchmarks, then a library of 20,000 documents through its life (an hour; 3 GB);
#               VANKIEN_DATA=dir adds those over the private measuring data
# make soak     long runs: every fault between us and S3, the server killed 200 times over files
#               and 50 times over S3, then fuzzing of every parser (FUZZTIME=10m each)

GO       ?= go
FUZZTIME ?= 10m
PACKAGES := ./... ./testdata ./testdata/make

.PHONY: run test tools lint golden bench soak

run:
	$(GO) run ./cmd/vankien serve --sample

test: tools lint
	GORACE=atexit_sleep_ms=0 VANKIEN_REQUIRE_S3=1 $(GO) test -race -timeout 20m ./... ./testdata

lint:
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); \
	if [ -n "$$unformatted" ]; then echo "gofmt would change:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet $(PACKAGES)
	$(GO) tool staticcheck $(PACKAGES)

# What tests need beside Go is installed where that is possible (Debian, as
# root); elsewhere the script says what is missing and the tests that need it skip.
tools:
	@./scripts/tools

golden:
	$(GO) test $$(grep -rl --include='*_test.go' 'flag.Bool("update"' . | xargs -n1 dirname | sort -u) -update

bench:
	$(GO) test -run '^$$' -bench . -skip Library20000 -benchmem -timeout 60m ./...
	$(GO) test -run '^$$' -bench Library20000 -benchtime 1x -timeout 4h ./cmd/vankien

soak: tools
	VANKIEN_REQUIRE_S3=1 VANKIEN_SOAK=1 $(GO) test -race -count 1 -timeout 60m ./storage/s3
	VANKIEN_SOAK=1 $(GO) test -run "Interrupted" -count 1 -timeout 60m ./indexer
	VANKIEN_SOAK=1 $(GO) test -run "Gazette|AgainstReferences|EveryFileIsChecked" -count 1 -v -timeout 60m ./indexer/bleveindex
	VANKIEN_SOAK=1 $(GO) test -run "ImportMeasuringData|FullDisk" -count 1 -v -timeout 60m ./cmd/vankien
	VANKIEN_SOAK=1 $(GO) test -run "Recall|Labelled|Complete|Head" -count 1 -v -timeout 60m ./indexer/ocr
	VANKIEN_SOAK=1 $(GO) test -run "Measured|Cut|Warm|Bombs|ReadsTheSame" -count 1 -v -timeout 60m ./indexer/extract/...
	VANKIEN_SOAK=1 $(GO) test -run "Measured|Labelled" -count 1 -v -timeout 60m ./indexer/facts
	VANKIEN_SOAK=1 $(GO) test -run "Judge|Legacy|TypedForm" -count 1 -v -timeout 60m ./analyzers ./indexer/citation
	VANKIEN_CRASH_ROUNDS=200 $(GO) test -run '^TestCrash$$' -count 1 -v -timeout 60m ./cmd/vankien
	VANKIEN_REQUIRE_S3=1 VANKIEN_CRASH_ROUNDS=50 $(GO) test -run '^TestCrashS3$$' -count 1 -v -timeout 60m ./cmd/vankien
	FUZZTIME=$(FUZZTIME) ./scripts/fuzz
