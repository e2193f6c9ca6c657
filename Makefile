# opsglass: `make demo` shows it, `make test` proves it; both install what they need (make deps).

VERSION = 0.1.0
PREFIX ?= /usr/local
BUILD ?= build/release
SANITIZE ?=
CC ?= cc
OPTIMIZE ?= -O2
# make V=1 shows the commands.
V ?=
Q = $(if $(V),,@)

PACKAGES_BUILD = gcc libc6-dev pkg-config libncurses-dev libcurl4-openssl-dev libcjson-dev \
	libsqlite3-dev libinih-dev libpq-dev libmicrohttpd-dev libjpeg62-turbo-dev libpng-dev \
	libqrencode-dev
# Installing them also makes Debian's own cluster, which nothing here uses.
PACKAGES_PG = postgresql postgresql-client util-linux
PACKAGES_TEST = $(PACKAGES_BUILD) clang libclang-rt-14-dev clang-format cppcheck mandoc \
	libcriterion-dev libsixel-dev tmux curl jq sqlite3 procps util-linux postgresql \
	$(PACKAGES_TERMINALS)
# Real terminals on a display that nobody sees, and what looks at them. dropbear-bin is an ssh server
# without a service: nothing is started or listens.
PACKAGES_TERMINALS = xvfb xterm mlterm fonts-dejavu-core xdotool xclip imagemagick libsixel-bin \
	bsdutils zbar-tools openssh-client dropbear-bin
PACKAGES_BENCH = $(PACKAGES_BUILD) htop btop tig fzf git libsixel-bin chafa jq postgresql

PKGS_CORE = ncursesw libcurl libcjson sqlite3 inih libjpeg libpng libqrencode libpq
PKGS_SIM = libmicrohttpd libjpeg

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wstrict-prototypes -Wmissing-prototypes \
	-Wwrite-strings -Wformat=2 -Wundef -Werror
DEFINES = -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64 -DOPSGLASS_VERSION='"$(VERSION)"' \
	-DOPSGLASS_THEMES='"$(PREFIX)/share/opsglass/themes"'
HARDENING = -fstack-protector-strong -fPIE
SANITIZE_FLAGS = $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer -fno-sanitize-recover=undefined,)
COMPILE = -std=c11 -g $(OPTIMIZE) $(WARNINGS) $(DEFINES) $(HARDENING) $(SANITIZE_FLAGS) -Iinclude \
	-MMD -MP $(CFLAGS) $(CPPFLAGS)
LINK = -pie -Wl,-z,relro,-z,now $(SANITIZE_FLAGS) $(LDFLAGS)
# Recursive on purpose: pkg-config may only be there once deps has run.
LIBS_CORE = $(shell pkg-config --libs $(PKGS_CORE)) -lpthread -lm
LIBS_TEST = -lcriterion $(shell pkg-config --libs libsixel)
LIBS_SIM = $(shell pkg-config --libs $(PKGS_SIM)) -lpthread -lm

