# Two commands are all a reader needs: make demo, make test. Both work in a fresh clone.

SWIFT_SOURCES = git ls-files '*.swift' | grep -v /Generated/

.PHONY: help demo test conformance results bench peers docs dependencies cross-tools generate check format format-check clean

help:
	@echo 'make demo          build for release, run preempt demo (DEMO_FLAGS="--seconds 10")'
	@echo 'make test          install what is missing, build, check generated files, run all tests twice:'
	@echo '                   with the backend of this CPU and under the trait noxreg (TEST_FLAGS, TEST_TIMEOUT)'
	@echo 'make conformance   what takes longer: the soak for 5 minutes under both backends (CONFORMANCE_SECONDS), a storm of'
	@echo '                   signals, AddressSanitizer, the full run of the conformance suite, 20 quick ones in a row'
	@echo 'make cross-tools   install what other CPUs'"'"' checks need into .build-tools, the system left alone'
	@echo 'make results       run what the support tables are written from and record it (RESULTS_FLAGS="--arch arm64")'
	@echo 'make bench         install the peers, measure everything, write figures and plot into docs/ (BENCH_FLAGS)'
	@echo 'make docs          build the DocC catalogue, warnings are errors, into .build/documentation'
	@echo 'make generate      write the generated files of the backends'
	@echo 'make check         compare the generated files with the descriptions'
	@echo 'make format        swift format, generated files excluded'
	@echo 'make format-check  swift format lint, generated files excluded'
	@echo 'make clean         remove what was built'

demo:
	swift build -c release --product preempt
	.build/release/preempt demo $(DEMO_FLAGS)

# Without other CPUs' tools their tests say that they are skipped.
test: dependencies
	@Scripts/install-cross-tools.sh || echo 'going on without them'
	@Scripts/test.sh

CONFORMANCE_SECONDS ?= 300
SOAK = PREEMPT_SOAK_SECONDS=$(CONFORMANCE_SECONDS) swift test --disable-xctest --filter SoakTests

conformance: dependencies cross-tools
	$(SOAK)
	$(SOAK) --traits noxreg --scratch-path .build-noxreg
	PREEMPT_STORM_REQUESTS=1000000 swift test --disable-xctest --filter signalStormLivelock
	Scripts/asan.sh
	Scripts/out-of-tree.sh
	swift build -c release --product preempt
	.build/release/preempt conformance --full --require-all --html .build/conformance.html --junit .build/conformance.xml
	.build/release/preempt conformance --arch amd64,noxreg --repeat 20

# What can't run here leaves recorded results alone. The scanner is judged in a build of its own backend.
RECORD = conformance --full --record --seconds 5

results: dependencies cross-tools
	swift build -c release --product preempt
	swift build -c release --product preempt --traits noxreg --scratch-path .build-noxreg
	.build/release/preempt $(RECORD) $(RESULTS_FLAGS)
	.build-noxreg/release/preempt $(RECORD) --arch noxreg --check scanner

# Text for the eye, JSON for docs/, the plot: one run.
bench: peers
	swift build -c release --product preempt
	.build/release/preempt bench --plot docs/growth.svg --output docs/bench.json --document docs/performance.md \
	  $(BENCH_FLAGS)

peers:
	@Benchmarks/peers/install.sh

docs:
	@Scripts/documentation.sh

dependencies:
	@Scripts/install-dependencies.sh

cross-tools:
	@Scripts/install-cross-tools.sh

generate:
	swift package --allow-writing-to-package-directory generate-stubs

check:
	swift package check-stubs

format:
	$(SWIFT_SOURCES) | xargs swift format --in-place --parallel

format-check:
	$(SWIFT_SOURCES) | xargs swift format lint --strict --parallel

clean:
	rm -rf .build .build-noxreg .build-asan
