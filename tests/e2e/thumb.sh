# opsglass thumb: real files, a capture from the cache, every format, and what is wrong with a file.
. "$(dirname "$0")/lib.sh"

thumb() { ./opsglass thumb "$@" 2>"$work/err"; }
fails() { # fails WHY CODE ARGUMENTS...: exits with the code, and one line says why
	why=$1
	code=$2
	shift 2
	thumb "$@" >"$work/out"
	[ $? -eq "$code" ] && [ ! -s "$work/out" ] && [ "$(wc -l <"$work/err")" -eq 1 ] &&
		grep -qiF -- "$why" "$work/err"
}

# ---- a picture of the simulator ----
sim --dialect dashboard --sessions 40 --cameras 8 --seed 2 --still
api="$url/api/dashboard/diagnostics/sessions"
for id in $(curl -s "$api?limit=20" | jq -r '.. | .id? // .session_id? // empty' | sort -u); do
	curl -s "$api/$id/evidence" | jq -r '.. | strings | select(startswith("http"))'
done | grep -v thumb_ >"$work/urls"
i=0
for picture in $(head -8 "$work/urls"); do
	curl -s -o "$work/shelf-$i.jpg" "$picture"
	i=$((i + 1))
done
large=$(ls -S "$work"/shelf-*.jpg | head -1)
small=$(ls -S "$work"/shelf-*.jpg | tail -1)
check "the simulator has pictures" [ -s "$small" ]

# ---- sixel ----
thumb "$large" --format sixel >"$work/a.six"
check "a file is printed as sixel" [ $? -eq 0 ]
check "of 320x240 pixels unless told otherwise" \
	[ "$(head -c 22 "$work/a.six" | tail -c +2)" = 'P0;1q"1;1;320;240#0;2' ]
check "which ends with a newline" [ "$(tail -c 3 "$work/a.six" | od -An -tx1)" = " 1b 5c 0a" ]
check "and has nothing else to control a terminal" \
	[ "$(tr -d '\033\n' <"$work/a.six" | LC_ALL=C grep -c '[[:cntrl:]]')" -eq 0 ]
thumb "$large" --format sixel --size 100x100 | grep -q '"1;1;100;75#'
check "--size is at most so many pixels, and the shape stays" [ $? -eq 0 ]
thumb "$large" --format sixel --colors 16 >"$work/b.six"
check "--colors gives fewer colours" \
	[ "$(grep -aoE '#[0-9]+;2;' "$work/b.six" | wc -l)" -le 16 ]
check "and fewer bytes" [ "$(wc -c <"$work/b.six")" -lt "$(wc -c <"$work/a.six")" ]
if command -v sixel2png >/dev/null && command -v compare >/dev/null; then
	for picture in "$large" "$small"; do
		thumb "$picture" --format sixel | sixel2png >"$work/seen.png"
		convert "$picture" -filter box -resize '320x240!' "$work/wanted.png"
		loss=$(compare -metric PSNR "$work/seen.png" "$work/wanted.png" null: 2>&1)
		check "$(basename "$picture"): what is seen is the picture ($loss dB)" \
			[ "${loss%%.*}" -ge 28 ]
	done
else
	echo "skip sixel2png and ImageMagick are not installed: the picture was not looked at"
fi

# ---- blocks and ASCII ----
thumb "$small" >"$work/out"
check "in a pipe it is half blocks" grep -q '▀' "$work/out"
check "30 rows of 80 cells" \
	[ "$(sed 's/\x1b\[[0-9;]*m//g; s/▀/#/g' "$work/out" | awk '{print length}' | sort | uniq -c | tr -s ' ')" = " 30 80" ]
