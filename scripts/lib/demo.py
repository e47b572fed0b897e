# scripts/lib/demo.py: runs commands under a bundle and compares with the policy.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: demo.py BIN-DIR POLICY BUNDLE agent|guarded     (scripts/demo calls it)
#
# Each row names the event that decides the command, so that `srtc query` can
# say what the policy thinks of it, with rule and line. What the kernel did is
# read off the command itself: it succeeded, or it said which error it met.
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

PERMISSION = ("Permission denied", "Operation not permitted", "EACCES", "EPERM",
              "PermissionError", "not permitted")


class Row:
    def __init__(self, title, command, event, reached=None):
        self.title = title
        self.command = command  # argument list, run under srt-load
        self.event = event      # arguments of `srtc query`
        self.reached = reached  # text that shows the kernel let it through
                                # although the command itself failed


def connect(port):
    return ["python3", "-c", "import socket,sys\n"
            "s = socket.socket()\ns.settimeout(3)\n"
            f"s.connect(('127.0.0.1', {port}))"]


def rows(home, project, me):
    sh = lambda text: ["sh", "-c", text]
    hello = "#include <stdio.h>\nint main(void) { return puts(\"hi\") < 0; }\n"
    (project / "hello.c").write_text(hello, encoding="ascii")
    return [
        Row("read a file of the project", ["cat", "hello.c"],
            ["read.data", f"{project}/hello.c"]),
        Row("write a file of the project", sh("echo notes > notes.txt"),
            ["write.create", f"{project}/notes.txt"]),
        Row("make, rename and remove", sh("mkdir d && echo x > d/a && mv d/a b && rm -r d b"),
            ["write.rename", f"{project}/b"]),
        Row("scratch space", sh("echo x > /tmp/srt-demo-$$ && rm /tmp/srt-demo-$$"),
            ["write.create", "/tmp/srt-demo"]),
        Row("write into the system", sh("echo x > /etc/srt-demo"),
            ["write.create", "/etc/srt-demo"]),
        Row("write beside the project", sh(f"echo x > {home}/stray"),
            ["write.create", f"{home}/stray"]),
        Row("change a shell start-up file", sh(f"echo evil >> {home}/.bashrc"),
            ["write.data", f"{home}/.bashrc"]),
        Row("read a private key", ["cat", f"{home}/.ssh/id_ed25519"],
            ["read.data", f"{home}/.ssh/id_ed25519"]),
        Row("... through a link", sh(f"ln -s {home}/.ssh/id_ed25519 k; cat k"),
            ["read.data", f"{home}/.ssh/id_ed25519"]),
        Row("... through /proc/self/root", ["cat", f"/proc/self/root{home}/.ssh/id_ed25519"],
            ["read.data", f"{home}/.ssh/id_ed25519"]),
        Row("read the password hashes", ["cat", "/etc/shadow"],
            ["read.data", "/etc/shadow"]),
        Row("become another user", ["su", "-c", "true"], ["exec", "/usr/bin/su"]),
        Row("run a tool that is not listed", sh("/usr/bin/id"), ["exec", "/usr/bin/id"]),
        Row("git status", ["git", "status", "--short"], ["exec", "/usr/bin/git"]),
        Row("compile with gcc", ["gcc", "-O1", "-c", "hello.c"], ["exec", "/usr/bin/gcc"]),
        Row("run node", ["node", "-e", "console.log(6 * 7)"],
            ["exec", shutil.which("node")]),
        Row("connect to port 443", connect(443),
            ["connect", "tcp:127.0.0.1:443"], reached="ConnectionRefusedError"),
        Row("connect to port 22", connect(22), ["connect", "tcp:127.0.0.1:22"]),
        Row("connect to port 8443", connect(8443), ["connect", "tcp:127.0.0.1:8443"]),
        Row("listen on port 3000", ["python3", "-c", "import socket\n"
            "s = socket.create_server(('127.0.0.1', 3000))"],
            ["bind", "tcp:127.0.0.1:3000"], reached="Address already in use"),
        Row("listen on port 5000", ["python3", "-c", "import socket\n"
            "s = socket.create_server(('127.0.0.1', 5000))"],
            ["bind", "tcp:127.0.0.1:5000"]),
        Row("talk to the docker socket", ["python3", "-c", "import socket\n"
            "socket.socket(socket.AF_UNIX).connect('/run/docker.sock')"],
            ["connect", "unix:/run/docker.sock"]),
        Row("send a datagram", ["python3", "-c", "import socket\n"
            "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"],
            ["connect", "udp:127.0.0.1:53"]),
        Row("signal a process outside", sh(f"kill -0 {me}"), ["signal", "all"]),
    ]


