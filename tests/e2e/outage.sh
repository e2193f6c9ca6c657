# The server goes and comes back: rows stay, dimmed, with age and countdown; the selection stays.
. "$(dirname "$0")/lib.sh"

options="--dialect dashboard --sessions 40 --cameras 4 --containers 1 --seed 7 --scene quiet --still"
sim $options
console c 100x30 --url "$url"
check "sessions are on screen" shows c 'Completed'
keys c j j j
check "a row is selected" shows c '^▌'
chosen=$(screen c | grep '^▌' | grep -oE '[a-z]+-[0-9a-f]+' | head -1)
kill "$sim_pid"
check "the console says the Pi is unreachable" shows c 'cannot reach the Pi' 40
check "with the age of the last good data" shows c 'last good data from' 5
check "and a countdown" shows c '(next try|retry) in [0-9]+' 30
check "the rows are still there" shows c 'Completed' 1
check "the same id is selected" shows c "^▌.*$chosen" 1
check "the header is not live" shows c 'offline' 40
sim_again $options
check "it recovers by itself" shows c '● live' 60
check "the message goes" hides c 'cannot reach' 10
check "the same id is still selected" shows c "^▌.*$chosen" 1
keys c q
check "and leaves well" shows c 'left with 0'
finish
