/* For ssh -o ProxyUseFdpass=yes: starts an ssh server (inetd mode) on one end of a pair of sockets
 * and hands the other to ssh. So there is no port.
 *   ssh_pipe PRELOAD SERVER ARGUMENT... */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int give(int to, int descriptor)
{
	char byte = 0, control[CMSG_SPACE(sizeof descriptor)] = {0};
	struct iovec part = {&byte, 1};
	struct msghdr message = {.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof control};
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);

	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(sizeof descriptor);
	memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
	return sendmsg(to, &message, 0) == 1;
}

int main(int argc, char **argv)
{
	int ends[2];

	if (argc < 3 || socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
		return 2;
	if (fork() == 0) {
		dup2(ends[1], STDIN_FILENO);
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		setenv("LD_PRELOAD", argv[1], 1);
		execvp(argv[2], argv + 2);
		_exit(127);
	}
	return give(STDOUT_FILENO, ends[0]) ? 0 : 1;
}
