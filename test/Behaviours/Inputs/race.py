# test/Behaviours/Inputs/race.py: a link that leads here and there while a file
# is made through it. SPDX-License-Identifier: Apache-2.0
#
# Usage: race.py LINK HERE THERE NAME TURNS; succeeds if THERE/NAME came to be.
import os
import sys
import threading

LINK, HERE, THERE, NAME, TURNS = sys.argv[1:]
isOver = False


def turn():
    while not isOver:
        for target in (HERE, THERE):
            os.symlink(target, LINK + "2")
            os.replace(LINK + "2", LINK)


thread = threading.Thread(target=turn)
thread.start()
for _ in range(int(TURNS)):
    try:
        with open(os.path.join(LINK, NAME), "w", encoding="ascii"):
            pass
    except OSError:
        pass
isOver = True
thread.join()
sys.exit(not os.path.lexists(os.path.join(THERE, NAME)))
