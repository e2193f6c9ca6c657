# Shared by the end-to-end tests: a simulator on a free port, a console in a private tmux, and
# assertions that wait for what must appear. Each test script sources it and ends with `finish`.
set -u
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d)
export HOME="$work" XDG_CACHE_HOME="$work/cache" XDG_CONFIG_HOME="$work/config" LC_ALL=C.UTF-8 TZ=UTC
unset OPSGLASS_API_KEY NO_COLOR TMUX LINES COLUMNS
socket="$work/tmux.sock"
opsglass=$(realpath "${OPSGLASS:-opsglass}")
opsglass_sim=$(realpath "${OPSGLASS_SIM:-opsglass-sim}")
started=""
bad=0

ok() { echo "ok $1"; }
not_ok() {
	echo "not ok $1"
	bad=$((bad + 1))
}
check() { # check WORDS COMMAND...: the command must succeed
	words=$1
	shift
	if "$@"; then ok "$words"; else not_ok "$words"; fi
}

sim() { # sim OPTIONS...: starts a simulator, sets $sim_pid and $url
	mkfifo "$work/url.$$"
	"$opsglass_sim" --port 0 "$@" >"$work/url.$$" 2>"$work/sim.log" &
	sim_pid=$!
	started="$started $sim_pid"
	read -r url <"$work/url.$$"
	rm -f "$work/url.$$"
}
sim_again() { # on the port it had before
	"$opsglass_sim" --port "${url##*:}" "$@" >/dev/null 2>>"$work/sim.log" &
	sim_pid=$!
	started="$started $sim_pid"
}

# A target is "=NAME:", for a bare name may mean a window that is called so ("b": bash) elsewhere.
mux() { tmux -S "$socket" -f /dev/null "$@"; }
console() { # console NAME COLUMNSxROWS ARGUMENTS...: opsglass in a tmux window of that size
	name=$1
	size=$2
	shift 2
	mux new-session -d -s "$name" -x "${size%x*}" -y "${size#*x}" \
		"env TERM=${CONSOLE_TERM:-tmux-256color} ${CONSOLE_ENV:-} $opsglass $*; echo \"[left with \$?]\"; exec cat"
}
screen() { mux capture-pane -p -t "=$1:"; }
keys() { # keys NAME KEY...
	name=$1
	shift
	mux send-keys -t "=$name:" "$@"
}
shows() { # shows NAME REGEX [SECONDS]: waits until the screen shows it
	tries=$((${3:-15} * 10))
	while [ $tries -gt 0 ]; do
		screen "$1" | grep -qE -- "$2" && return 0
		sleep 0.1
		tries=$((tries - 1))
	done
	echo "# no /$2/ on the screen of $1:"
	screen "$1" | sed 's/^/# /'
	return 1
}
hides() { # hides NAME REGEX [SECONDS]: waits until it is gone
	tries=$((${3:-15} * 10))
	while [ $tries -gt 0 ]; do
		screen "$1" | grep -qE -- "$2" || return 0
		sleep 0.1
		tries=$((tries - 1))
	done
	screen "$1" | sed 's/^/# /'
	return 1
}
until_true() { # until_true SECONDS COMMAND...; the command may do so, too
	local until
	until=$(($(date +%s) + $1))
	shift
	while :; do
		"$@" >/dev/null 2>&1 && return 0
		[ "$(date +%s)" -gt $until ] && return 1
		sleep 0.1
	done
}
child_of() { # the opsglass process of a console window
	pgrep -P "$(mux display-message -p -t "=$1:" '#{pane_pid}')" -x opsglass | head -1
}

# A number of a process that ended long ago may be another's by now.
is_ours() { [ "$(ps -o ppid= -p "$1" 2>/dev/null)" -eq $$ ] 2>/dev/null; }
have_ended() { # those that were started; what they held is free again
	for pid in $started; do is_ours "$pid" && return 1; done
	return 0
}
cleanup() {
	for server in "$work"/*.sock; do tmux -S "$server" kill-server 2>/dev/null; done
	for pid in $started; do is_ours "$pid" && kill "$pid" 2>/dev/null; done
	until_true 5 have_ended
	until_true 5 rm -rf "$work" # those that were killed may still write
}
trap cleanup EXIT
trap 'exit 1' HUP INT TERM
finish() { exit $((bad > 0)); }
