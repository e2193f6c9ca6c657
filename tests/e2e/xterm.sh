# Pictures on a real xterm that draws sixel: where they are, what they show, and that none is left.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/xlib.sh"
x_need curl jq

x_start
sim --dialect dashboard --sessions 60 --cameras 5 --containers 2 --seed 7 --scene incident --still
session=sess-7ef8 # the oldest of the completed: its ages are hours

# ---- which pictures these are ----
"$opsglass" list captures --session $session --json --url "$url" --cache "$work/list.db" >"$work/captures"
original() { # original TAG: the object as it is stored, in $work/TAG.jpg
	key=$(jq -r --arg tag "$1" '.[].object_key | select(contains($tag))' "$work/captures" | tail -1)
	signed=$(curl -sS "$url/api/dashboard/diagnostics/images/presign?key=$key" | jq -r .data.url)
	curl -sS "$signed" >"$work/$1.jpg"
}
original BEFORE_OPEN
original AFTER_CLOSE
check "the storage has both pictures" [ "$(identify -format '%m ' "$work/BEFORE_OPEN.jpg" "$work/AFTER_CLOSE.jpg")" = "JPEG JPEG " ]

likeness() { # likeness N TAG: of the Nth picture of the last x_right
	set -- $(sed -n "$1p" "$work/right") "$2"
	[ $# -eq 6 ] || return
	x_crop plain-now "$2" "$3" "$4" "$5" shown
	convert "$work/$6.jpg" -resize "$4x$5!" "$work/meant.png"
	x_difference shown meant
}
is_picture_of() { # is_picture_of N TAG OTHER-TAG
	own=$(likeness "$1" "$2")
	other=$(likeness "$1" "$3")
	echo "# $own from $2, $other from $3"
	x_below "$own" 0.1 && x_below "$own" "$other"
}
now_as() { # now_as SHOT: the same screen but for its first line
	x_shot now
	for shot in now "$1"; do
		convert "$work/$shot.png" -chop 0x$((border + cell_height)) "$work/$shot-below.png"
	done
	[ "$(x_difference now-below "$1-below")" = 0 ]
}
is_alone() { x_right plain 1 && is_picture_of 1 "$@"; }
is_other() { ! now_as "$1"; }
open_session() { # open_session NAME: from the list
	x_keys 1 slash ctrl+u
	x_type completed
	x_keys Return
	x_says "$1" ' of 60 +/completed '
	x_keys End Return
	x_says "$1" "^ .*$session"
}

# ---- a session with a pair ----
x_term plain 100x40 "$sixel" "env PS1=ready: ENV= sh -i"
x_says plain '^ready:' >/dev/null
x_type "$(x_command plain)"
x_keys Return
check "the sessions are listed" x_says plain '✓ Completed'
check "a list has no picture" [ "$(x_sixel_count plain)" = 0 ]
open_session plain >/dev/null
check "a session has two pictures at their exact cells" x_gets_right plain 2
check "the left one is the one before" is_picture_of 1 BEFORE_OPEN AFTER_CLOSE
check "the right one is the one after" is_picture_of 2 AFTER_CLOSE BEFORE_OPEN
check "each has its line of text" x_says plain ' BEFORE .*espcam-.* KB .*AFTER .*espcam-.* KB'
check "nothing is left over and nothing missing" x_is_clean plain 2
x_shot pair

# ---- what is done with them ----
x_keys f
check "f shows one alone" until_true 20 is_other pair
check "at its exact cells" x_gets_right plain 1
check "which is the one before" is_picture_of 1 BEFORE_OPEN AFTER_CLOSE
x_keys f
check "f again flips to the one after" until_true 20 is_alone AFTER_CLOSE BEFORE_OPEN
x_keys Escape
check "Esc has the pair back" until_true 20 now_as pair
x_keys b
check "b draws boxes" until_true 20 is_other pair
check "into both pictures" x_gets_right plain 2
x_shot boxes
x_keys b
check "b again takes them away" until_true 20 now_as pair
x_keys d
check "d says how much changed" x_says plain 'changed: [0-9.]+ %'
check "and shows it" x_gets_right plain 2
x_keys d
check "d again has the picture back" until_true 20 now_as pair
x_keys z
check "z fills the screen" x_hides plain 'Started'
check "with one picture" x_gets_right plain 1
x_shot large
x_keys plus plus
check "+ enlarges it" until_true 20 is_other large
check "in its place" x_gets_right plain 1
x_shot enlarged
x_keys Left Up
check "the arrows move it" until_true 20 is_other enlarged
check "in its place, too" x_gets_right plain 1
check "nothing is left over" x_is_clean plain 1
x_keys minus minus
check "- has it whole again" until_true 20 now_as large
x_keys Escape
check "Esc leads back to the pair" until_true 20 now_as pair
x_keys bracketleft
check "[ shows the capture before beside the first" until_true 20 is_other pair
check "at its cells" x_gets_right plain 2
x_keys bracketright
check "] has the last again, and says which it is" x_says plain 'BEFORE .*4 of 4'
check "at its cells, too" x_gets_right plain 2
check "nothing is left over" x_is_clean plain 2
x_shot pair

# ---- what disturbs pictures ----
for key in C Q question; do
	x_keys $key
	check "$key covers the pictures" until_true 20 is_other pair
	[ $key = C ] && check "the menu has all ids" x_says plain 'delivery +dlv-5'
	x_keys Escape
	check "and they are back when it closes" until_true 20 now_as pair
done
for size in '80 30' '130 60' '60 20' '100 40'; do
	x_resize $size
	check "${size% *} columns, ${size#* } rows: both pictures" x_gets_right plain 2
	check "${size% *} columns, ${size#* } rows: nothing is left over" x_is_clean plain 2
done
check "the first size has the first screen" until_true 20 now_as pair
x_keys i
check "i hides the pictures" until_true 20 is_other pair
check "all of them" x_is_clean plain 0
x_keys i
check "i shows them again" until_true 20 now_as pair

x_keys ctrl+z
check "Ctrl-Z has the shell" x_says plain 'ready:.*$'
check "without a picture" until_true 10 x_is_plain plain
x_type fg
x_keys Return
check "fg has the pictures again" until_true 20 now_as pair
check "both of them" x_gets_right plain 2

# ---- quickly ----
KEY_DELAY=8
for round in 1 2 3 4 5 6 7 8 9 10; do # 20 keys each
	x_keys bracketleft bracketright j k bracketleft bracketleft bracketright f Escape d \
		Escape Return bracketright z Escape Escape Tab 5 1 Down
done
KEY_DELAY=40
x_keys Escape
open_session plain
check "after 200 quick moves the session is found" x_says plain "^ .*$session"
check "with its pictures" x_gets_right plain 2
check "the one before on the left" is_picture_of 1 BEFORE_OPEN AFTER_CLOSE
check "the one after on the right" is_picture_of 2 AFTER_CLOSE BEFORE_OPEN
check "nothing is left over and the text is whole" x_is_clean plain 2
x_keys 5
check "the wall has a picture of each camera that took one" x_gets_right plain 4
check "and nothing else" x_is_clean plain 4
x_keys 1
check "a list after it has none" x_is_clean plain 0

# ---- saving ----
open_session plain
x_gets_right plain 2
x_keys w
check "w saves the original" x_says plain 'saved evidence-ev-7ef8-4.jpg'
check "every byte of it" cmp "$work/plain.saved/evidence-ev-7ef8-4.jpg" "$work/AFTER_CLOSE.jpg"
echo mine >"$work/plain.saved/evidence-ev-7ef8-4.jpg"
x_keys w
check "again beside the first" x_says plain 'saved evidence-ev-7ef8-4-2.jpg'
check "never over it" [ "$(cat "$work/plain.saved/evidence-ev-7ef8-4.jpg")" = mine ]
check "with every byte again" cmp "$work/plain.saved/evidence-ev-7ef8-4-2.jpg" "$work/AFTER_CLOSE.jpg"
x_keys q
check "q leaves" x_says plain 'ready:.*$'
check "and leaves nothing of a picture" until_true 10 x_is_plain plain
x_end

# ---- over a slow link ----
x_term slow 100x40 "$sixel" "$(x_command slow --low-bandwidth)"
x_says slow '✓ Completed' >/dev/null
open_session slow
check "with little bandwidth there are words first" x_says slow 'BEFORE .*espcam-.*AFTER .*espcam-'
x_is_clean slow 0 >/dev/null
check "and no byte of a picture" [ "$(x_sixel_count slow)" = 0 ]
x_keys i
check "i asks for the pictures" x_gets_right slow 2
colors=$(grep -ao '#[0-9]*;2;' "$work/slow.six/$(awk '{ print $1; exit }' "$work/right").six" | sort -u | wc -l)
check "in few colours ($colors)" [ "$colors" -le 64 ]
x_end
finish
