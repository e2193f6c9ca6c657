# Terminals that cannot draw sixel get the next rung of the ladder, whole, and no byte that they
# would not understand: every byte that is sent is looked at. In a private tmux, whose panes stand
# for the terminals; the console itself is told of another one.
. "$(dirname "$0")/lib.sh"

if ! command -v script >/dev/null; then
	echo "skip no script"
	finish
fi
escape=$(printf '\033')
sim --dialect dashboard --sessions 60 --cameras 5 --containers 2 --seed 7 --scene incident --still

rung() { # rung NAME "VARIABLES" "OPTIONS": a console whose every byte is in $work/NAME.log
	mux new-session -d -s "$1" -x 100 -y 40 "script -qefc 'env -u TMUX -u TMUX_PANE $2 \
		$opsglass --url $url --cache $work/$1.db ${3:-}' $work/$1.log; echo left; exec cat"
	shows "$1" 'Completed' 20 >/dev/null
	keys "$1" /
	keys "$1" -l completed
	keys "$1" Enter
	shows "$1" ' of 60 ' >/dev/null
	keys "$1" Enter
	check "$1: a session has its lines of text" shows "$1" 'BEFORE .*espcam-.* KB' 20
}
# sends NAME REGEX: it was sent; lacks: it never was.
sends() { until_true 15 grep -qaE -- "$2" "$work/$1.log"; }
lacks() { ! grep -qaE -- "$2" "$work/$1.log"; }
not() { ! "$@"; }
leaves() { # quit, and all that was ever sent has been seen
	keys "$1" q
	shows "$1" '^left' >/dev/null
}
dcs="${escape}P"
osc="${escape}\\]"
half='▀'
draws_blocks() { sends "$1" "$half"; }
draws_ascii() { shows "$1" '^ *[ .:=+*#%@-]*[:=+*#%@][ .:=+*#%@-]{30,}' 15; }

# ---- an xterm that has no sixel answers DA1 without 4; this pane's tmux does the same ----
rung blocks "TERM=xterm-256color"
check "a terminal without sixel gets half blocks" draws_blocks blocks
check "in 256 colours" sends blocks '38;5;[0-9]+|48;5;[0-9]+'
keys blocks c
check "copying is called sent, not done" shows blocks 'Sent to .*not confirmed|Sent, but'
leaves blocks
check "no sixel was sent to it" lacks blocks "${dcs}[0-9;]*q"
check "nothing for another terminal either" lacks blocks "${dcs}tmux;"

rung true "TERM=xterm-256color COLORTERM=truecolor"
check "24-bit colours where the terminal has them" sends true '[34]8;2;[0-9]+;[0-9]+;[0-9]+'
leaves true

# ---- the Linux console: nothing is asked, 16 colours, no mouse, no copying ----
rung linux "TERM=linux"
check "the Linux console gets half blocks" draws_blocks linux
check "in its own colours" lacks linux '[34]8;[25];'
keys linux c
check "it is told that it cannot copy, and shown the id" shows linux 'cannot copy|sess-7f'
keys linux Escape
leaves linux
check "no question and no picture string was sent to it" lacks linux "$dcs|$osc|${escape}\\[c|${escape}\\[>"
check "nor was its mouse taken" lacks linux "${escape}\\[\\?100[0-9]h"

# ---- no colours, no UTF-8 ----
rung nocolor "TERM=xterm-256color NO_COLOR=1"
check "NO_COLOR gets ASCII" draws_ascii nocolor
leaves nocolor
check "without a half block, a colour or a picture string" lacks nocolor "$half|[34]8;[25];|${dcs}[0-9;]*q"
check "not even one of the first eight colours" lacks nocolor "${escape}\\[([0-9;]*;)?[34][0-7](;[0-9;]*)?m"

rung latin "TERM=xterm-256color LC_ALL=C LANG=C"
check "LANG=C gets ASCII" draws_ascii latin
leaves latin
beyond_ascii() { LC_ALL=C grep -qa "$(printf '[\200-\377]')" "$work/$1.log"; }
check "and not one byte beyond it" not beyond_ascii latin
check "unlike one with UTF-8" beyond_ascii blocks
check "nor a picture string" lacks latin "${dcs}[0-9;]*q"

