#!/usr/bin/env python3
# test/Broker/Inputs/asker.py: somebody who answers the broker's questions.
# SPDX-License-Identifier: Apache-2.0
#
# Usage: asker.py SOCKET ANSWERS -- COMMAND...
# Runs the command with SRT_ASK=SOCKET and answers as ANSWERS say, a JSON object of
# the beginnings of "ACTION WHAT" and a word: once, session or no; hang says nothing,
# leave hangs up, late answers after a second, anything else is sent as it stands.
# What the command prints comes first, then each question in a line, then its status.
import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time

path, answers, command = sys.argv[1], json.loads(sys.argv[2]), sys.argv[4:]
asked = []


def answer(client, question):
    key = question["action"] + " " + (question.get("path") or question["endpoint"])
    asked.append("%s by %s" % (key, question.get("text")))
    word = next((w for start, w in answers.items() if key.startswith(start)), "no")
    if word == "hang":
        return True
    if word == "leave":
        client.shutdown(socket.SHUT_RDWR)
        return False
    if word == "late":
        time.sleep(1)
        word = "once"
    known = word in ("once", "session", "no")
    reply = json.dumps({"ask": question["ask"], "answer": word}) if known else word
    client.sendall((reply.replace("N", str(question["ask"])) + "\n").encode())
    return True


def serve(server):
    while True:
        client, _ = server.accept()
        # The broker may hang up at any time, with an answer on its way.
        with contextlib.suppress(OSError), client, client.makefile("r") as lines:
            for line in lines:
                if not answer(client, json.loads(line)):
                    break


if os.path.exists(path):
    os.unlink(path)
server = socket.socket(socket.AF_UNIX)
server.bind(path)
server.listen()
threading.Thread(target=serve, args=(server,), daemon=True).start()
done = subprocess.run(command, env=dict(os.environ, SRT_ASK=path), capture_output=True,
                      text=True, timeout=60)
print(done.stdout, end="")
print("\n".join(asked))
print("status", done.returncode, done.stderr.strip().split("\n")[0])
