# test/Srt/Inputs/srtd.py: srtd, sandboxes that ask it, and whoever gets in between.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: srtd.py CASE, in a project with mine.srt that asks about secret/ (home.sh).
import array
import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import time

STATE = os.path.join(os.environ["HOME"], ".local/state/srt")
SOCKET = os.path.join(STATE, "srtd.sock")
CONNECT = """
import socket, sys
try:
    s = socket.socket(socket.AF_UNIX)
    s.settimeout(20)
    s.connect(sys.argv[1])
    s.sendall(b"list\\nwatch\\n")
    print("got", s.recv(4096))
except OSError as error:
    print("got", error.errno)
"""


STARTED = []


@atexit.register
def end_all():
    for pid in STARTED:
        try:
            if os.waitpid(pid, os.WNOHANG)[0] == 0:  # still ours
                os.kill(pid, signal.SIGKILL)
        except ChildProcessError:
            pass  # it was waited for


def output(process):
    """What it prints until it ends."""
    return process.communicate(timeout=30)[0]


def until(question, what):
    for _ in range(400):
        answer = question()
        if answer:
            return answer
        time.sleep(0.05)
    sys.exit(f"not within 20 s: {what}")


def speaks():
    with socket.socket(socket.AF_UNIX) as one:
        try:
            one.connect(SOCKET)
            one.sendall(b"list\n")
            return one.recv(4096).startswith(b"{")
        except OSError:
            return False


def daemon():
    process = subprocess.Popen(["srtd"], stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE, text=True)
    STARTED.append(process.pid)
    until(speaks, "srtd")
    return process


def sandbox(*command, policy="mine.srt", **environment):
    """Without a terminal."""
    process = subprocess.Popen(["srt", "--policy", policy, *command],
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True,
                               start_new_session=True,
                               env={**os.environ, **environment})
    STARTED.append(process.pid)
    return process


