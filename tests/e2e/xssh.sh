# Pictures and copying over ssh to this machine, plain and with tmux at the other end: what an operator
# has who sits at an xterm. The ssh server speaks through a pair of sockets: no port is opened, no
# service runs, no file of the user's is read or written.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/xlib.sh"
x_need ssh ssh-keygen dropbear dropbearkey

cc -D_GNU_SOURCE -O1 -o "$work/ssh_pipe" tests/e2e/ssh_pipe.c &&
	cc -D_GNU_SOURCE -O1 -shared -fPIC -o "$work/ssh_login.so" tests/e2e/ssh_login.c ||
	not_ok "the pipe to the ssh server compiles"
mkdir -p "$work/home/.ssh"
dropbearkey -t ed25519 -f "$work/host" >/dev/null 2>&1
ssh-keygen -q -t ed25519 -N '' -f "$work/user"
cp "$work/user.pub" "$work/home/.ssh/authorized_keys"
chmod -R go= "$work/home"
cat >"$work/ssh_config" <<END
Host pi
	ProxyCommand env SSH_LOGIN_HOME=$work/home $work/ssh_pipe $work/ssh_login.so dropbear -i -s -r $work/host
	ProxyUseFdpass yes
	User $(id -un)
	IdentityFile $work/user
	IdentitiesOnly yes
	UserKnownHostsFile $work/known
	StrictHostKeyChecking accept-new
	LogLevel ERROR
END
over_ssh="ssh -F $work/ssh_config -t pi"

check "ssh answers" [ "$(ssh -F "$work/ssh_config" pi 'test -n "$SSH_CONNECTION" && echo there' \
	</dev/null 2>"$work/ssh.err")" = there ]
x_start
sim --dialect dashboard --sessions 60 --cameras 5 --containers 2 --seed 7 --scene incident --still
session=sess-7ef8 # the oldest of the completed: its ages are hours
export XDG_CACHE_HOME XDG_CONFIG_HOME

# The environment does not come along: what the console needs of it is said again.
far() { # far NAME ARGUMENTS...: the console at the other end
	near=$(x_command "$@")
	cat >>"$work/$1.far" <<-END
		cd '$PWD' && export XDG_CACHE_HOME=$XDG_CACHE_HOME XDG_CONFIG_HOME=$XDG_CONFIG_HOME TZ=UTC \
			LC_ALL=C.UTF-8
		exec $near
	END
	echo "sh $work/$1.far"
}
open_session() { # open_session NAME
	x_keys slash
	x_type completed
	x_keys Return
	x_says "$1" ' of 60 +/completed '
	x_keys End Return
}

# ---- plain ----
x_term plain 100x40 "$sixel" "$over_ssh $(far plain)"
check "over ssh the sessions are listed" x_says plain '✓ Completed'
open_session plain >/dev/null
check "two pictures are at their exact cells" x_gets_right plain 2
check "nothing is left over and nothing missing" x_is_clean plain 2
x_forget_clipboard
x_keys c
check "c says what is known" x_says plain 'Sent'
check "the clipboard of this side has the id" x_copies $session
x_keys Escape # the id is shown, in case the terminal kept it to itself
x_resize 90 34
check "resized, they are at their cells again" x_gets_right plain 2
check "and nothing else is" x_is_clean plain 2
x_keys q
check "q ends it and ssh" until_true 10 x_has_ended
x_end

# ---- with tmux at the other end ----
mux new-session -d -s stays cat
mux set -g default-terminal tmux-256color
mux set -g allow-passthrough on
mux set -g escape-time 0
mux set -g status-right ''
mux new-session -d -s r -x 100 -y 40 "$(far pane)"
x_term tmux 100x40 "$sixel" "$over_ssh env LC_ALL=C.UTF-8 tmux -S $socket attach-session -t =r"
check "over ssh and tmux the sessions are listed" x_says tmux '✓ Completed'
open_session tmux >/dev/null
check "two pictures are at their exact cells, too" x_gets_right tmux 2
check "nothing is left over here" x_is_clean tmux 2
console_pane=$(mux list-panes -t =r: -F '#{pane_id}' | head -1)
mux split-window -d -h -b -l 30 -t "$console_pane" 'exec cat'
check "in a pane on the right as well" x_gets_right tmux 2
check "and only there" x_is_clean tmux 2
mux kill-pane -a -t "$console_pane"
x_forget_clipboard
x_keys c
check "c says that tmux has it" x_says tmux 'Copied \(tmux buffer, prefix \]\)'
check "tmux has the id in its buffer" [ "$(mux show-buffer)" = $session ]
check "and the clipboard of this side" x_copies $session
x_keys q
check "q ends it" until_true 10 x_has_ended
x_end
finish
