# Several processes share one cache: one polls, the others read along, one takes over.
. "$(dirname "$0")/lib.sh"

sim --dialect field --sessions 30 --cameras 2 --containers 1 --seed 7 --scene busy --log
for name in a b c; do
	console $name 100x30 --url "$url" --cache "$work/shared.db"
	check "console $name shows sessions" shows $name 'Completed|Active'
done
poller=$(child_of a)
kill -9 "$poller"
check "after the poller is killed another one takes over" until_true 15 \
	sh -c "$opsglass --url '$url' --cache '$work/shared.db' --offline list feeds --json |
		jq -en --argjson t \"\$(date +%s)\" 'input | .[] | select(.feed == \"sessions\") | (.last_ok | fromdateiso8601? // (.[0:19] + \"Z\" | fromdateiso8601)) > \$t - 8'"
check "console b is live" shows b '● live' 20
check "console c is live" shows c '● live' 20
keys b Enter
check "an opened session gets its evidence, whoever polls" shows b 'esp-[0-9a-f]{12}' 20
keys b q
keys c q
check "the field Pi never refused a request for coming too soon" \
	sh -c "! grep ' 429' '$work/sim.log'"

"$opsglass" collect --url "$url" --cache "$work/collect.db" 2>"$work/collect.log" &
collector=$!
started="$started $collector"
check "collect polls without a screen" until_true 15 \
	sh -c "$opsglass --url '$url' --cache '$work/collect.db' --offline list sessions --json | jq -en 'input | length >= 30'"
kill "$sim_pid"
check "and logs what fails" until_true 15 grep -q 'sessions: cannot reach' "$work/collect.db.log"
kill -TERM $collector
wait $collector
check "and ends well on SIGTERM" [ $? -eq 0 ]
finish
