# Copying and the mouse on a real xterm: what reaches the clipboard, and what is said about it.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/xlib.sh"

x_start
sim --dialect dashboard --sessions 60 --cameras 5 --containers 2 --seed 7 --scene incident --still
osc52=$(printf '\033]52;')
sent_copies() { LC_ALL=C grep -ao "$osc52" "$work/$1.log" | wc -l; }
row_of() { x_find "$1" "$2" | cut -d' ' -f1; }
copy_test() { # copy_test NAME: what the clipboard has is pasted
	x_keys colon
	x_type copytest
	x_keys Return
	x_says "$1" 'paste here and press Enter' || return 1
	x_keys shift+F11
	x_says "$1" 'press Enter: .*[a-z]' || return 1
	x_keys Return
}

# ---- an xterm that takes copies, and cannot say so ----
x_forget_clipboard
x_term takes 100x30 "" "$(x_command takes)"
x_says takes 'sess-7f2f' >/dev/null
x_keys j c
check "c copies the id of the row" x_copies sess-7f2e
check "and does not claim it" x_says takes 'Sent, but this terminal probably refuses it - id shown below'
check "but shows the id on a line of its own" x_says takes '^sess-7f2e$'
x_keys Escape
check "which goes with the next key" x_hides takes 'id shown below'
x_keys C
check "C opens a menu of its ids" x_says takes 'delivery +dlv-59'
x_keys 2
check "and copies the one that is chosen" x_copies dlv-59
x_keys Escape
x_click $(x_find takes sess-7f2c)
check "a click on an id copies it" x_copies sess-7f2c
x_keys Escape
check "a click beside it" x_hides takes 'id shown below'
x_click "$(row_of takes sess-7f2a)" 27
check "selects the row" x_says takes '^▌.*sess-7f2a'
check "and copies nothing" x_has_copied sess-7f2c
x_click $(x_find takes CAPTURES)
check "a click on a title sorts by it" x_says takes 'CAPTURES[▼▲]'
x_click $(x_find takes CAPTURES)
check "a second one the other way round" x_says takes 'CAPTURES▲'
x_click $(x_find takes STARTED)
check "and another by that" x_says takes 'STARTED▼'
x_keys g
x_says takes '^▌.*sess-7f2f' >/dev/null
x_click 10 40 5
check "the wheel scrolls" x_hides takes sess-7f2f
x_keys c
check "and leaves the selection" x_copies sess-7f2f
x_keys Escape
x_click 10 40 4
check "up, too" x_says takes sess-7f2f

copy_test takes
check ":copytest finds out that it works" x_says takes 'It came back: copying works'
x_keys g j c
check "from then on c says so" x_says takes '^ ?Copied *$'
check "and it is so" x_copies sess-7f2e

x_keys M
check "M leaves the mouse to the terminal" x_says takes 'the mouse selects text now'
x_click $(x_find takes sess-7f2c)
check "a click copies nothing" x_has_copied sess-7f2e
x_mark $(x_find takes sess-7f2b) 9
check "what is marked is selected" x_copies sess-7f2b primary
x_keys M
check "M takes it again" x_says takes 'clicks copy'
x_click $(x_find takes sess-7f2d)
check "and clicks copy" x_copies sess-7f2d
x_click "$(row_of takes sess-7f2b)" 27
xdotool click 1
check "two clicks open the row" x_says takes '^ .*sess-7f2b  127[.]0'
x_end

# ---- an xterm that says that it takes all ----
x_forget_clipboard
X_CLIPBOARD='XTerm*allowWindowOps: true'
x_term allows 100x30 "" "$(x_command allows)"
x_says allows 'sess-7f2f' >/dev/null
x_keys c
check "allowed: it says that it sent, not more" x_says allows 'Sent to terminal clipboard, not confirmed'
check "allowed: it arrives" x_copies sess-7f2f
x_end

# ---- an xterm as it is, which refuses ----
x_forget_clipboard
X_CLIPBOARD='XTerm*allowWindowOps: false'
x_term refuses 100x30 "" "$(x_command refuses)"
x_says refuses 'sess-7f2f' >/dev/null
x_keys c
check "refused: it says so" x_says refuses 'this terminal probably refuses it - id shown below'
check "refused: the id is there to be marked" x_says refuses '^sess-7f2f$'
x_mark 30 1 9
check "refused: the mouse is free for that" x_copies sess-7f2f primary
x_keys Escape
check "refused: nothing arrived" x_has_copied stale
copy_test refuses
check "refused: :copytest finds that out" x_says refuses 'did not come back: copying does not work'
before=$(sent_copies refuses)
x_keys c
check "refused: then it says that it cannot" x_says refuses 'This terminal cannot copy - id shown below'
check "refused: and sends nothing more" [ "$(sent_copies refuses)" = "$before" ]
x_keys Q
check "refused: Q shows a code" x_says refuses '█'
x_end

# ---- on a desktop its own program takes it ----
x_forget_clipboard
X_DISPLAY=$DISPLAY
x_term desktop 100x30 "" "$(x_command desktop)"
x_says desktop 'sess-7f2f' >/dev/null
x_keys c
check "xclip took it: it is copied" x_says desktop '^ ?Copied *$'
check "and it is there" x_copies sess-7f2f
x_end
finish
