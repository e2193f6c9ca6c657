# The API key reaches the Pi's host and nothing else: no argv, log, cache, screen or other host.
. "$(dirname "$0")/lib.sh"

key=planted-key-4711
printf '%s\n' $key >"$work/key"
chmod 644 "$work/key"
sim --dialect dashboard --sessions 20 --cameras 3 --containers 1 --seed 7 --still --api-key $key --log
./opsglass --url "$url" --api-key-file "$work/key" list sessions >/dev/null 2>"$work/err"
check "a key file others can read is refused" [ $? -ne 0 ]
check "with what to do" grep -q '0600\|chmod' "$work/err"
chmod 600 "$work/key"
./opsglass --url "$url" --api-key-file "$work/key" list sessions --json | jq -en 'input | length == 20' >/dev/null
check "with the key the sessions are there" [ $? -eq 0 ]
OPSGLASS_API_KEY=$key ./opsglass --url "$url" --cache "$work/env.db" list sessions --json | jq -en 'input | length == 20' >/dev/null
check "the environment serves as well" [ $? -eq 0 ]
./opsglass --url "$url" --cache "$work/none.db" list feeds --json | jq -en 'input | .[] | select(.feed == "sessions") | .state == "unauthorized"' >/dev/null
check "without it the feed is unauthorized" [ $? -eq 0 ]
console c 120x40 --url "$url" --api-key-file "$work/key"
shows c 'Completed' >/dev/null
for view in 1 2 3 4; do
	keys c $view
	shows c 'live' >/dev/null
	screen c >>"$work/screens"
done
check "the command line of the process does not hold it" \
	sh -c "! tr '\0' '\n' </proc/$(child_of c)/cmdline | grep -q $key"
keys c q
shows c 'left with' >/dev/null
check "no screen shows it" sh -c "! grep -q $key '$work/screens'"
check "no cache or log file holds it" sh -c "! grep -rqa $key '$work/cache' '$work/env.db'"
check "signatures of presigned URLs are not kept" sh -c "! grep -rqa X-Amz-Signature '$work/cache' '$work/env.db'"
finish
