# The wall of a console that knows nothing yet: pictures come as soon as the Pi can say which, also
# from one that answers a request a second; what the cache does not have is not said to be loading.
. "$(dirname "$0")/lib.sh"

for dialect in field dashboard; do
	sim --dialect "$dialect" --sessions 40 --cameras 5 --containers 2 --seed 7 --still
	console "$dialect" 100x30 --url "$url" --cache "$work/$dialect.db"
	keys "$dialect" 5
	check "$dialect: the wall has tiles" shows "$dialect" '5 cameras' 5
	check "$dialect: and pictures" shows "$dialect" '▀▀▀▀▀▀▀▀' 8
	check "$dialect: all of them before it would have asked again" \
		hides "$dialect" 'no picture yet|loading' 6
done

keys dashboard q
check "it leaves well" shows dashboard 'left with 0'

console low 100x30 --low-bandwidth --url "$url" --cache "$work/low.db"
check "over a slow link there are sessions" shows low '40 sessions'
keys low Enter
check "and a session in words" shows low '✓ captured'
check "with the key that shows its pictures" shows low 'i show pictures' 5
keys low q
shows low 'left with 0' >/dev/null
console off 100x30 --offline --url "$url" --cache "$work/low.db"
shows off 'sess-' >/dev/null
keys off Enter
check "without the Pi it is said that they were never fetched" shows off 'not in the cache' 5
check "not that they are coming" hides off 'loading' 5
finish
