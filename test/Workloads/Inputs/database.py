# test/Workloads/Inputs/database.py: SQLite with every kind of journal, and two
# writers at once. SPDX-License-Identifier: Apache-2.0
import os
import sqlite3


def write(name, rows):
    database = sqlite3.connect(name, timeout=30)
    for row in range(rows):
        with database:
            database.execute("insert into t values (?, ?)", (row, "x" * 300))
    database.close()


def main():
    for mode in ("delete", "truncate", "persist", "wal", "memory", "off"):
        name = f"{mode}.db"
        database = sqlite3.connect(name)
        print(database.execute(f"pragma journal_mode={mode}").fetchone(),
              database.execute("pragma mmap_size=1048576").fetchone())
        database.execute("create table t (a, b)")
        database.close()
        child = os.fork()
        write(name, 15)
        if child == 0:
            os._exit(0)
        print(os.waitpid(child, 0)[1])
        database = sqlite3.connect(name)
        with database:
            database.execute("delete from t where a > 5")
        database.execute("vacuum")
        print(database.execute("select count(*), sum(a) from t").fetchone(),
              database.execute("pragma integrity_check").fetchone())
        database.close()


main()
