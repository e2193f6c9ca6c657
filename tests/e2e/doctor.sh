# opsglass doctor tells the truth of real terminals, and leaves them as they were.
. "$(dirname "$0")/lib.sh"

says() { # says FILE REGEX...: the report has a line for each
	file=$1
	shift
	for regex in "$@"; do
		grep -qE -- "$regex" "$file" && continue
		echo "# no /$regex/ in $file:"
		sed 's/^/# /' "$file" | cat -v
		return 1
	done
}
lacks() { # lacks FILE REGEX
	! grep -qE -- "$2" "$1" || { sed 's/^/# /' "$1" | cat -v && return 1; }
}
escape=$(printf '\033')

# ---- no terminal, or none that may be asked ----
./opsglass doctor >"$work/piped" </dev/null
check "in a pipe it ends well" test $? -eq 0
check "and says what cannot be known" says "$work/piped" 'is no terminal' '^  sixel +not known' \
	'^  cache +.*opsglass.db'
check "without a question" lacks "$work/piped" "$escape"

script_run() { # script_run NAME VARIABLES: the report on a tty that answers nothing
	script -qec "env $2 ./opsglass doctor" /dev/null </dev/null >"$work/$1" 2>&1
}
for term in linux dumb vt220 screen; do
	script_run "$term" "TERM=$term"
	check "TERM=$term is not asked" lacks "$work/$term" "$escape"
	check "TERM=$term has a report" says "$work/$term" '^  drawn as +(half blocks|ASCII):'
done
script_run silent TERM=xterm
check "silence is an answer" says "$work/silent" 'did not answer within 300 ms' \
	'^  round trip +not known'
script_run ssh "TERM=xterm SSH_CONNECTION=x"
check "over ssh it waits longer" says "$work/ssh" 'did not answer within 1500 ms'
script_run nocolor "TERM=xterm NO_COLOR=1"
check "NO_COLOR makes ASCII of pictures" says "$work/nocolor" 'drawn as +ASCII: NO_COLOR is set'
script_run latin "TERM=xterm LC_ALL=C"
check "so does a locale without UTF-8" says "$work/latin" 'drawn as +ASCII: the locale is not UTF-8'
script_run hostile "TERM='x${escape}[2Jterm'"
check "what the environment says is cleaned" lacks "$work/hostile" "${escape}\\[2J"

# ---- a terminal that answers late ----
mkfifo "$work/typed"
script -qfec 'TERM=xterm ./opsglass doctor; echo left; exec cat' "$work/slow" <"$work/typed" >/dev/null &
started="$started $!"
exec 3>"$work/typed"
until_true 10 grep -q "${escape}\\[c" "$work/slow"
sleep 0.6 # later than it waits
printf '\033[6;20;10t\033[?62;4c' >&3
check "it ends although the answer was late" until_true 10 grep -q '^left' "$work/slow"
echo end >&3
until_true 10 grep -q '^end' "$work/slow"
exec 3>&-
check "a late answer is heard" says "$work/slow" 'drawn as +sixel: DA1 says sixel'
check "and is not typed to the shell" lacks "$work/slow" '62;4c'

# ---- a signal while it asks ----
for signal in TERM USR1 SEGV; do
	script -qec "sh -c 'ulimit -c 0; TERM=xterm timeout --foreground -s $signal 0.2 $opsglass doctor; stty -a'" \
		/dev/null </dev/null >"$work/modes" 2>&1
	check "after SIG$signal the terminal is as it was" says "$work/modes" '(^| )icanon' '(^| )echo ' '(^| )opost'
done

# ---- tmux, nobody attached ----
in_mux() { # in_mux NAME: doctor, then its screen in a file
	mux new-session -d -s "$1" -x 100 -y 60 \
		"stty -a >$work/$1.before; ./opsglass doctor; stty -a >$work/$1.after; echo '[done]'; exec cat"
	shows "$1" '^\[done\]' >/dev/null
	screen "$1" >"$work/$1"
}
in_mux plain
check "tmux tells what is to be added to its configuration" says "$work/plain" \
	"^  version +$(tmux -V | cut -d' ' -f2)" '^  passthrough +off' \
	'^  set -g allow-passthrough on' '^  set -g set-clipboard on' '^  set -g focus-events on'
check "the terminal is as it was" cmp "$work/plain.before" "$work/plain.after"
mux set -g set-clipboard on
mux set -g focus-events on
mux set -g allow-passthrough on
in_mux hidden
check "what is there need not be added" lacks "$work/hidden" 'set -g'
check "a window nobody sees asks nobody" says "$work/hidden" 'was not asked' 'nobody is attached'

# ---- real terminals ----
if ! command -v Xvfb >/dev/null || ! command -v xterm >/dev/null; then
	echo "skip xterm: there is no Xvfb or no xterm"
	finish
fi
Xvfb -displayfd 3 -screen 0 1280x1024x24 -nolisten tcp 3>"$work/display" 2>"$work/xvfb.log" &
started="$started $!"
if ! until_true 20 test -s "$work/display"; then
	echo "skip xterm: Xvfb cannot run here"
	finish
fi
DISPLAY=:$(cat "$work/display")
export DISPLAY

on_xterm() { # on_xterm NAME XTERM-OPTIONS...
	name=$1
	shift
	timeout 60 xterm -geometry 100x60 "$@" -e script -qec './opsglass doctor' "$work/$name" \
		2>"$work/xterm.log"
}
on_xterm xterm
check "xterm draws no sixel by default" says "$work/xterm" 'calls itself +XTerm\(' \
	'drawn as +half blocks: DA1 does not say sixel' 'advice +xterm: start it with -ti vt340' \
	'refuses OSC 52'
on_xterm vt340 -ti vt340
check "xterm -ti vt340 draws sixel" says "$work/vt340" 'drawn as +sixel: DA1 says sixel' \
	'cell +[0-9]+x[0-9]+ px: the window is' '1024 colour registers'
on_xterm allowed -xrm 'XTerm*allowWindowOps: true'
check "xterm that allows all takes copies" lacks "$work/allowed" 'refuses OSC 52'

tmux_on_xterm() { # tmux_on_xterm NAME TI: tmux -f $work/tmux.conf in it
	timeout 60 xterm -geometry 100x60 -ti "$2" -e tmux -S "$work/xterm.sock" -f "$work/tmux.conf" \
		new-session "./opsglass doctor; tmux -S $work/xterm.sock capture-pane -p >$work/$1" \
		2>"$work/xterm.log"
}
echo 'set -g default-terminal tmux-256color' >"$work/tmux.conf"
tmux_on_xterm boxed vt340
check "tmux lets nothing through by default" says "$work/boxed" 'drawn as +half blocks: tmux' \
	"advice +tmux .*: add 'set -g allow-passthrough on'"
echo 'set -g allow-passthrough on' >>"$work/tmux.conf"
tmux_on_xterm through vt340
check "with passthrough the terminal outside answers" says "$work/through" \
	"drawn as +sixel: DA1 through tmux's passthrough" 'outside answered through it' \
	'cell +[0-9]+x[0-9]+ px: tmux says so'
tmux_on_xterm blind vt420
check "also when it draws no sixel" says "$work/blind" 'drawn as +half blocks: the terminal outside'

if ! command -v mlterm >/dev/null; then
	echo "skip mlterm: it is not there"
	finish
fi
timeout 60 mlterm -e script -qec './opsglass doctor' "$work/mlterm" 2>"$work/mlterm.log"
check "mlterm draws sixel" says "$work/mlterm" 'drawn as +sixel: DA1 says sixel' \
	'px: the terminal says so'
finish