check "each reset at its end" [ "$(grep -c "$(printf '\033')\[0m\$" "$work/out")" -eq 30 ]
thumb "$small" --format blocks --size 20x5 >"$work/out"
check "--size is cells there" [ "$(wc -l <"$work/out")" -eq 5 ]
thumb "$small" --format blocks --size 20x20 --colors 8 | grep -q '8;5;\|8;2;'
check "--colors 8 sends the eight alone" [ $? -eq 1 ]
thumb "$small" --format ascii --size 40x40 >"$work/out"
check "ascii is 40 printable characters a row" \
	[ "$(LC_ALL=C grep -cE '^[ -~]{40}$' "$work/out")" -eq "$(wc -l <"$work/out")" ]
NO_COLOR=1 ./opsglass thumb "$small" | grep -q "$(printf '\033')"
check "with NO_COLOR nothing is coloured" [ $? -eq 1 ]
LC_ALL=C ./opsglass thumb "$small" | LC_ALL=C grep -q '[^ -~]'
check "without UTF-8 it is ASCII" [ $? -eq 1 ]
./opsglass --images ascii thumb "$small" | grep -q '▀'
check "--images chooses, too" [ $? -eq 1 ]

# ---- what can be wrong ----
data=tests/data/pictures
printf 'GIF89a........' >"$work/a.gif"
echo 'just words' >"$work/words.jpg"
: >"$work/empty.jpg"
head -c 3000 "$large" >"$work/cut.jpg"
check "words are no image" fails "words.jpg: not an image" 1 "$work/words.jpg"
check "nor is a GIF drawn" fails "a.gif: GIF" 1 "$work/a.gif"
check "nor an empty file" fails "empty.jpg: empty" 1 "$work/empty.jpg"
check "a truncated one says so" fails "cut.jpg: truncated" 1 "$work/cut.jpg"
check "65535x65535 is too large" fails "too large" 1 "$data/huge-size.jpg"
check "a folder is none" fails "is a directory" 1 "$work"
hostile="$work/$(printf 'a\033]0;evil\007.jpg')"
cp "$work/words.jpg" "$hostile"
fails "not an image" 1 "$hostile"
check "a hostile name is made harmless" \
	[ "$(LC_ALL=C tr -d '\n' <"$work/err" | LC_ALL=C grep -c '[[:cntrl:]]')" -eq 0 ]
check "thumb of nothing is wrong use" fails "thumb what?" 2
check "so is a size that is none" fails "--size" 2 "$large" --size 0x5
check "and a format that is none" fails "--format" 2 "$large" --format png
check "and no colours" fails "--colors" 2 "$large" --colors 0
thumb "$large" --format sixel >/dev/full
check "a full disk is a failure" [ $? -eq 1 ]
mkdir -p "$XDG_CONFIG_HOME/opsglass"
echo 'nonsense' >"$XDG_CONFIG_HOME/opsglass/opsglass.conf"
thumb "$large" --format sixel >/dev/null
check "a file needs no configuration" [ $? -eq 0 ]
rm "$XDG_CONFIG_HOME/opsglass/opsglass.conf"
check "and makes no cache" [ ! -e "$XDG_CACHE_HOME/opsglass" ]

# ---- captures ----
./opsglass --url "$url" list sessions --json >"$work/sessions.json"
check "an id that is unknown" fails "neither a file nor a capture" 1 --url "$url" cap-none
session=$(jq -r '[.[] | select(.badge == "Completed" and .capture_count > 1)][0].id' "$work/sessions.json")
./opsglass --url "$url" list captures --session "$session" --json >"$work/captures.json"
capture=$(jq -r --arg s "$session" '[.[] | select(.session_id == $s and .status == "captured")][0].id' "$work/captures.json")
check "a capture whose picture nobody looked at" fails "not in the cache" 1 --url "$url" "$capture"
console look 120x40 --url "$url"
shows look "$session" && keys look / && mux send-keys -t "=look:" -l "$session" && keys look Enter &&
	shows look "1 of 40" && keys look Enter && shows look "$capture|BEFORE_OPEN"
is_kept() { ./opsglass --url "$url" thumb "$capture" --format sixel >"$work/kept.six" 2>"$work/err"; }
check "opening the session brings it" until_true 20 is_kept
check "and it is a picture" [ "$(head -c 2 "$work/kept.six" | od -An -tx1)" = " 1b 50" ]
kill "$sim_pid"
check "it stays when the Pi goes" is_kept
keys look q

# ---- a terminal ----
mux new-session -d -s term -x 60 -y 20 "env TERM=tmux-256color ./opsglass thumb '$small'; exec cat"
check "on a terminal the picture comes with a line of text" shows term "shelf-.*800x600 px.*KB"
check "in half blocks, where it can do no better" shows term '▀▀'
check "and the terminal's answers are not typed" hides term '\^\[|\[\?|64;|rgb:'
finish
