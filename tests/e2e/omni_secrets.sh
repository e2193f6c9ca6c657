# Credentials of a recorder's database, of which each is planted with one word in it, stay there: no
# cache, log, screen, export, error or core has that word, however it is encoded.
. "$(dirname "$0")/omni_lib.sh"

plant=hunter7secret
server a 6
mkdir "$work/given" "$work/seen" # the one holds plants, the other must not

# ---- planting ----

# Every row gets what its column may hold; the passwords are bad on purpose.
urls="rtsp://admin:$plant@10.0.0.5/s
rtsp://admin:$plant@10.0.0.5:554/s?x=1
rtsp://admin:$plant@[fe80::1]:554/s
rtsp://:$plant@10.0.0.5/s
rtsp://$plant@10.0.0.5/s
rtsp://admin:p@$plant@10.0.0.5/s
rtsp://admin:p:$plant@10.0.0.5/s
rtsp://admin:p/$plant@10.0.0.5/s
rtsp://admin:p?x#$plant@10.0.0.5/s
rtsp://ad%40min:%3A${plant}%2F@10.0.0.5/s
rtsp%3A%2F%2Fadmin%3A$plant%4010.0.0.5%2Fs
rtsp:\\/\\/admin:$plant@10.0.0.5\\/s
http://10.0.0.5/x.jpg?token=$plant&a=1
http://10.0.0.5/x.jpg?user=admin&pwd=$plant
http://10.0.0.5/x.jpg?X-Amz-Signature=$plant
http://10.0.0.5/cgi?usr=admin&amp;password=$plant
admin:$plant@10.0.0.5:554"
base64=$(printf 'admin:%s' $plant | base64)
{
	echo 'BEGIN; CREATE TEMP TABLE url (n serial, t text);'
	echo "$urls" | while IFS= read -r line; do echo "INSERT INTO url (t) VALUES ('$line');"; done
	cat <<-SQL
		UPDATE "Camera" SET username = 'admin', password = '$plant', "rtspUrl" = (SELECT t FROM url WHERE n = 1),
			settings = '{"onvif": {"password": "$plant", "users": [{"pass": "$plant"}]}, "url": "rtsp://a:$plant@h/"}';
		UPDATE "User" SET password = '\$2b\$10\$$plant', settings = '{"apiToken": "$plant"}';
		UPDATE "Stream" SET metadata = '{"source": "rtsp://op:$plant@10.0.0.5/", "headers": {"Authorization": "Basic $base64"}}';
		UPDATE "Recording" SET metadata = (SELECT jsonb_build_object('inputs', jsonb_agg(t), 'auth', '$plant',
			'text', 'password=$plant; ' || string_agg(t, ' '), 'list', '[{"name": "password", "value": "$plant"}]'::jsonb,
			'inner', '{"cookie":"$plant"}', 'Authorization', 'Bearer $plant', 'key', '{"a":"$plant"}'::jsonb) FROM url);
		UPDATE "Event" SET metadata = (SELECT metadata FROM "Recording" LIMIT 1);
		UPDATE "DetectedObject" SET metadata = '{"token": "$plant"}', "objectType" = 'car token=$plant' WHERE random() < 0.2;
		UPDATE "Notification" n SET message = 'Camera ' || u.t || ' failed: Authorization: Basic $base64', title = u.t,
			metadata = '{"smtp": {"password": "$plant"}}' FROM url u WHERE length(n.id) > 0 AND u.n = 1 + abs(hashtext(n.id)) % 17;
		UPDATE "Event" e SET "thumbnailPath" = u.t FROM url u WHERE u.n = 1 + abs(hashtext(e.id)) % 17;
		UPDATE "Segment" s SET "thumbnailPath" = u.t, "filePath" = u.t, metadata = '{"secret": "$plant"}'
			FROM url u WHERE u.n = 1 + abs(hashtext(s.id)) % 17;
		UPDATE "RetentionPolicy" SET description = 'nas //backup:$plant@10.0.0.9/share';
		INSERT INTO "SystemSettings" (id, "settingKey", "settingValue", category, description, "updatedAt")
			SELECT 'url' || n, 'camera.url.' || n, t, 'cameras', 'was ' || t, now() FROM url;
		INSERT INTO "SystemSettings" (id, "settingKey", "settingValue", category, "updatedAt")
			SELECT k, k, v, 'secrets', now() FROM (VALUES ('smtp.password', '$plant'), ('JWT_SECRET', '$plant'),
			('storage.accessKey', '$plant'), ('push.token', '$plant'), ('nas_pw', '$plant'), ('oauth.pin', '$plant'),
			('smtp', '{"host": "h", "auth": {"user": "u", "pass": "$plant"}}'), ('plain', 'user=u password=$plant'),
			('broken', '{"password": "$plant'), ('list', '["Bearer $plant", "x"]'), ('hash', '\$argon2id\$v=19\$$plant'),
			('nested', '{"json": "{\"apiKey\": \"$plant\"}"}'), ('ini', 'password = "$plant $plant"'),
			('jwt.sample', 'eyJhbGciOiJIUzI1NiJ9.$plant.sig')) AS s (k, v);
		CREATE ROLE password_only LOGIN PASSWORD '$plant-@:/ x';
		GRANT SELECT ON ALL TABLES IN SCHEMA public TO password_only;
		COMMIT;
	SQL
} >"$work/given/plant.sql"
"$cluster" load "host=$work/a user=postgres dbname=nvr" "$work/given/plant.sql"
check "there is something to find" [ "$(ask a "SELECT count(*) FROM \"Event\" WHERE metadata::text LIKE '%$plant%'")" -gt 10 ]

