# A damaged cache is set aside, never deleted, and the console goes on.
. "$(dirname "$0")/lib.sh"

sim --dialect dashboard --sessions 200 --cameras 3 --containers 1 --seed 7 --still
cache="$work/cache.db"
./opsglass --url "$url" --cache "$cache" list sessions --json >/dev/null
sqlite3 "$cache" 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
size=$(stat -c %s "$cache")
dd if=/dev/urandom of="$cache" bs=4096 seek=1 count=$((size / 4096 - 2)) conv=notrunc 2>/dev/null
console c 100x30 --url "$url" --cache "$cache"
check "the console says the cache was set aside" shows c 'set aside' 20
check "and goes on with live sessions" shows c 'Completed' 20
check "the damaged file is kept" sh -c "ls '$cache'.damaged-* >/dev/null"
keys c q
check "and leaves well" shows c 'left with 0'

printf 'not a database at all' >"$work/junk.db"
./opsglass --url "$url" --cache "$work/junk.db" list sessions --json 2>"$work/err" | jq -en 'input | length == 200' >/dev/null
check "a file that is no database at all is set aside too" [ $? -eq 0 ]
finish