# ---- by hand ----
rung ascii "TERM=xterm-256color" "--images ascii"
check "--images ascii draws ASCII" draws_ascii ascii
leaves ascii
check "and no half block" lacks ascii "$half"
rung off "TERM=xterm-256color" "--images off"
keys off i
check "--images off says so when asked" shows off 'images|off'
leaves off
check "and draws nothing" lacks off "$half|${dcs}[0-9;]*q"
rung forced "TERM=xterm-256color" "--images sixel"
check "--images sixel sends it whatever the terminal says" sends forced "${dcs}[0-9;]*q"
leaves forced

# ---- over a slow link nothing is drawn before it is asked for ----
rung slow "TERM=xterm-256color" "--low-bandwidth"
check "low bandwidth is said" shows slow '(^| )lo( |$)'
sleep 1
check "and no picture drawn" lacks slow "$half"
keys slow i
check "but when asked for" draws_blocks slow
leaves slow

# ---- inside tmux without passthrough ----
console inside 100x40 --url "$url" --cache "$work/inside.db"
mux pipe-pane -t "=inside:" "cat >$work/inside.log"
check "inside tmux the console starts" shows inside 'Completed' 20
keys inside Enter
check "tmux without passthrough gets half blocks" shows inside "$half" 20
keys inside c
check "copying says what is known: tmux's buffer" shows inside 'Copied \(tmux buffer, prefix \]\)'
check "and tmux has the id" until_true 5 sh -c "tmux -S $socket show-buffer | grep -q ^sess-"
keys inside q
shows inside 'left with 0' >/dev/null
check "nothing was sent through tmux" lacks inside "${dcs}tmux;|${dcs}[0-9;]*q"
# ---- a terminal that answers late, and in pieces: what it says is heard, and is no keys ----
mkfifo "$work/typed"
script -qfec "env TERM=xterm-256color $opsglass --url $url --cache $work/late.db; echo left; exec cat" \
	"$work/late.log" <"$work/typed" >/dev/null 2>&1 &
started="$started $!"
exec 3>"$work/typed"
sends late "${escape}\\[c"
sends late 'Completed'
sleep 2 # later than it waits, also over ssh
for part in '\033[?2026;2$' 'y' '\033' '[6;20;10t\033[4;800;1000t\033P>|' 'XTerm(379)' '\033\\' \
	'\033[?1;0;256S\033[?2;0;1000;' '1000S\033[?62;4' 'c' '\033]60;allowTcapOps\033' '\\'; do
	printf "$part" >&3
	sleep 0.1 # longer than Esc alone is waited for
done
sleep 1
check "no late answer is taken for a key" lacks late "${osc}52|>left|Copied|cannot copy"
printf '\r' >&3
check "a terminal as slow as that gets no picture unasked" sends late 'i show pictures'
printf 'i' >&3
check "but what it said was heard: sixel it is" sends late "${dcs}[0-9;]*q\"1;1;"
check "in synchronized frames" sends late "${escape}\\[\?2026h"
printf 'q' >&3
check "then q leaves" sends late '>left'
exec 3>&-

# ---- a real xterm that was not told to draw sixel ----
. "$(dirname "$0")/xlib.sh"
x_start
x_term default 100x40 "" "$(x_command default)"
x_says default '✓ Completed' >/dev/null
x_keys slash
x_type completed
x_keys Return
x_says default ' of 60 +/completed ' >/dev/null
x_keys End Return
check "a default xterm gets half blocks" sends default "$half"
check "in 256 colours" sends default '38;5;[0-9]+;48;5;|48;5;[0-9]+'
check "with their lines of text" x_says default 'BEFORE .*espcam-.*AFTER .*espcam-'
check "and a repaint finds nothing to mend" x_is_clean default 0
x_keys q
until_true 10 x_has_ended
check "and no picture string" lacks default "${dcs}[0-9;]*q|${dcs}tmux;"
x_end
finish