# ---- looking ----

# As it is, and the three ways in which base64 may have it in the middle of something.
for shift in '' x xx; do
	printf '%s%s' "$shift" $plant | base64 | tr -d '=\n' | cut -c$((${#shift} + 2))-$((${#shift} + 14))
	echo
done | grep . >"$work/given/forms"
echo $plant >>"$work/given/forms"
holds_none() { # holds_none PATH...
	! grep -rlaiF -f "$work/given/forms" "$@" | sed 's/^/# a plant is in /' | grep .
}
is_found() { # is_found TEXT
	printf '%s\n' "$1" | grep -qiF -f "$work/given/forms"
}
check "what is looked for would be found" is_found "x=$plant"
check "in base64, too" is_found "$(printf 'admin:%s' $plant | base64)"
check "wherever it begins there" is_found "$(printf 'a:%s:b' $plant | base64)"
check "however it does" is_found "$(printf 'some:%s' $plant | base64)"

# ---- a console that sees all of it ----

mkdir "$work/cores" "$work/cold"
(umask 077 && cat >"$work/given/good.conf") <<-CONF
	[site barn]
	kind = omnisight
	dsn = host=$work/a user=password_only dbname=nvr password='$plant-@:/ x'
	thumbnails_url = http://127.0.0.1:9/thumbnails
CONF
mux new-session -d -s c -x 150 -y 45 "cd '$work/cores' && ulimit -c unlimited && env TERM=tmux-256color \
	$opsglass --config '$work/given/good.conf' --cache '$work/cache/c.db' 2>'$work/seen/stderr'; echo \"[left with \$?]\"; exec cat"
check "the password of the dsn is taken" shows c 'live'
for view in 1 2 4 5 6 7 8 9 0 u; do
	keys c $view
	sleep 0.4
	mux capture-pane -p -S - -t =c: >"$work/seen/screen-$view"
	keys c Enter
	sleep 0.6
	mux capture-pane -p -S - -t =c: >"$work/seen/screen-$view-opened"
	keys c G
	sleep 0.2
	keys c C
	sleep 0.2
	mux capture-pane -p -S - -t =c: >"$work/seen/screen-$view-ids"
	keys c Escape
	sleep 0.2
	keys c Escape
	sleep 0.2
done
check "screens were seen" [ "$(cat "$work"/seen/screen-* | sort -u | wc -l)" -gt 100 ]
check "some of them with the mark of what was hidden" grep -rqF '***' "$work/seen"
check "no screen shows a plant" holds_none "$work/seen"
child=$(child_of c)
check "the command line of the process does not hold one" sh -c "! tr '\0' '\n' </proc/$child/cmdline | grep -qF $plant"
(cd "$work/cold" && ulimit -c unlimited && sh -c 'kill -ABRT $$') 2>/dev/null
kill -ABRT "$child"
check "it ends by the signal" shows c 'left with 134' 10
if ls "$work"/cold/core* >/dev/null 2>&1; then
	check "and leaves no core, where others do" sh -c "! ls '$work'/cores/* 2>/dev/null | grep ."
else
	echo "skip no program leaves a core here"
fi
check "no cache, journal or log file holds a plant" holds_none "$work/cache"
check "the cache was filled" [ "$(sqlite3 "$work/cache/c.db" 'SELECT count(*) FROM event')" -gt 10 ]

# ---- exports ----

run() { "$opsglass" --config "$work/given/good.conf" --cache "$work/cache/c.db" "$@"; }
for form in "" --json --csv; do
	for noun in sessions cameras events recordings notifications policies settings users streams feeds; do
		run list $noun --offline $form
	done
	run list segments --session "$(ask a 'SELECT "recordingId" FROM "Segment" LIMIT 1')" $form
done >"$work/seen/lists" 2>&1
for id in $(ask a 'SELECT id FROM "Event" LIMIT 5'); do
	run show event "$id" && run show event "$id" --json
done >"$work/seen/events" 2>&1
for id in $(ask a 'SELECT id FROM "Recording" LIMIT 3'); do
	run show recording "$id" && run show recording "$id" --json && run show session "$id" --json
done >"$work/seen/recordings" 2>&1
run doctor >"$work/seen/doctor" 2>&1
check "exports have rows, with marks for what was hidden" grep -qF 'rtsp://***@' "$work/seen/events"
check "no export holds a plant" holds_none "$work/seen" "$work/cache"

# ---- connections that fail ----

fails() { # fails NAME DSN [NAME=VALUE...]: a round that comes to nothing, and what it says
	name=$1
	dsn=$2
	shift 2
	(umask 077 && printf '[site barn]\nkind = omnisight\n%s\n' "${dsn:+dsn = $dsn}" >"$work/given/$name.conf")
	env "$@" "$opsglass" --config "$work/given/$name.conf" --cache "$work/cache/$name.db" list events \
		>"$work/seen/$name.out" 2>"$work/seen/$name.err"
	[ $? -ne 0 ] && [ -s "$work/seen/$name.err" ]
}
at="host=$work/a user=password_only dbname=nvr"
check "a wrong password fails with words" fails wrong "$at password=wrong-$plant"
check "they name the role" grep -q 'password_only' "$work/seen/wrong.err"
check "so it does in a URI" fails uri "postgresql://password_only:wrong-$plant@/nvr?host=$work/a"
check "in the query of one" fails query "postgresql:///nvr?host=$work/a&user=password_only&password=$plant"
check "with @ : / that nobody encoded" fails torn "postgresql://password_only:a@$plant:b/c@localhost/nvr"
check "with a port that is a password" fails port "postgresql://u:x@h:$plant/nvr"
check "in a dsn that is wrong" fails bad "host=$work/a password='$plant"
check "with an option nobody knows" fails option "host=$work/a passwort=$plant"
check "by the environment" fails environment "$at" PGPASSWORD=$plant
echo "*:*:*:*:$plant" >"$work/given/pgpass"
chmod 600 "$work/given/pgpass"
check "by ~/.pgpass" fails passfile "$at passfile=$work/given/pgpass"
printf '[nvr]\nhost=%s\nuser=password_only\ndbname=nvr\npassword=%s\n' "$work/a" $plant >"$work/given/service"
check "by a service file" fails service "" PGSERVICE=nvr PGSERVICEFILE="$work/given/service"
check "for a role or database that is not there" fails role "host=$work/a user=nobody-here password=$plant dbname=nvr"
check "for a host that is not there" fails host "host=no-host.invalid user=u password=$plant"
(umask 077 && printf '[site barn]\nkind = omnisight\ndsn = %s\nthumbnails_url = http://u:%s@h/t\n' "$at" $plant >"$work/given/thumbnails.conf")
"$opsglass" --config "$work/given/thumbnails.conf" list events >"$work/seen/thumbnails" 2>&1
check "a URL of thumbnails with a password is refused" grep -q 'must not hold a user or password' "$work/seen/thumbnails"
(umask 077 && printf '[site barn]\nkind = omnisight\ndsn = %s password=%s\nthumbnail = 1\n' "$at" $plant >"$work/given/typo.conf")
"$opsglass" --config "$work/given/typo.conf" list events >"$work/seen/typo" 2>&1
cp "$work/given/wrong.conf" "$work/given/open.conf"
chmod 644 "$work/given/open.conf"
"$opsglass" --config "$work/given/open.conf" list events >"$work/seen/open" 2>&1
check "a password in a file for all is refused" grep -q 'chmod 600' "$work/seen/open"

# ---- what the server says ----

ask a "CREATE FUNCTION says(words text) RETURNS text LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''%'', words; END';
	ALTER TABLE \"Stream\" RENAME TO s; ALTER TABLE \"User\" RENAME TO u; ALTER TABLE \"SystemSettings\" RENAME TO k;
	CREATE VIEW \"Stream\" AS SELECT says('cannot open rtsp://a:$plant@h/ with password=$plant') AS id, 'c' AS \"cameraId\";
	CREATE VIEW \"User\" AS SELECT ('$plant' || id)::int AS id, username FROM u;
	CREATE VIEW \"SystemSettings\" AS SELECT says('Bearer $plant {\"token\":\"$plant\"}') AS \"settingKey\";
	GRANT SELECT ON \"Stream\", \"User\", \"SystemSettings\" TO password_only"
for noun in streams users settings feeds; do run list $noun; done >"$work/seen/said" 2>&1
check "words of the server come through" grep -q 'cannot open' "$work/seen/said"
# Only a console writes a log.
for conf in good wrong; do
	console $conf 150x30 --config "$work/given/$conf.conf" --cache "$work/cache/$conf-log.db"
	keys $conf 4
done
check "the console says it in Health" shows good 'cannot open' 20
check "and who is refused" shows wrong 'password_only' 20
screen good >"$work/seen/health"
screen wrong >>"$work/seen/health"
check "the log does, too" until_true 10 grep -q 'cannot open' "$work/cache/good-log.db.log"
check "in both cases" until_true 10 grep -q 'password_only' "$work/cache/wrong-log.db.log"
check "no error, cache or log of failures holds a plant" holds_none "$work/seen" "$work/cache"
finish
