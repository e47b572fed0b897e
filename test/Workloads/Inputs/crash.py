# test/Workloads/Inputs/crash.py: a writer that dies, and who finds its journal.
# SPDX-License-Identifier: Apache-2.0
import os
import signal
import sqlite3

for mode in ("delete", "wal"):
    name = f"crash-{mode}.db"
    database = sqlite3.connect(name)
    database.execute(f"pragma journal_mode={mode}")
    database.execute("create table t (a, b)")
    with database:
        database.executemany("insert into t values (?, ?)", [(i, "x" * 900) for i in range(50)])
    database.close()
    child = os.fork()
    if child == 0:
        writer = sqlite3.connect(name, isolation_level=None)
        writer.execute("pragma cache_size=1")
        writer.execute("begin")
        writer.execute("update t set b = zeroblob(2000)")
        os.kill(os.getpid(), signal.SIGKILL)
    print(os.waitpid(child, 0)[1], sorted(os.listdir(".")))
    found = sqlite3.connect(name)
    print(found.execute("select count(*), max(length(b)) from t").fetchone(),
          found.execute("pragma integrity_check").fetchone())
    found.close()
