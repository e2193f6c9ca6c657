# Keys and clicks that come faster than frames, or while a prompt or a box is open.
. "$(dirname "$0")/lib.sh"

plain=43 # a column of the list without anything to copy
button() { # button NUMBER COLUMN ROW: pressed and released there, counted from 1
	printf '\033[<%d;%d;%dM\033[<%d;%d;%dm' "$1" "$2" "$3" "$1" "$2" "$3"
}
wheel() { printf '\033[<65;%d;6M\033[<65;%d;6M\033[<65;%d;6M' $plain $plain $plain; }
type_in() { mux send-keys -t "=c:" -l "$1"; }
column_of() { # column_of WORD: in the row of tabs
	screen c | sed -n 2p | awk -v word="$1" '{ print index($0, word) + 1 }'
}
is_list_of_sessions() { screen c | sed -n 3p | grep -q 'STATUS .*SESSION .*STARTED'; }

sim --dialect dashboard --sessions 40 --cameras 6 --containers 2 --seed 7 --still
console c 120x16 --url "$url" --images blocks
shows c '40 sessions' >/dev/null

first=$(screen c | sed -n 4p | cut -c1-26)
keys c C
shows c '┌─ Copy' >/dev/null
type_in "$(wheel)"
sleep 0.3
keys c Escape
hides c '┌─ Copy' >/dev/null
[ "$(screen c | sed -n 4p | cut -c1-26)" = "$first" ]
check "below an open menu nothing scrolls" [ $? -eq 0 ]

type_in "$(button 2 $plain 6)$(button 0 $plain 6)"
sleep 0.5
check "a click of another button is no half of a double click" is_list_of_sessions
sleep 0.5
type_in "$(button 0 $plain 6)$(button 0 $plain 6)"
check "two of the first are" until_true 5 sh -c "! tmux -S '$socket' capture-pane -p -t =c: | grep -q 'STATUS .*SESSION'"
keys c h
until_true 5 is_list_of_sessions

keys c / z z z
shows c '^/zzz' >/dev/null
keys c Tab
check "another tab ends the filter that was typed" hides c '^/zzz'
check "and is not filtered by it" shows c '6 cameras'
keys c 1
check "which stays where it was typed" shows c '/zzz'
keys c Escape
hides c '/zzz' >/dev/null
keys c / z z z
shows c '^/zzz' >/dev/null
type_in "$(button 0 "$(column_of Cameras)" 2)"
check "so does a click on a tab" hides c '^/zzz'

console w 120x40 --url "$url" --images off
shows w '40 sessions' >/dev/null
mux send-keys -t =w: 5
shows w '[0-9]+ online' >/dev/null
mux send-keys -t =w: End Enter
shows w 'Captures' >/dev/null
row=$(screen w | grep -n 'dlv-\|sess-' | tail -1 | cut -d: -f1)
mux send-keys -t =w: -l "h$(button 0 60 "${row:-30}")$(button 0 60 "${row:-30}")"
shows w '[0-9]+ online' >/dev/null
sleep 0.5
check "clicks on a view that is gone copy nothing" sh -c "! tmux -S '$socket' capture-pane -p -t =w: | grep -q Copied"
check "nor do they open anything" shows w '[0-9]+ online' 1
finish
