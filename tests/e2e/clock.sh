# The clock of the machine is set back: what is due does not wait until it is that late again.
. "$(dirname "$0")/lib.sh"

if ! ${CC:-cc} -D_GNU_SOURCE -shared -fPIC -o "$work/clock_set.so" tests/e2e/clock_set.c 2>/dev/null; then
	echo "skip no compiler for the clock"
	finish
fi
echo 0 >"$work/offset"
sim --sessions 5 --cameras 1 --containers 1 --seed 3 --still
CONSOLE_ENV="LD_PRELOAD=$work/clock_set.so CLOCK_FILE=$work/offset"
console c 110x24 --url "$url" --cache "$work/clock.db"
check "a console shows sessions" shows c ' 5 sessions' 15
echo -7200 >"$work/offset"
check "the clock on the screen goes back with the machine's" shows c "$(date -u -d '-2 hours' +%H:)[0-9][0-9]:" 10
kill "$sim_pid"
wait "$sim_pid" 2>/dev/null
sim_again --sessions 12 --cameras 1 --containers 1 --seed 4 --still
check "new sessions appear two hours before the last look" shows c '1[2-9] sessions' 60
keys c q
check "and it leaves well" shows c 'left with 0'
finish
