# The console on a real terminal (tmux), at two sizes, through every view.
. "$(dirname "$0")/lib.sh"

sim --dialect dashboard --sessions 60 --cameras 5 --containers 2 --seed 7 --scene incident --still
for size in 80x24 200x50; do
	console "c$size" $size --url "$url" --cache "$work/$size.db"
	check "$size: sessions with badge words" shows "c$size" 'Completed'
	check "$size: failed sessions with their reason" shows "c$size" 'Failed .*(timeout|no reason|error|lost|failed)'
	check "$size: counts per badge in the header" shows "c$size" 'Active [0-9]+ .*Failed [0-9]+'
	check "$size: the site is live" shows "c$size" 'live'
	keys "c$size" 2
	check "$size: the camera table" shows "c$size" 'STATUS .*CAMERA .*LAST SEEN'
	check "$size: a camera's signal in dBm" shows "c$size" '-[0-9]+ dBm'
	keys "c$size" 3
	check "$size: inventory runs" shows "c$size" 'Needs Review|Completed|Reviewed'
	keys "c$size" Enter
	check "$size: delta rows with confidence" shows "c$size" '(High|Medium|Low)'
	keys "c$size" Escape
	keys "c$size" 4
	check "$size: services" shows "c$size" 'bridgeserver'
	keys "c$size" /
	keys "c$size" -l sessions
	check "$size: feeds, found by the filter" shows "c$size" 'ok .*sessions .*200'
	keys "c$size" Escape
	keys "c$size" '?'
	check "$size: help is made from the actions" shows "c$size" 'pgdn|PgDn|page'
	keys "c$size" Escape
	keys "c$size" 1
	check "$size: back at the sessions" shows "c$size" 'SESSION .*AGE'
	keys "c$size" 6
	check "$size: without a recorder it has no tabs" shows "c$size" 'no recorder is configured'
	keys "c$size" : c a m Tab Enter
	check "$size: a view opens by its name" shows "c$size" '2 Cameras'
	keys "c$size" BTab
	check "$size: back by one" shows "c$size" '1 Sessions'
	keys "c$size" BTab
	check "$size: before the first is the last that is shown" shows "c$size" '5 Wall'
	keys "c$size" Tab
	check "$size: behind it the first" shows "c$size" '1 Sessions.* [0-9]+ sessions'
	keys "c$size" /
	keys "c$size" -l failed
	check "$size: the filter counts its matches" shows "c$size" '[0-9]+ of 60'
	keys "c$size" Enter
	keys "c$size" Enter
	check "$size: the failed session opens" shows "c$size" 'Failed'
	check "$size: with its captures" shows "c$size" '(espcam|esp)-[0-9a-f]+'
	keys "c$size" Escape Escape Escape Escape
	check "$size: Esc never quits" shows "c$size" 'SESSION .*AGE'
	keys "c$size" /
	keys "c$size" -l completed
	shows "c$size" '^▌ . Completed' >/dev/null
	keys "c$size" Enter
	keys "c$size" Enter
	shows "c$size" '✓ captured' >/dev/null
	keys "c$size" i # its pictures take more than half of a small screen
	check "$size: a completed session has its timeline" shows "c$size" 'Finalized'
	keys "c$size" i
	keys "c$size" Escape Escape
	keys "c$size" Space
	check "$size: pause is loud" shows "c$size" '(PAUSED|paused)'
	keys "c$size" Space
	check "$size: and ends" hides "c$size" 'PAUSED'
	keys "c$size" q
	check "$size: q leaves with 0" shows "c$size" 'left with 0'
done

console narrow 40x10 --url "$url" --cache "$work/80x24.db"
check "40x10 still works" shows narrow 'Failed'
mux resize-window -t =narrow: -x 39 -y 9
check "below that one line says what is needed" shows narrow '40.?[x×].?10'
mux resize-window -t =narrow: -x 100 -y 30
check "and it comes back when there is room" shows narrow 'REASON'
keys narrow q

CONSOLE_ENV="LC_ALL=C"
console ascii 80x24 --url "$url" --cache "$work/80x24.db"
check "without UTF-8 the signs are ASCII" shows ascii 'x Failed'
check "and no byte is not ASCII" sh -c "! tmux -S '$socket' capture-pane -p -t =ascii: | LC_ALL=C grep -q '[^ -~]'"
keys ascii q
CONSOLE_ENV="NO_COLOR=1"
console mono 80x24 --url "$url" --cache "$work/80x24.db"
check "NO_COLOR draws" shows mono 'Failed'
check "and sends no colour" sh -c "! tmux -S '$socket' capture-pane -e -p -t =mono: | grep -qE '\[(3[0-7]|38;|9[0-7])'"
keys mono q
CONSOLE_ENV=""
console none 80x24 --config "$work/none.conf"
CONSOLE_ENV=""
console hint 80x24
check "with nothing configured the first screen says where the file goes" shows hint 'opsglass.conf'
check "and how to run the demo" shows hint 'opsglass --demo'
keys hint q
finish
