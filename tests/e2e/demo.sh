# opsglass --demo: a moving world without any configuration, and nothing left of it afterwards.
. "$(dirname "$0")/lib.sh"

export TMPDIR="$work"
console d 100x30 --demo
check "the demo is live" shows d 'demo ● live'
check "with sessions" shows d 'sess-[0-9a-f]+'
newest=$(screen d | grep -oE 'sess-[0-9a-f]+' | head -1)
check "the world moves" until_true 60 sh -c "! tmux -S '$socket' capture-pane -p -t =d: | grep -oE 'sess-[0-9a-f]+' | head -1 | grep -q $newest"
simulator=$(pgrep -P "$(child_of d)" -x opsglass-sim)
check "the simulator is its child" [ -n "$simulator" ]
keys d q
check "q leaves" shows d 'left with 0'
check "the simulator has gone" until_true 5 sh -c "! kill -0 $simulator"

console k 100x30 --demo
check "again" shows k 'demo ● live'
pid=$(child_of k)
simulator=$(pgrep -P "$pid" -x opsglass-sim)
kill -9 "$pid"
check "also when the console is killed" until_true 5 sh -c "! kill -0 $simulator"
finish
