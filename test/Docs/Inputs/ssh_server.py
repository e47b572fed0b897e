# test/Docs/Inputs/ssh_server.py: a git host for one page: ssh on loopback, one key,
# git's two commands. SPDX-License-Identifier: Apache-2.0
#
# Debian's sshd starts as a service when it is installed; this does not.
# Usage: ssh_server.py PORT HOST-KEY AUTHORIZED-KEYS
import asyncio
import re
import sys
import warnings

warnings.simplefilter("ignore")  # of ciphers that nobody uses here
import asyncssh  # noqa: E402

COMMAND = re.compile(r"(git-upload-pack|git-receive-pack) '([^']+)'")


async def serve(process):
    wanted = COMMAND.fullmatch(process.command or "")
    if not wanted:
        process.stderr.write(b"git only\n")
        process.exit(1)
        return
    git = await asyncio.create_subprocess_exec(
        *wanted.groups(), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
    await process.redirect(stdin=git.stdin, stdout=git.stdout)
    process.exit(await git.wait())


async def main(port, host_key, keys):
    await asyncssh.listen("127.0.0.1", int(port), server_host_keys=[host_key],
                          authorized_client_keys=keys, process_factory=serve, encoding=None)
    await asyncio.Future()


asyncio.run(main(*sys.argv[1:]))
