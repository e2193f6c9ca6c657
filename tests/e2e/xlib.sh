# Shared by the end-to-end tests that look at a real terminal: an X server without a screen, xterm on
# it, what was sent to it, and what it shows. Sourced after lib.sh; skips where there is no X. xterm
# itself says which text it shows: with Shift-F12 it prints it.
x_need() { # x_need PROGRAM...
	for program in "$@"; do
		if ! command -v "$program" >/dev/null; then
			echo "skip no $program"
			finish
		fi
	done
}
x_need Xvfb xterm xdotool import convert compare sixel2png xclip script cc tmux

cell_width=6 # of the font "fixed", which every X server has
cell_height=13
border=3 # one pixel of the window, two inside
sixel="-ti vt340"
# The terminal takes what programs may say about the clipboard, as a user who wants that would set.
takes_copies='XTerm*disallowedWindowOps: 20,21,SetXprop'

x_start() { # sets DISPLAY; more than one attempt, for an X server that ends may take the socket along
	for attempt in 1 2 3; do
		mkfifo "$work/display"
		Xvfb -displayfd 3 -screen 0 1280x1024x24 -nolisten tcp -noreset 3>"$work/display" \
			>/dev/null 2>&1 &
		started="$started $!"
		read -r number <"$work/display"
		rm -f "$work/display"
		export DISPLAY=":$number"
		[ -n "$number" ] && x_answers && sleep 0.5 && x_answers && break
		number=""
	done
	if [ -z "$number" ]; then
		echo "skip Xvfb cannot run here"
		finish
	fi
	shadow new-session -d -s stays cat
	unset WAYLAND_DISPLAY SSH_CONNECTION SSH_CLIENT SSH_TTY COLORTERM STY WINDOWID
	cc -O1 -o "$work/sixels" tests/e2e/sixels.c || not_ok "the finder of sixels compiles"
	mkdir -p "$XDG_CONFIG_HOME/opsglass" # on a busy machine a terminal may seem slow
	printf '[ui]\nlow_bandwidth = %s\n' no >"$XDG_CONFIG_HOME/opsglass/opsglass.conf"
}

