# mlterm as a second witness: another terminal shows the same pictures at the same cells.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/xlib.sh"
x_need mlterm

x_start
sim --dialect dashboard --sessions 60 --cameras 5 --containers 2 --seed 7 --scene incident --still
session=sess-7ef8

ml_term() { # ml_term NAME COMMAND
	: >"$work/$1.log"
	mlterm -T "$1" -g 100x40+0+0 -b white -f black -O none \
		-e script -qefc "$2" "$work/$1.log" 2>"$work/$1.err" &
	x_pid=$!
	started="$started $x_pid"
	x_window=""
	until_true 20 x_find_window "$1" && until_true 10 x_focus
}
x_sent() { # with its own cells
	mkdir -p "$work/$1.six"
	"$work/sixels" "$work/$1.log" "$work/$1.six" "$ml_width" "$ml_height"
}
ml_has() { # ml_has NAME COUNT: so many pictures are on the screen
	[ "$(x_sent "$1" | wc -l)" -eq "$2" ]
}
# The best of the few places where the terminal's border may put the picture.
ml_shows() { # ml_shows NAME N ROW COLUMN WIDTH HEIGHT
	sixel2png <"$work/$1.six/$2.six" >"$work/sent.png"
	for edge in 0 1 2 3 4; do
		convert "$work/$1-now.png" -crop "$5x$6+$((edge + ($4 - 1) * ml_width))+$((edge + \
			($3 - 1) * ml_height))" +repage "$work/shown.png"
		difference=$(x_difference shown sent)
		x_below "$difference" 0.02 && return 0
	done
	echo "# the picture at row $3, column $4 is not there: $difference"
	return 1
}
ml_right() { # ml_right NAME COUNT
	x_shot "$1-now"
	x_sent "$1" | tail -n "$2" >"$work/right"
	while read -r number row column width height; do
		ml_shows "$1" "$number" "$row" "$column" "$width" "$height" || return 1
	done <"$work/right"
	[ -s "$work/right" ]
}

# ---- how large its cells are, by its own word ----
timeout 60 mlterm -g 100x40+0+0 -e script -qec "$opsglass doctor" "$work/doctor" 2>/dev/null
size=$(sed -n 's/^  cell  *\([0-9]*x[0-9]*\) px: the terminal says so.*/\1/p' "$work/doctor")
check "mlterm says how large its cells are" [ -n "$size" ]
ml_width=${size%x*}
ml_height=${size#*x}

# ---- a session ----
ml_term witness "$(x_command witness)"
check "mlterm shows the sessions" until_true 20 grep -qa Completed "$work/witness.log"
x_keys slash
x_type completed
x_keys Return
until_true 10 grep -qa ' of 60' "$work/witness.log"
x_keys End Return
check "two pictures are sent" until_true 20 ml_has witness 2
check "and shown at their exact cells" until_true 20 ml_right witness 2
x_keys f
check "one alone takes their place" until_true 20 ml_has witness 1
check "at its exact cells, too" until_true 20 ml_right witness 1
x_keys q
finish
