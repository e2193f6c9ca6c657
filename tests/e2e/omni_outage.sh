# A recorder's server is killed, or shut down at once, and started again while rows are written: the
# last good rows stay with their age and the server's own words, the Pi beside it stays live, the
# console comes back by itself, and has each row once.
. "$(dirname "$0")/omni_lib.sh"

server a
live a
writer a
recorder_console c 120x30 "host=$work/a user=postgres dbname=nvr"
check "both are live" shows c '2 of 2 sites live' 30
check "rows that are written appear" shows c 'barn +w[0-9]+' 30

kill -KILL "$(postmaster a)"
check_down "killed" c 'barn: .*(Connection refused|No such file|connection broke|postmaster exit)'
check "killed: the recorder is no longer live" shows c '1 of 2 sites live' 40
start a
check_up "killed" c a

kill -QUIT "$(postmaster a)"
check_down "immediate shutdown" c 'barn: .*(immediate shutdown|Connection refused|No such file|connection broke)'
start a
check_up "immediate shutdown" c a
check "the Pi beside it was never asked less" pi_is_live c
keys c q
check "it leaves well" shows c 'left with 0'
finish