x_answers() { timeout 5 xdotool getdisplaygeometry >/dev/null 2>&1; }
x_term() { # x_term NAME COLUMNSxROWS "XTERM OPTIONS" COMMAND: what it is sent is in $work/NAME.log
	: >"$work/$1.log"
	x_columns=${2%x*}
	x_rows=${2#*x}
	xterm -T "$1" -tn xterm-256color -fn fixed -b 2 -geometry "$2+0+0" \
		-xrm "${X_CLIPBOARD-$takes_copies}" \
		-xrm "XTerm*printerCommand: cat >$work/$1.print && mv $work/$1.print $work/$1.text" \
		-xrm 'XTerm*multiClickTime: 1' -xrm 'XTerm*printAttributes: 0' \
		-xrm 'XTerm*printerAutoClose: true' \
		-xrm 'XTerm*VT100.translations: #override Shift <Key>F12: print() \n\
			Shift <Key>F11: insert-selection(CLIPBOARD)' $3 \
		-e script -qefc "$4" "$work/$1.log" 2>"$work/$1.err" &
	x_pid=$!
	started="$started $x_pid"
	x_window=""
	if ! until_true 20 x_find_window "$1" || ! until_true 10 x_focus; then
		not_ok "$1: a terminal opens: $(tail -n 1 "$work/$1.err")"
		finish
	fi
	started="$started $(pgrep -P "$x_pid")" # script would wait for its child without a terminal
	xdotool mousemove 1270 1010
}
x_find_window() { x_window=$(xdotool search --onlyvisible --name "^$1\$" | head -1) && [ -n "$x_window" ]; }
x_focus() {
	xdotool windowfocus "$x_window" && [ "$(xdotool getwindowfocus)" = "$x_window" ]
}
x_has_ended() { ! kill -0 "$x_pid" 2>/dev/null; }
x_end() { # the terminal and all in it end
	kill "$x_pid" $(pgrep -P "$x_pid") 2>/dev/null
	wait "$x_pid" 2>/dev/null
}
# The console to be run in a terminal. It has no DISPLAY, so what reaches the clipboard came through
# the terminal, unless X_DISPLAY says what it has.
x_command() { # x_command NAME [ARGUMENTS]
	cat >"$work/$1.run" <<-END
		mkdir -p $work/$1.saved && cd $work/$1.saved || exit
		exec env -u WINDOWID -u DISPLAY ${X_DISPLAY:+DISPLAY=$X_DISPLAY} ${CONSOLE_ENV:-} \
			$opsglass --url $url --cache $work/$1.db ${2:-}
	END
	echo "sh $work/$1.run"
}

# ---- to it ----

x_keys() { xdotool key --delay "${KEY_DELAY:-40}" "$@"; } # names as xdotool has them
x_type() { xdotool type --delay 20 "$1"; }
x_point() { # x_point ROW COLUMN, from 1
	xdotool mousemove $((border + ($2 - 1) * cell_width + 3)) \
		$((border + ($1 - 1) * cell_height + 6))
}
x_click() { # x_click ROW COLUMN [BUTTON]
	x_point "$1" "$2"
	xdotool click "${3:-1}"
}
x_mark() { # x_mark ROW COLUMN COLUMNS: selects so much with the mouse
	x_point "$1" "$2"
	xdotool mousedown 1
	x_point "$1" $(($2 + $3 - 1))
	xdotool mousemove_relative 4 0 mouseup 1
}
x_resize() { # x_resize COLUMNS ROWS
	x_columns=$1
	x_rows=$2
	xdotool windowsize "$x_window" $(($1 * cell_width + 4)) $(($2 * cell_height + 4))
}

# ---- from it: text ----

x_print() { # x_print NAME: what it shows now is in $work/NAME.text
	rm -f "$work/$1.text"
	xdotool key shift+F12
	until_true 5 test -s "$work/$1.text"
}
x_has() { x_print "$1" && grep -qE -- "$2" "$work/$1.text"; }
x_lacks() { x_print "$1" && ! grep -qE -- "$2" "$work/$1.text"; }
x_says() { # x_says NAME REGEX [SECONDS]
	until_true "${3:-30}" x_has "$1" "$2" && return 0
	echo "# no /$2/ in $1:"
	sed 's/^/# /' "$work/$1.text"
	return 1
}
x_hides() { # x_hides NAME REGEX [SECONDS]
	until_true "${3:-30}" x_lacks "$1" "$2" && return 0
	sed 's/^/# /' "$work/$1.text"
	return 1
}
x_plain() { LC_ALL=C sed 's/[\xc2-\xf4][\x80-\xbf]*/?/g' "$work/$1.text"; } # one byte a character
x_find() { # x_find NAME WORD: "ROW COLUMN" of its first letter, where it is first
	x_print "$1"
	x_plain "$1" | awk -v word="$2" 'i = index($0, word) { print NR, i; exit }'
}

# ---- from it: pictures ----

# After a repaint: the cells that pictures belong to, "ROW COLUMN COLUMNS ROWS", from 1. They have
# no-break spaces, which xterm prints as blanks; a tmux that nobody sees is sent the same and tells
# them apart.
x_places() { # x_places NAME
	shadow new-session -d -s shown -x "$x_columns" -y "$x_rows" \
		"stty raw -echo; cat $work/$1.log; printf '\\033]2;whole\\007'; exec cat >/dev/null"
	until_true 20 x_shadow_is_whole || echo "# no shadow of $1"
	shadow capture-pane -p -t =shown: |
		LC_ALL=C sed -e 's/\xc2\xa0/\x01/g' -e 's/[\xc2-\xf4][\x80-\xbf]*/?/g' | x_rectangles
	shadow kill-session -t =shown
}
shadow() { tmux -S "$work/shadow.sock" -f /dev/null "$@"; }
x_shadow_is_whole() { [ "$(shadow display-message -p -t =shown: '#{pane_title}')" = whole ]; }
x_rectangles() { # of the byte 1
	awk '
	function end(key) { print key, rows[key]; delete rows[key]; delete next_row[key] }
	{
		line = $0; at = 0
		while (match(line, /\001+/)) {
			place = (at + RSTART) " " RLENGTH; first = NR
			for (key in rows) {
				split(key, part, " ")
				if (part[2] " " part[3] == place && next_row[key] == NR)
					first = part[1]
			}
			key = first " " place; rows[key]++; next_row[key] = NR + 1
			at += RSTART + RLENGTH - 1; line = substr(line, RSTART + RLENGTH)
		}
		for (key in rows) if (next_row[key] <= NR) end(key)
	}
	END { for (key in rows) end(key) }' | sort -n -k1,1 -k2,2
}
# What was sent, and nothing over it since: "N ROW COLUMN WIDTH HEIGHT" of $work/NAME.six/N.six.
x_sent() {
	mkdir -p "$work/$1.six"
	"$work/sixels" "$work/$1.log" "$work/$1.six"
}
x_is_plain() { # x_is_plain NAME: text alone, black on white
	x_shot "$1-now"
	[ "$(convert "$work/$1-now.png" -format %k info:)" -le 2 ]
}
x_has_sixel() { grep -qa "$(printf '\033')P[0-9;]*q" "$work/$1.log"; }
x_sixel_count() { # all that were ever sent
	x_sent "$1" | awk '{ n = $1 + 1 } END { print n + 0 }'
}
x_shot() { [ -n "$x_window" ] && timeout 20 import -window "$x_window" "$work/$1.png"; }
x_crop() { # x_crop SHOT ROW COLUMN WIDTH HEIGHT TO
	convert "$work/$1.png" -crop \
		"$4x$5+$((border - 1 + ($3 - 1) * cell_width))+$((border - 1 + ($2 - 1) * cell_height))" \
		+repage "$work/$6.png"
}
x_difference() { # x_difference A B: 0 = the same, 1 = nothing is
	compare -metric RMSE "$work/$1.png" "$work/$2.png" null: 2>&1 | sed -n 's/.*(\(.*\)).*/\1/p'
}
x_below() { # x_below NUMBER LIMIT
	awk -v a="${1:-1}" -v b="$2" 'BEGIN { exit !(a < b) }'
}

# The pictures that were sent last, that many, are there pixel for pixel; in $work/right by place.
x_right() { # x_right NAME COUNT
	local number row column width height
	x_shot "$1-now"
	x_sent "$1" | tail -n "$2" | sort -n -k2,2 -k3,3 >"$work/right"
	if [ "$(wc -l <"$work/right")" -ne "$2" ]; then
		echo "# $(wc -l <"$work/right") pictures, not $2"
		return 1
	fi
	while read -r number row column width height; do
		x_is_there "$1" "$number" "$row" "$column" "$width" "$height" || return 1
	done <"$work/right"
}
x_is_there() { # x_is_there NAME N ROW COLUMN WIDTH HEIGHT: in the last shot
	sixel2png <"$work/$1.six/$2.six" >"$work/sent.png"
	x_crop "$1-now" "$3" "$4" "$5" "$6" shown
	difference=$(x_difference shown sent)
	x_below "$difference" 0.02 && return 0
	echo "# the picture at row $3, column $4 differs from what was sent by $difference"
	return 1
}
# Each is below its caption: in the row below and at most so many columns off as keep it in the middle.
x_captioned() { # x_captioned NAME WORD...: the words of the captions
	local number row column rest place word name
	name=$1
	shift
	x_right "$name" $# && x_print "$name" || return 1
	for word in "$@"; do
		read -r number row column rest
		place=$(x_plain "$name" | awk -v word="$word" 'i = index($0, word) { print NR, i; exit }')
		if [ "${place% *}" != $((row - 1)) ] || [ "${place#* }" -gt $((column + 1)) ]; then
			echo "# '$word' is at $place, its picture at $row $column"
			return 1
		fi
	done <"$work/right"
}
x_gets_captioned() {
	until_true 30 x_captioned "$@" && return 0
	x_captioned "$@"
}
x_gets_right() { # x_gets_right NAME COUNT [SECONDS]
	until_true "${3:-30}" x_right "$1" "$2" && return 0
	x_right "$1" "$2"
}

# What is there now is what a repaint makes of it: nothing is left over, nothing is missing. Left out
# are lines in which a clock or a number became another meanwhile, and the last if a message went.
x_is_clean() { # x_is_clean NAME COUNT-OF-PICTURES
	local size
	x_gets_right "$1" "$2" && x_keep "$1" before || return 1
	size=$(stat -c %s "$work/$1.log")
	x_keys ctrl+l
	until_true 5 x_grew "$1" $((size + 1000))
	x_gets_right "$1" "$2" && x_keep "$1" after && x_is_placed "$1" || return 1
	paste -d'\t' "$work/before.timeless" "$work/after.timeless" | awk -F'\t' '$1 != $2' >"$work/other"
	if [ -s "$work/other" ]; then
		echo "# after a repaint there is other text:"
		sed 's/^/# /' "$work/other"
		return 1
	fi
	x_mask before after
	# xterm's own "│" reaches one pixel into the cell below, which a redraw of that one takes away.
	pixels=$(compare -metric AE "$work/before.png" "$work/after.png" null: 2>&1)
	[ "$pixels" -lt $cell_width ] && return 0
	echo "# after a repaint $pixels pixels of the screen are others"
	x_show_failure before after
	return 1
}
x_show_failure() { # E2E_SHOTS=FOLDER keeps what was seen
	[ -z "${E2E_SHOTS:-}" ] && return
	shots=$((${shots:-0} + 1))
	for shot in "$@"; do
		cp "$work/$shot.png" "$E2E_SHOTS/$$-$shots-$shot.png"
		echo "# $E2E_SHOTS/$$-$shots-$shot.png"
	done
}
x_keep() { # x_keep NAME SHOT: the screen and its text, with and without what time changes
	until_true 20 x_keep_still "$1" "$2" || return 1
	LC_ALL=C sed -E -e 's/\xc2?\xa0/ /g' -e 's/ +$//' "$work/$1.text" >"$work/$2.text"
	sed -E -e '$d' -e 's/[0-9]+( ?ms|[smhd])\>/an age/g' -e 's/[0-9]+/N/g' -e 's/ +/ /g' \
		"$work/$2.text" >"$work/$2.timeless"
}
x_keep_still() { # the text was the same before and after
	x_print "$1" || return 1
	cp "$work/$1.text" "$work/$2.first"
	x_shot "$2" && x_print "$1" && cmp -s "$work/$1.text" "$work/$2.first"
}
x_mask() { # x_mask A B: the lines with other text
	set -- "$1" "$2" "$(paste -d'\t' "$work/$1.text" "$work/$2.text" | awk -F'\t' -v h=$cell_height \
		-v top=$((border - 1)) '
		BEGIN { print "point 0,0" }
		$1 != $2 { print "rectangle 0," top + (NR - 1) * h " 2000," top + NR * h - 1 }')"
	for shot in "$1" "$2"; do
		mogrify -fill black -draw "$3" "$work/$shot.png"
	done
}
x_is_placed() { # x_is_placed NAME: what x_right saw is where the text has room for it
	awk -v w=$cell_width -v h=$cell_height \
		'{ print $2, $3, int(($4 + w - 1) / w), int(($5 + h - 1) / h) }' "$work/right" >"$work/seen"
	x_places "$1" >"$work/places"
	cmp -s "$work/seen" "$work/places" && return 0
	echo "# pictures at row, column, of columns, rows:"
	sed 's/^/# /' "$work/seen"
	echo "# but the places are:"
	sed 's/^/# /' "$work/places"
	return 1
}
x_grew() { [ "$(stat -c %s "$work/$1.log")" -gt "$2" ]; }

# ---- copies ----

x_clipboard() { timeout 2 xclip -selection "${1:-clipboard}" -o 2>/dev/null; }
x_forget_clipboard() { # what is there now is known
	for selection in primary clipboard; do
		echo stale | timeout 2 xclip -selection $selection -in >/dev/null 2>&1
	done
}
x_has_copied() { [ "$(x_clipboard "${2:-clipboard}")" = "$1" ]; }
x_copies() { # x_copies TEXT [SELECTION]: it arrives
	until_true 10 x_has_copied "$@" && return 0
	echo "# '$(x_clipboard "${2:-clipboard}")' instead of '$1'"
	return 1
}