def guarded_rows(home, project, _):
    """What only the broker can judge: holes, patterns, metadata, arguments."""
    sh = lambda text: ["sh", "-c", text]
    (project / ".env").write_text("TOKEN=secret\n", encoding="ascii")
    (project / ".env.example").write_text("TOKEN=\n", encoding="ascii")
    (project / "lib").mkdir()
    (project / "hello.c").write_text("int x;\n", encoding="ascii")
    git = "git -c user.name=a -c user.email=a@example.com "
    return [
        Row("read a key by a pattern", ["cat", ".env"], ["read.data", f"{project}/.env"]),
        Row("... made after the start", sh("cp .env.example lib/.env && cat lib/.env"),
            ["read.data", f"{project}/lib/.env"]),
        Row("... through /proc/self/cwd", ["cat", "/proc/self/cwd/.env"],
            ["read.data", f"{project}/.env"]),
        Row("read its example", ["cat", ".env.example"], ["read.data", f"{project}/.env.example"]),
        Row("git commit", sh(f"git add hello.c && {git} commit -qm first"),
            ["write.create", f"{project}/.git/index.lock"]),
        Row("plant a hook", sh("echo evil > .git/hooks/post-commit"),
            ["write.create", f"{project}/.git/hooks/post-commit"]),
        Row("... in a repository within", sh("mkdir -p lib/.git && mkdir lib/.git/hooks"),
            ["write.create", f"{project}/lib/.git/hooks"]),
        Row("move the hooks away", ["mv", "-T", ".git/hooks", ".git/h"],
            ["write.rename", f"{project}/.git/hooks"]),
        Row("change what git obeys", ["git", "config", "core.pager", "evil"],
            ["write.create", f"{project}/.git/config"]),
        Row("chmod a file of the project", ["chmod", "600", "hello.c"],
            ["write.metadata", f"{project}/hello.c"]),
        Row("chmod a start-up file", ["chmod", "777", f"{home}/.bashrc"],
            ["write.metadata", f"{home}/.bashrc"]),
        Row("rm -rf of a folder", ["rm", "-rf", "lib"], ["exec", "/usr/bin/rm", "-rf", "lib"]),
        Row("rm -rf /", sh("rm -rf /"), ["exec", "/usr/bin/rm", "-rf", "/"]),
        Row("git push --force", sh("git push --force origin main"),
            ["exec", "/usr/bin/git", "push", "--force", "origin", "main"]),
    ]


def prepare(base):
    """A home with a key and a project with a repository in it."""
    home = base / "home"
    project = home / "project"
    project.mkdir(parents=True)
    (home / ".ssh").mkdir()
    (home / ".ssh" / "id_ed25519").write_text("secret\n", encoding="ascii")
    (home / ".bashrc").write_text("# plain\n", encoding="ascii")
    (home / ".gitconfig").write_text("", encoding="ascii")
    subprocess.run(["git", "init", "-q", str(project)], check=True,
                   env=dict(os.environ, HOME=str(home)))
    return home, project


def run(binaries, bundle, row, home, project):
    """What the kernel did: (allow|deny|?, the line that shows it)."""
    environment = dict(os.environ, HOME=str(home), LC_ALL="C")
    done = subprocess.run([f"{binaries}/srt-load", bundle, "--", *row.command],
                          cwd=project, env=environment, capture_output=True,
                          text=True, timeout=60, stdin=subprocess.DEVNULL)
    output = (done.stderr + done.stdout).strip().splitlines()
    last = output[-1] if output else ""
    if done.returncode == 0:
        return "allow", last
    if row.reached and row.reached in done.stderr:
        return "allow", last
    if done.returncode != 125 and any(p in done.stderr for p in PERMISSION):
        return "deny", last
    return "?", f"status {done.returncode}: {last}"


def ask(binaries, policy, row, home, project):
    """What the policy says, and the rule and line that decide."""
    done = subprocess.run(
        [f"{binaries}/srtc", "query", "--json", "--bind", f"home={home}",
         "--bind", f"project={project}", "--path", os.environ["PATH"], policy,
         *row.event], capture_output=True, text=True)
    if done.returncode not in (0, 3, 4):
        sys.exit(f"srtc query {' '.join(row.event)}: {done.stderr}")
    answer = json.loads(done.stdout)
    if not answer.get("rule"):
        return answer["verdict"], "no rule allows it"
    place = f"line {answer['line']}" if answer.get("line") else "implied"
    return answer["verdict"], f"{answer['rule']}, {place}"


def main():
    binaries, policy, bundle, which = sys.argv[1:5]
    os.environ["SRT_SUMMARY"] = "off"  # each row says it
    bundle = os.path.abspath(bundle)
    os.environ["PATH"] = os.pathsep.join(dict.fromkeys(
        ["/usr/local/bin", "/usr/bin", "/bin", os.path.dirname(shutil.which("node") or "/bin/x")]))
    # Not below /tmp: the policy lets the agent read and write there, so that
    # srt-load would rightly refuse to start with a home in it.
    base = pathlib.Path(tempfile.mkdtemp(prefix="srt-demo-", dir="/var/tmp"))
    wrong = 0
    try:
        home, project = prepare(base)
        print(f"{'what':32} {'policy':6} {'kernel':6} {'rule':18} what was seen")
        for row in (guarded_rows if which == "guarded" else rows)(home, project, os.getpid()):
            expected, rule = ask(binaries, policy, row, home, project)
            did, seen = run(binaries, bundle, row, home, project)
            mark = "" if did == expected else "  <== DIFFERS"
            wrong += did != expected
            print(f"{row.title:32} {expected:6} {did:6} {rule:18} {seen[:70]}{mark}")
    finally:
        shutil.rmtree(base)
    print(f"\n{wrong} commands went otherwise than the policy says" if wrong else
          "\nevery command went as the policy says")
    return 1 if wrong else 0


sys.exit(main())