def questions():
    done = subprocess.run(["srt", "approve", "--json"], capture_output=True,
                          text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def question():
    return until(questions, "a question")[0]


def approve(*words):
    return subprocess.run(["srt", "approve", *words], capture_output=True, text=True)


def end(process, *others):
    for one in (process, *others):
        one.kill()
        one.wait()


def answers():
    server = daemon()
    process = sandbox("cat", "secret/a")
    asked = question()
    assert asked["asked"]["action"] == "read.data", asked
    assert asked["asked"]["path"].endswith("/p/secret/a"), asked
    assert asked["sandbox"]["run"] == ["cat", "secret/a"], asked
    assert approve(asked["question"]).returncode == 0
    assert output(process) == "one\n" and not questions()
    # A name is used once, and a wrong one is none.
    assert "no such question" in approve(asked["question"]).stderr
    process = sandbox("cat", "secret/a")
    assert approve(question()["question"], "--no").returncode == 0
    assert output(process) == "" and process.returncode == 1
    process = sandbox("sh", "-c", "cat secret/a; cat secret/a")
    assert approve(question()["question"], "--session").returncode == 0
    assert output(process) == "one\none\n"
    # What came of it is in the log.
    log = subprocess.run(["srt", "log"], capture_output=True, text=True).stdout
    assert "answered #1: once" in log and "answered #1: session" in log, log
    assert "asked #1 read.data" in log and "answered #1: no" in log, log
    server.terminate()
    assert server.wait() == 0 and not os.path.exists(SOCKET)


def killed():
    """Of srtd, sandbox or asker, at the worst moments."""
    server = daemon()
    process = sandbox("cat", "secret/a")
    first = question()
    end(server)
    assert output(process) == "" and process.returncode == 1
    # Its socket is still there, and nobody behind it: as without srtd.
    assert os.path.exists(SOCKET)
    process = sandbox("sh", "-c", "cat secret/a; cat file")
    assert output(process) == "text\n"
    # Stopped, it takes nobody, and nobody waits for long.
    server = daemon()
    server.send_signal(signal.SIGSTOP)
    process = sandbox("sh", "-c", "cat secret/a; cat file")
    assert output(process) == "text\n"
    server.send_signal(signal.SIGCONT)
    # The next one took the stale socket, and gives names of its own.
    process = sandbox("cat", "secret/a")
    second = question()
    assert first["question"].split("-")[0] != second["question"].split("-")[0]
    assert approve(first["question"]).returncode == 1 and process.poll() is None
    # A sandbox that is killed asks nothing any more, nor does one whose time is over.
    end(process)
    until(lambda: not questions(), "no question")
    process = sandbox("cat", "secret/a", SRT_ASK_TIMEOUT="8")
    question()
    assert process.wait() == 1
    until(lambda: not questions(), "no question")
    end(server)


def twice():
    server = daemon()
    other = subprocess.run(["srtd"], capture_output=True, text=True, timeout=20)
    assert other.returncode == 1 and "runs already" in other.stderr, other
    assert speaks()
    end(server)
    several = [subprocess.Popen(["srtd"], stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL) for _ in range(8)]
    STARTED.extend(one.pid for one in several)
    until(speaks, "srtd")
    until(lambda: sum(one.poll() is None for one in several) == 1, "one of them")
    end(*several)


def garbage():
    server = daemon()
    process = sandbox("cat", "secret/a")
    asked = question()["question"]
    for bytes_ in (b"\0" * 5000, b"x" * 100000, b"list", b"\n\n\n", b"answer\n",
                   b"answer %s\n" % asked.encode(), b"answer  once\n",
                   b"answer %s yes\n" % asked.encode(), b'{"run":["x"]}\n{"ask":1}\n',
                   b'{"run":[],"id":"1-1"}\n{"ask":1}\n', b'{"ask":1}\n' * 50,
                   b"list\n" * 3000, b"watch\n" * 100, b"\x1b[2J\n"):
        with socket.socket(socket.AF_UNIX) as one:
            one.connect(SOCKET)
            try:
                one.sendall(bytes_)
                one.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # it has hung up
    many = [socket.socket(socket.AF_UNIX) for _ in range(700)]
    for one in many:
        one.setblocking(False)
        try:
            one.connect(SOCKET)
        except BlockingIOError:
            pass
    time.sleep(0.5)
    for one in many:
        one.close()
    until(speaks, "srtd after garbage")
    assert [row["question"] for row in questions()] == [asked] and process.poll() is None
    # Who says to be a sandbox must be the one that it says.
    with socket.socket(socket.AF_UNIX) as one:
        one.connect(SOCKET)
        one.sendall(b'{"run":["x"],"id":"%d-1","time":1}\n' % process.pid)
        assert one.recv(10) == b""
    end(process, server)


def confined():
    """A command must not answer its own questions, whatever its policy says."""
    server = daemon()
    with open("mine.srt", encoding="ascii") as file:
        text = file.read()
    with open("reach.srt", "w", encoding="ascii") as file:
        file.write(text.replace("}", f'allow connect "unix:{SOCKET}"; }}'))
    python = ("/usr/bin/python3", "-I", "-S", "-c", CONNECT, SOCKET)
    inside = output(sandbox(*python))
    assert inside.startswith("got ") and inside[4:].strip().isdigit(), inside
    inside = output(sandbox(*python, policy="reach.srt"))
    assert inside == "got b''\n" or inside.strip() in ("got 104", "got 32"), inside
    # By a child that ends at once, whose number might become another's.
    script = ("import os, socket, sys, time\n"
              "s = socket.socket(socket.AF_UNIX)\n"
              "pid = os.fork()\n"
              "if pid == 0:\n"
              "    s.connect(sys.argv[1])\n"
              "    os._exit(0)\n"
              "os.waitpid(pid, 0)\n"
              "time.sleep(0.2)\n"
              "try:\n"
              "    s.sendall(b'list\\n')\n"
              "    print('got', s.recv(100))\n"
              "except OSError as error:\n"
              "    print('got', error.errno)\n")
    inside = output(sandbox("/usr/bin/python3", "-I", "-S", "-c", script, SOCKET,
                            policy="reach.srt"))
    assert inside == "got b''\n" or inside.strip() in ("got 104", "got 32"), inside
    server.terminate()
    assert "is confined" in server.communicate()[1]
    # The other way round: who listens in a sandbox is not asked.
    with open("serve.srt", "w", encoding="ascii") as file:
        file.write(text.replace("}", f'allow write "{STATE}"; }}'))
    done = subprocess.run(["srt", "--policy", "serve.srt", "true"], capture_output=True)
    assert done.returncode == 125, done


def strangers():
    """Another user can neither speak to srtd nor be taken for it. As root."""
    server = daemon()
    for path in (os.path.dirname(os.environ["HOME"]), os.environ["HOME"]):
        os.chmod(path, 0o755)
    for path in (".local", ".local/state", ".local/state/srt"):
        os.chmod(os.path.join(os.environ["HOME"], path), 0o755)
    os.chmod(SOCKET, 0o666)
    as_other = ["setpriv", "--reuid=4711", "--regid=4711", "--clear-groups"]
    inside = subprocess.run([*as_other, "/usr/bin/python3", "-I", "-S", "-c", CONNECT,
                             SOCKET], capture_output=True, text=True).stdout
    assert inside == "got b''\n" or inside.strip() in ("got 104", "got 32", "got 13"), inside
    server.terminate()
    server.communicate()
    # Our own program does not believe in such a folder any more.
    done = approve()
    assert done.returncode == 1 and "does not run" in done.stderr, done
    server = socket.socket(socket.AF_UNIX)
    server.bind(SOCKET)
    server.listen()
    done = approve()
    assert done.returncode == 1 and "not this user's alone" in done.stderr, done
    os.chmod(STATE, 0o700)
    pid = os.fork()
    if pid == 0:
        os.setuid(4711)
        server.listen()
        time.sleep(60)
        os._exit(0)
    STARTED.append(pid)
    until(lambda: "belongs to another user" in approve().stderr, "a refusal")
    process = sandbox("cat", "secret/a")
    assert output(process) == "" and process.returncode == 1
    os.kill(pid, signal.SIGKILL)


def restarted():
    """A service manager hands the socket over, and keeps connections meanwhile."""
    os.makedirs(STATE, mode=0o700, exist_ok=True)
    if os.path.exists(SOCKET):
        os.unlink(SOCKET)  # a case before left it behind
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(SOCKET)
    listener.listen()
    notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notify.bind(os.path.join(STATE, "notify"))
    notify.settimeout(20)

    def activated(names, descriptors):
        pid = os.fork()
        if pid == 0:
            copies = [os.dup(fd) for fd in descriptors]  # out of the way
            high = [os.dup2(fd, 100 + i) for i, fd in enumerate(copies)]
            for i, fd in enumerate(high):
                os.dup2(fd, 3 + i)
            os.dup2(os.open("/dev/null", os.O_RDWR), 1)
            os.closerange(3 + len(high), 200)
            os.execvpe("srtd", ["srtd"], {
                **os.environ, "LISTEN_PID": str(os.getpid()),
                "LISTEN_FDS": str(len(high)), "LISTEN_FDNAMES": ":".join(names),
                "NOTIFY_SOCKET": os.path.join(STATE, "notify")})
        STARTED.append(pid)
        assert notify.recv(100) == b"READY=1"
        return pid

    server = activated(["srtd.socket"], [listener.fileno()])
    process = sandbox("sh", "-c", "cat secret/a; read x; cat secret/a; cat secret/b")
    first = question()
    message, control, _, _ = notify.recvmsg(200, socket.CMSG_SPACE(4))
    kept = array.array("i", control[0][2])[0]
    verb, name = message.decode().split("\n")
    assert verb == "FDSTORE=1" and name.startswith(f"FDNAME=sandbox-{process.pid}-")
    os.kill(server, signal.SIGKILL)
    os.waitpid(server, 0)
    # While nobody is there, the connection is: the question stays open, unanswered.
    time.sleep(0.3)
    assert process.poll() is None
    server = activated(["srtd.socket", name[len("FDNAME="):]],
                       [listener.fileno(), kept])
    assert approve(first["question"]).returncode == 1
    # What was asked of the one before is not asked again; what comes is.
    other = sandbox("cat", "secret/b")
    assert approve(question()["question"]).returncode == 0
    assert output(other) == "two\n"
    end(process)
    assert b"FDSTORE=1" in notify.recv(200)
    notify.recv(200)
    os.kill(server, signal.SIGTERM)
    os.waitpid(server, 0)
    assert os.path.exists(SOCKET)  # it is the manager's


CASES = (answers, killed, twice, garbage, confined, strangers, restarted)
{case.__name__: case for case in CASES}[sys.argv[1]]()
print("fine")
