# Every kind of fault has its own words; the other panels stay live.
. "$(dirname "$0")/lib.sh"

fault() { # fault KIND WORDS: containers fail in that way, cameras stay fine
	sim --dialect dashboard --sessions 20 --cameras 3 --containers 2 --seed 7 --still \
		--fault "/api/v1/containers=$1"
	./opsglass --url "$url" list feeds --json >"$work/feeds.json" 2>"$work/err"
	row=$(jq -c '.[] | select(.feed == "containers")' "$work/feeds.json")
	echo "# $1: $(echo "$row" | jq -r '"\(.state): \(.error)"')"
	echo "$row" | jq -r '"\(.state) \(.error)"' | grep -qiE -- "$2"
	check "fault $1 is said in its own words" [ $? -eq 0 ]
	jq -en 'input | .[] | select(.feed == "sessions") | .state == "ok"' "$work/feeds.json" >/dev/null
	check "fault $1 leaves the sessions live" [ $? -eq 0 ]
	kill "$sim_pid"
}
fault 500 'server error|internal|500'
fault 503:7 'unavailable'
fault 429:3 'rate.limited'
fault 401 'not authorized|unauthorized'
fault html 'not offer'
fault 404 'not offer'
fault reset 'reset|closed|connection|empty'
fault truncated 'broke off|truncated|incomplete|JSON|closed|ended'
fault malformed 'JSON'
fault huge 'larger'
fault badrecord '^ok'
finish
