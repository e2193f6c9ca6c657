# However it ends, the terminal is as it was.
. "$(dirname "$0")/lib.sh"

sim --dialect dashboard --sessions 20 --cameras 3 --containers 1 --seed 7 --still

shell() { # shell NAME: an interactive shell whose prompt and settings can be compared
	mux new-session -d -s "$1" -x 80 -y 24 "env -i PATH=\"$PATH\" HOME=\"$work\" TERM=tmux-256color LC_ALL=C.UTF-8 PS1='ready> ' sh -i"
	shows "$1" 'ready>' >/dev/null
	keys "$1" "stty -a > $work/$1.now; mv $work/$1.now $work/$1.before" Enter
	until_true 10 test -s "$work/$1.before"
}
settings_are_back() { # settings_are_back NAME
	until_true 10 sh -c "[ \"\$(tmux -S '$socket' display-message -p -t =$1: '#{alternate_on}#{cursor_flag}')\" = 01 ]" || return 1
	keys "$1" "stty -a > $work/$1.now; mv $work/$1.now $work/$1.after" Enter
	until_true 10 test -s "$work/$1.after" || return 1
	cmp "$work/$1.before" "$work/$1.after"
	same=$?
	rm -f "$work/$1.after"
	return $same
}
has_gone() { # has_gone NAME: the console has ended, so what is typed now is the shell's
	until_true 10 sh -c "! pgrep -P $(mux display-message -p -t "=$1:" '#{pane_pid}') -x opsglass"
}
opsglass_under() {
	pgrep -P "$(mux display-message -p -t "=$1:" '#{pane_pid}')" -x opsglass | head -1
}
for signal in TERM HUP SEGV ABRT QUIT USR1; do
	shell "s$signal"
	keys "s$signal" "./opsglass --url $url --cache $work/cache.db" Enter
	check "$signal: the console runs" shows "s$signal" 'SESSION .*AGE'
	kill -$signal "$(opsglass_under "s$signal")"
	check "$signal: the prompt is back" shows "s$signal" 'ready>'
	has_gone "s$signal"
	check "$signal: the terminal is as it was" settings_are_back "s$signal"
done

shell key
keys key "./opsglass --url $url --cache $work/cache.db" Enter
shows key 'SESSION .*AGE' >/dev/null
keys key 'C-\'
check "Ctrl-\\ ends it" has_gone key
check "with the terminal as it was before" settings_are_back key

shell stop
keys stop "./opsglass --url $url --cache $work/cache.db" Enter
shows stop 'SESSION .*AGE' >/dev/null
keys stop C-z
check "Ctrl-Z gives the terminal back" shows stop 'ready>.*|Stopped|suspended'
check "while stopped it is as it was" settings_are_back stop
keys stop 'fg' Enter
check "fg brings the screen again" shows stop 'SESSION .*AGE'
keys stop q
check "and q leaves" has_gone stop
check "with the terminal as it was" settings_are_back stop

TERM=dumb script -qec "./opsglass --url $url" /dev/null >"$work/dumb" 2>&1 </dev/null
check "TERM=dumb is refused with a hint" grep -q 'opsglass list' "$work/dumb"
finish
