# The password of a recorder's role is changed while the console runs: its session goes on, the next
# one is refused until the password is right again; and it is on no screen, in no file, nowhere.
. "$(dirname "$0")/omni_lib.sh"

eye_console

admin a "ALTER ROLE eye PASSWORD 'another-one'"
sleep 3
check "a password that is changed does not matter to a session" feed_is c barn recorder.recordings ok
kick
check_down "another password" c 'barn: database: password authentication failed for user "eye"'
screen c >>"$work/screens"
admin a "ALTER ROLE eye PASSWORD '$secret'"
check_up "another password" c a

check "no screen has the password" sh -c "! grep -q $secret '$work/screens'"
check "no file of the cache has it, and no log" sh -c "! grep -rqa $secret '$work'/c.db*"
check "no command line has it" sh -c "! tr '\0' '\n' </proc/$(child_of c)/cmdline | grep -q $secret"
keys c q
check "it leaves well" shows c 'left with 0'
finish