LAYERS = base model source store media ui views cli
CORE_SOURCES = $(filter-out src/main.c,$(wildcard src/*.c)) \
	$(foreach layer,$(LAYERS),$(wildcard src/$(layer)/*.c))
SIM_SOURCES = $(filter-out src/sim/main.c,$(wildcard src/sim/*.c))
objects = $(patsubst %.c,$(BUILD)/%.o,$(1))

TEST_LAYERS = base model source store media ui views cli sim app
SUITES = $(foreach layer,$(TEST_LAYERS),$(if $(wildcard tests/$(layer)/*.c),$(layer)))
FUZZERS = $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
BENCHES = $(patsubst tests/bench/%.c,%,$(wildcard tests/bench/*.c))

all: opsglass opsglass-sim

opsglass: $(BUILD)/opsglass
	install -m 755 $< $@
opsglass-sim: $(BUILD)/opsglass-sim
	install -m 755 $< $@

$(BUILD)/opsglass: $(call objects,src/main.c) $(BUILD)/libopsglass.a
	@echo "LD $@"
	$(Q)$(CC) $(LINK) -o $@ $^ $(LIBS_CORE)
$(BUILD)/opsglass-sim: $(call objects,src/sim/main.c) $(BUILD)/libsim.a $(BUILD)/libopsglass.a
	@echo "LD $@"
	$(Q)$(CC) $(LINK) -o $@ $^ $(LIBS_SIM)

$(BUILD)/libopsglass.a: $(call objects,$(CORE_SOURCES))
	$(Q)rm -f $@ && ar rcs $@ $^
$(BUILD)/libsim.a: $(call objects,$(SIM_SOURCES))
	$(Q)rm -f $@ && ar rcs $@ $^

# The one library whose headers are not where the compiler looks.
$(BUILD)/src/source/pg.o $(BUILD)/src/source/pg_connect.o $(BUILD)/src/source/pg_wait.o \
$(BUILD)/tests/source/cluster.o: CPPFLAGS += $(shell pkg-config --cflags libpq)

$(BUILD)/src/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	@echo "CC $@"
	$(Q)$(CC) $(COMPILE) -include include/base/poison.h -c -o $@ $<

# ---- tests: one program a layer ----
$(BUILD)/tests/%.o: tests/%.c Makefile
	@mkdir -p $(@D)
	@echo "CC $@"
	$(Q)$(CC) $(COMPILE) -Itests -Wno-unused-parameter -c -o $@ $<

# From the socket to the screen: the app's tests take the server of one folder, the stage of another.
BORROWED_app = tests/source/tiny.c tests/views/stage.c tests/sim/pi.c

define suite_rule
$$(BUILD)/test-$(1): $$(call objects,$$(wildcard tests/$(1)/*.c) $$(wildcard tests/support/*.c) \
		$$(BORROWED_$(1))) \
		$$(BUILD)/libsim.a $$(BUILD)/libopsglass.a
	@echo "LD $$@"
	$$(Q)$$(CC) $$(LINK) -o $$@ $$^ $$(LIBS_TEST) $$(LIBS_CORE) $$(LIBS_SIM)
test-$(1): $$(BUILD)/test-$(1) $$(BUILD)/opsglass $$(BUILD)/opsglass-sim
	BUILD=$$(BUILD) tests/run unit $(1)
.PHONY: test-$(1)
endef
$(foreach suite,$(SUITES),$(eval $(call suite_rule,$(suite))))

programs: $(BUILD)/opsglass $(BUILD)/opsglass-sim $(foreach suite,$(SUITES),$(BUILD)/test-$(suite))

test: deps-test
	$(MAKE) all
	tests/run everything

unit: programs
	BUILD=$(BUILD) tests/run unit $(SUITES)

e2e: all
	tests/run e2e

check:
	tests/check/layers
	tests/check/format
	tests/check/lint
	tests/check/man
	tests/check/edges

# Warnings are settled by the plain gcc and clang builds: under sanitizers gcc sees what cannot be.
asan-programs:
	$(MAKE) BUILD=build/asan SANITIZE=address,undefined OPTIMIZE=-O1 \
		CFLAGS=-Wno-error programs
asan: asan-programs
	BUILD=build/asan tests/run unit $(SUITES)

TSAN_SUITES = $(filter base store source,$(SUITES))
tsan-programs:
	$(MAKE) BUILD=build/tsan SANITIZE=thread OPTIMIZE=-O1 CFLAGS=-Wno-error \
		$(foreach suite,$(TSAN_SUITES),build/tsan/test-$(suite)) build/tsan/opsglass \
		build/tsan/opsglass-sim
tsan: tsan-programs
	BUILD=build/tsan tests/run unit $(TSAN_SUITES)

clang:
	$(MAKE) BUILD=build/clang CC=clang programs

# ---- fuzzing: libFuzzer, 60 s each by default ----
FUZZ_SECONDS ?= 60
fuzz: deps-test
	$(MAKE) BUILD=build/fuzz CC=clang SANITIZE=fuzzer-no-link,address,undefined OPTIMIZE=-O1 \
		$(foreach name,$(FUZZERS),build/fuzz/fuzz-$(name))
	FUZZ_SECONDS=$(FUZZ_SECONDS) tests/run fuzz $(FUZZERS)
$(BUILD)/fuzz-%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/libopsglass.a
	@echo "LD $@"
	$(Q)$(CC) $(LINK) -fsanitize=fuzzer -o $@ $^ $(LIBS_CORE)

# ---- benchmarks: ratios against peers measured in the same run ----
bench: deps-bench
	$(MAKE) all $(foreach name,$(BENCHES),$(BUILD)/$(name))
	BUILD=$(BUILD) tests/bench/run
$(BUILD)/bench_hold: $(BUILD)/tests/ui/vt.o
$(BUILD)/bench_%: $(BUILD)/tests/bench/bench_%.o $(BUILD)/libopsglass.a
	@echo "LD $@"
	$(Q)$(CC) $(LINK) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(LIBS_CORE)

demo: deps
	$(MAKE) all
	./opsglass --demo

# A recorder's database with a world that goes on, beside a Pi; all in a temporary folder.
demo-omnisight: deps deps-pg
	$(MAKE) all
	@tests/pg/demo

# ---- packages ----
deps:
	@tests/check/deps $(PACKAGES_BUILD)
deps-pg:
	@tests/check/deps $(PACKAGES_PG)
deps-test:
	@tests/check/deps $(PACKAGES_TEST)
deps-bench:
	@tests/check/deps $(PACKAGES_BENCH)

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/opsglass/themes \
		$(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/man5
	install -m 755 opsglass opsglass-sim $(DESTDIR)$(PREFIX)/bin
	install -m 644 themes/*.theme $(DESTDIR)$(PREFIX)/share/opsglass/themes
	install -m 644 man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 644 man/*.5 $(DESTDIR)$(PREFIX)/share/man/man5

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/opsglass $(DESTDIR)$(PREFIX)/bin/opsglass-sim
	rm -rf $(DESTDIR)$(PREFIX)/share/opsglass
	rm -f $(DESTDIR)$(PREFIX)/share/man/man1/opsglass.1 \
		$(DESTDIR)$(PREFIX)/share/man/man1/opsglass-sim.1 \
		$(DESTDIR)$(PREFIX)/share/man/man5/opsglass.conf.5

clean:
	rm -rf build opsglass opsglass-sim

.PHONY: all test unit e2e check asan asan-programs tsan tsan-programs clang fuzz bench demo demo-omnisight deps deps-pg deps-test deps-bench install \
	uninstall clean programs
.SECONDARY:

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

print-suites:
	@echo $(SUITES)
print-tsan-suites:
	@echo $(TSAN_SUITES)
.PHONY: print-suites print-tsan-suites
