# One-shot commands against a real simulator in each dialect.
. "$(dirname "$0")/lib.sh"

badges() { jq -r 'group_by(.badge) | map("\(.[0].badge)=\(length)") | join(" ")'; }

for dialect in dashboard v1 field; do
	sim --dialect $dialect --sessions 120 --cameras 4 --containers 2 --seed 7 --scene busy --still
	./opsglass --url "$url" list sessions --json >"$work/$dialect.json" 2>"$work/$dialect.err"
	check "$dialect: list sessions exits with 0" [ $? -eq 0 ]
	check "$dialect: the output is one JSON array of every session" \
		[ "$(jq 'type == "array" and length == 120' "$work/$dialect.json")" = true ]
	check "$dialect: each record has exactly the documented fields" \
		[ "$(jq -r '.[0] | keys_unsorted | join(" ")' "$work/$dialect.json")" = \
		"site id badge status started_at last_capture_at capture_count captures_ok captures_failed delivery_id container_id reason correlation_id" ]
	badges <"$work/$dialect.json" >"$work/$dialect.badges"
	echo "# $dialect: $(cat "$work/$dialect.badges")"
	kill "$sim_pid"
done
check "the badges mean the same in every dialect" \
	sh -c "cmp '$work/dashboard.badges' '$work/v1.badges' && cmp '$work/v1.badges' '$work/field.badges'"
check "Active, Completed, Failed, Stale and Partial all occur" \
	[ "$(tr ' ' '\n' <"$work/v1.badges" | grep -cE '^(Active|Completed|Failed|Stale|Partial)=')" -eq 5 ]

sim --dialect dashboard --sessions 30 --cameras 3 --containers 2 --seed 3 --still
for noun in sessions captures cameras containers runs feeds; do
	./opsglass --url "$url" list $noun --json | jq -en 'input | type == "array"' >/dev/null
	check "list $noun --json is an array" [ $? -eq 0 ]
	./opsglass --url "$url" --offline list $noun --csv | head -1 | grep -q '^site,'
	check "list $noun --csv has a header line" [ $? -eq 0 ]
done
./opsglass --url "$url" list cameras | head -1 | grep -q 'STATUS'
check "list cameras is a table by default" [ $? -eq 0 ]
id=$(./opsglass --url "$url" --offline list sessions --limit 1 --json | jq -r '.[0].id')
check "show session finds it" [ "$(./opsglass --url "$url" show session "$id" --json | jq -r .id)" = "$id" ]
./opsglass --url "$url" list captures --session "$id" --json | jq -en 'input | length > 0' >/dev/null
check "list captures --session asks for that session's evidence" [ $? -eq 0 ]
./opsglass --url "$url" --offline show session no-such-id >/dev/null 2>"$work/err"
check "an unknown id exits with 1" [ $? -eq 1 ]
check "and says so in one line" [ "$(wc -l <"$work/err")" -eq 1 ]
./opsglass list sesions 2>"$work/err" >/dev/null
check "an unknown noun exits with 2" [ $? -eq 2 ]
check "and names the nearest" grep -q "sessions" "$work/err"
./opsglass </dev/null >/dev/null 2>"$work/err"
check "without a terminal the console exits with 2" [ $? -eq 2 ]
check "and points to list" grep -q "opsglass list" "$work/err"
./opsglass --url "$url" list sessions --status failed --json | jq -en 'input | all(.badge == "Failed") and length > 0' >/dev/null
check "--status keeps one badge" [ $? -eq 0 ]
mkfifo "$work/left"
exec 3<>"$work/left" 4>"$work/left" 3<&- # a pipe whose reader has gone
./opsglass --url "$url" --offline list sessions --json 2>"$work/err" >&4
check "the shell sees that a reader has seen enough" [ $? -eq 141 ]
check "which is no failure to tell" [ ! -s "$work/err" ]
exec 4>&-
for request in "--url $url list sessions" version help; do
	./opsglass $request 2>"$work/err" >&-
	check "with standard output closed, ${request##* } exits with 1" [ $? -eq 1 ]
	check "and says so" grep -q 'cannot write' "$work/err"
	./opsglass $request 2>"$work/err" >/dev/full
	check "so it does on a full disk" [ $? -eq 1 ]
done
kill "$sim_pid"
./opsglass --url "$url" list sessions >"$work/old" 2>"$work/err"
check "when the Pi is gone, list exits with 1" [ $? -eq 1 ]
check "says so and how old the data is" grep -q 'cannot reach .*the data is from' "$work/err"
check "and prints what the cache has" [ "$(wc -l <"$work/old")" -eq 31 ]
./opsglass --url "$url" --offline list sessions --json | jq -en 'input | length == 30' >/dev/null
check "offline, the cache still answers" [ $? -eq 0 ]

sim --dialect field --sessions 6 --cameras 2 --containers 1 --seed 7 --still --log
./opsglass --url "$url" list runs --json | jq -en 'input | length > 0 and ([.[] | .delta // [] | length] | add > 0)' >/dev/null
check "without run lists, list runs reads the deltas of the newest sessions" [ $? -eq 0 ]
check "one request a second, as the field Pi demands" sh -c "! grep ' 429' '$work/sim.log'"
finish
