"""Looks at each file of a folder once, and writes down what it is."""
import pathlib
import sqlite3
import sys
import time

from filekind import kind

database = sqlite3.connect("/tmp/seen.sqlite")
database.execute("create table seen (name text, kind text)")
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    database.execute("insert into seen values (?, ?)", (path.name, kind(path.read_bytes())))
for name, what in database.execute("select name, kind from seen order by name"):
    print(f"{name}: {what}")
print("epoch here:", time.strftime("%H:%M", time.localtime(0)))
