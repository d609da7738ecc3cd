# What a person does with this checkout. `make help` lists it; the work is done by swift and by scripts/.

PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
# Warnings are errors in tests and in continuous integration; `make test SECHAN_STRICT=0` is for compilers that warn of more.
SECHAN_STRICT ?= 1
FUZZ_SECONDS ?= 60

VENV = $(CURDIR)/.build-tests/venv
# Stripped: the static libraries of Swift bring twenty megabytes of symbols along.
# The toolchain's own linker: the system's warns of functions in Swift's libraries that nothing here calls.
# Exporting nothing saves two more, for no plug-in looks for symbols in this program; packed relocations one; optimising for
# size and folding equal functions two, which cost handshakes and surveys nothing that can be measured.
# The functions that most runs need stand side by side, which saves three megabytes of memory: see scripts/symbol-order.
RELEASE_STRIP = -Xlinker --icf=all -Xlinker -s
RELEASE_FLAGS = -c release --static-swift-stdlib --product sechan -Xswiftc -Osize -Xswiftc -Xfrontend -Xswiftc -function-sections \
	-Xswiftc -use-ld=lld -Xlinker --gc-sections -Xlinker --no-export-dynamic -Xlinker -z -Xlinker pack-relative-relocs \
	-Xlinker --symbol-ordering-file=$(CURDIR)/scripts/symbol-order.txt -Xlinker --no-warn-symbol-ordering $(RELEASE_STRIP)
RELEASE_BINARY = .build/release/sechan

.PHONY: all help build release demo test check fuzz times bench install uninstall completions format clean

all: build

help:
	@echo 'make               build for debugging'
	@echo 'make demo          install what the build needs, build for release, show every verb on loopback'
	@echo 'make test          install what the tests need, run all of them'
	@echo 'make check         formatting, import rules, man pages, scripts, reports against their schema, the release binary'
	@echo 'make fuzz          feed the parsers mutated bytes, FUZZ_SECONDS ($(FUZZ_SECONDS)) for each target'
	@echo 'make times         how long sechan takes beside the openssl command'
	@echo 'make bench         sechan beside sslscan, nmap, sslyze and testssl.sh; BENCH holds options, see Benchmarks/run --help'
	@echo 'make release       build for release, with the Swift runtime inside'
	@echo 'make install       install binary, man pages and completions under PREFIX ($(PREFIX)); DESTDIR is honoured'
	@echo 'make uninstall     remove what make install installed'
	@echo 'make completions   write completions/ anew after options have changed'
	@echo 'make format        format all Swift files in place'
	@echo 'make clean         remove everything that was built'

build:
	$(SWIFT) build

release:
	@scripts/install-build-needs
	$(SWIFT) build $(RELEASE_FLAGS)

demo:
	@echo 'building sechan for release, which takes a few minutes the first time'
	@$(MAKE) --no-print-directory release
	@scripts/demo $(RELEASE_BINARY)

test:
	@scripts/install-test-needs
	SECHAN_STRICT=$(SECHAN_STRICT) $(SWIFT) build --build-tests
	@SECHAN_STRICT=$(SECHAN_STRICT) SECHAN_TEST_PYTHON=$(VENV)/bin/python scripts/test $(SWIFT)

check: release
	@scripts/install-test-needs
	@SECHAN_STRICT=$(SECHAN_STRICT) SECHAN_TEST_PYTHON=$(VENV)/bin/python scripts/check $(RELEASE_BINARY)

# Builds only when there is no release build yet, so that `make release && sudo make install` needs no Swift for root.
$(RELEASE_BINARY):
	$(MAKE) release

install: $(RELEASE_BINARY)
	@scripts/install-files install $(RELEASE_BINARY) '$(DESTDIR)' '$(PREFIX)'

uninstall:
	@scripts/install-files uninstall - '$(DESTDIR)' '$(PREFIX)'

fuzz:
	@scripts/fuzz $(FUZZ_SECONDS)

# Figures and not a test: they belong to the machine.
times: release
	@scripts/install-test-needs
	@scripts/measure-times $(RELEASE_BINARY)

# Figures too; `make bench BENCH='--tools sechan --check'` holds them against what is wanted.
bench: release
	@Benchmarks/run $(BENCH)

completions: release
	@scripts/completions write $(RELEASE_BINARY)

format:
	$(SWIFT) format format --in-place --recursive --configuration .swift-format Package.swift Sources Tests Fuzz/Package.swift Fuzz/Sources

clean:
	$(SWIFT) package clean
	rm -rf .build-tests .build-fuzz
