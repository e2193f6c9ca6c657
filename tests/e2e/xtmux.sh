# Pictures and copying inside a tmux that lets them through, on a real xterm.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/xlib.sh"

x_start
sim --dialect dashboard --sessions 60 --cameras 5 --containers 2 --seed 7 --scene incident --still
session=sess-7ef8 # the oldest of the completed: its ages are hours

mux new-session -d -s stays cat
mux set -g default-terminal tmux-256color
mux set -g allow-passthrough on
mux set -g focus-events on
mux set -g escape-time 0
mux set -g status-right ''
command=$(x_command pane)
mux new-session -d -s r -x 100 -y 40 "$command"
attach="tmux -S $socket attach-session -t =r"

x_term outer 100x40 "$sixel" "$attach"
check "the sessions are listed" x_says outer '✓ Completed'
x_keys slash
x_type completed
x_keys Return
x_says outer ' of 60 +/completed ' >/dev/null
x_keys End Return
check "a session has two pictures at their exact cells" x_gets_captioned outer BEFORE AFTER
check "nothing is left over and nothing missing" x_is_clean outer 2

# ---- where the pane is ----
fits() { # fits WORDS
	check "$1" x_gets_captioned outer BEFORE "${after:-AFTER}"
	check "$1: nothing is left over" x_is_clean outer 2
}
pane() { mux display-message -p -t "$console_pane" "#{$1}"; }
console_pane=$(mux list-panes -t =r: -F '#{pane_id}')
mux set -g status-position top
fits "the status line above"
mux set -g status 3
fits "a status of three lines"
mux set -g status off
fits "none"
mux set -g status on \; set -g status-position bottom
fits "below again"
mux split-window -d -h -t "$console_pane" 'exec cat'
fits "a pane on the right"
mux swap-pane -U -t "$console_pane"
mux select-pane -t "$console_pane"
check "the console is on the right" [ "$(pane pane_left)" -gt 30 ]
fits "a pane on the left"
mux resize-pane -t "$console_pane" -L 10
fits "and moved"
mux kill-pane -a -t "$console_pane"
fits "alone again"
mux split-window -d -v -b -l 8 -t "$console_pane" 'sh -i'
check "the console is below" [ "$(pane pane_top)" -gt 5 ]
fits "a pane above"
other=$(mux list-panes -t =r: -F '#{pane_id}' | head -1)
mux send-keys -t "$other" 'seq 1 200; echo all told' Enter
x_says outer '^all told' >/dev/null
fits "that scrolls"
mux resize-pane -Z -t "$console_pane"
fits "the pane zoomed"
mux resize-pane -Z -t "$console_pane"
fits "and not"
mux resize-pane -Z -t "$other"
x_hides outer 'BEFORE' >/dev/null
has_no_picture() { x_shot now && [ "$(convert "$work/now.png" -format %k info:)" -le 12 ]; }
check "the other one zoomed: no picture shines through" until_true 10 has_no_picture
mux resize-pane -Z -t "$other"
mux select-pane -t "$console_pane"
fits "and not"
mux kill-pane -t "$other"
fits "alone once more"

# ---- what the pane does not see ----
mux new-window -t =r: 'exec cat'
x_hides outer 'BEFORE' >/dev/null
check "another window has no picture" until_true 10 has_no_picture
count=$(x_sixel_count outer)
mux send-keys -t "$console_pane" '['
other_capture() { mux capture-pane -p -t "$console_pane" | grep -q '3 of 4'; }
check "the console goes on behind it" until_true 20 other_capture
last_capture() { mux capture-pane -p -t "$console_pane" | grep -q '4 of 4'; }
mux send-keys -t "$console_pane" ']'
until_true 20 last_capture
after='4 of 4'
check "and sends no picture there" [ "$(x_sixel_count outer)" = "$count" ]
check "none is to be seen" has_no_picture
mux kill-window -t =r:
fits "back again"
mux copy-mode -t "$console_pane"
sleep 2 # as a person would: it asks tmux once a second
mux send-keys -t "$console_pane" -X cancel
fits "after tmux's copy mode"
x_keys C
x_says outer 'delivery +dlv-5' >/dev/null
x_keys Escape
fits "after a menu"
for size in '80 30' '120 50' '100 40'; do
	x_resize $size
	fits "${size% *} columns, ${size#* } rows"
done

# ---- copies ----
x_forget_clipboard
x_keys c
check "c says what is known" x_says outer 'Copied \(tmux buffer, prefix \]\) - clipboard sent, not confirmed'
check "tmux has the id in its buffer" [ "$(mux show-buffer)" = $session ]
check "the clipboard has it" x_copies $session
at=$(x_find outer run-007ef8)
x_click $at
check "a click on another id copies that" x_copies run-007ef8
check "also to the buffer" [ "$(mux show-buffer)" = run-007ef8 ] # without the mouse option of tmux
mux split-window -d -h -b -l 20 -t "$console_pane" 'exec cat'
fits "with a pane on the left"
mux set -g mouse on
x_forget_clipboard
x_click $(x_find outer run-007ef8)
check "a click finds it there, too" x_copies run-007ef8
mux kill-pane -a -t "$console_pane"

# ---- quickly ----
KEY_DELAY=8
for round in 1 2 3 4 5; do # 20 keys each
	x_keys bracketleft bracketright j k bracketleft bracketleft bracketright f Escape d \
		Escape Return bracketright z Escape Escape Tab 5 1 Down
done
KEY_DELAY=40
x_keys Escape 1 slash ctrl+u
x_type completed
x_keys Return
x_says outer ' of 60 +/completed ' >/dev/null
x_keys End Return
after=AFTER
check "after 100 quick moves the session is found" x_says outer "^ .*$session"
fits "with its pictures"

# ---- coming and going ----
mux detach-client -s =r
check "detached, the terminal is gone" until_true 10 x_has_ended
x_end
x_term again 90x36 "$sixel" "$attach"
check "attached again, in another size: the pictures" x_gets_captioned again BEFORE AFTER
check "and nothing else" x_is_clean again 2
x_keys q
check "q ends it all" until_true 10 x_has_ended
x_end
finish
