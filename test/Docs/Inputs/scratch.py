# test/Docs/Inputs/scratch.py: a home, a project and one bash, for the commands of
# a page. SPDX-License-Identifier: Apache-2.0
import os
import pathlib
import re
import select
import shutil
import signal
import subprocess
import time

SECONDS = 60  # for one command


class Scratch:
    """HOME is FOLDER/home/user, which pages call /home/user; commands begin in
    its `project`. All of them share one bash, so `cd` and variables last."""

    def __init__(self, folder, root, build):
        self.folder = pathlib.Path(folder).absolute()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.home = self.folder / "home/user"
        self.project = self.home / "project"
        self.project.mkdir(parents=True)
        (self.home / "bin").mkdir()
        # Longest first: the build may lie in the source tree.
        self.names = sorted([(str(self.home), "/home/user"), (f"{build}/bin", "/usr/bin"),
                             (f"{root}/std", "/usr/share/srt/std"), (str(root), "/src/srtc")],
                            key=lambda pair: -len(pair[0]))
        self.count = 0
        # Servers that a page starts end with the page: they are of this session.
        self.bash = subprocess.Popen(
            ["bash", "--norc", "--noprofile"], cwd=self.project, start_new_session=True,
            env=self.environment(root, build), stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def environment(self, root, build):
        path = [f"{build}/bin", str(self.home / "bin"), "/usr/local/bin", "/usr/bin",
                "/bin", "/usr/sbin", "/sbin"]
        return {"HOME": str(self.home), "USER": "user", "LOGNAME": "user", "LC_ALL": "C",
                "TZ": "UTC", "TERM": "dumb", "SHELL": "/bin/bash", "PATH": ":".join(path),
                "ROOT": str(root), "BUILD": str(build), "GIT_CONFIG_NOSYSTEM": "1"}

    def run(self, command):
        """(what it printed, its status); a status of None if it took too long."""
        self.count += 1
        script = self.folder / f"step{self.count}"
        script.write_text(command + "\n", encoding="utf-8")
        mark = f"\x01{self.count}\x01"
        self.bash.stdin.write(f". {script} < /dev/null; printf '\\n{mark}%s\\n' $?\n".encode())
        self.bash.stdin.flush()
        return self.read_until(mark)

    def read_until(self, mark):
        said, end = b"", time.monotonic() + SECONDS
        pattern = re.compile(rb"\n" + re.escape(mark.encode()) + rb"(\d+)\n")
        while not (found := pattern.search(said)):
            ready = select.select([self.bash.stdout], [], [], max(0, end - time.monotonic()))[0]
            piece = os.read(self.bash.stdout.fileno(), 65536) if ready else b""
            said += piece
            if not piece:
                return self.plain(said), None
        return self.plain(said[:found.start()]), int(found.group(1))

    def plain(self, said):
        text = said.decode("utf-8", "backslashreplace")
        for ours, theirs in self.names:
            text = text.replace(ours, theirs)
        return text

    def close(self):
        """Ends bash and all that is still of its session."""
        self.bash.stdin.close()
        try:
            os.killpg(self.bash.pid, signal.SIGTERM)
            self.bash.wait(5)
            os.killpg(self.bash.pid, signal.SIGKILL)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            pass
