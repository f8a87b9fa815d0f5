"""A client for PostgreSQL that knows the simple query protocol, for servers that trust their network."""

import socket
import struct


class Error(Exception):
    pass


class Connection:
    def __init__(self, host, port=5432, user="postgres", database="postgres", timeout=5):
        self.sock = socket.create_connection((host, port), timeout)
        self.file = self.sock.makefile("rb")
        words = b"".join(w.encode() + b"\0" for w in ("user", user, "database", database))
        body = struct.pack("!i", 196608) + words + b"\0"
        self.sock.sendall(struct.pack("!i", len(body) + 4) + body)
        self._until_ready()

    def _message(self):
        head = self.file.read(5)
        if len(head) < 5:
            raise Error("the server went away")
        kind, size = head[:1], struct.unpack("!i", head[1:])[0]
        return kind, self.file.read(size - 4)

    def _until_ready(self):
        rows, error = [], None
        while True:
            kind, body = self._message()
            if kind == b"Z":
                break
            if kind == b"E":
                error = body.decode(errors="replace").replace("\0", " ")
            elif kind == b"R" and struct.unpack("!i", body[:4])[0] != 0:
                raise Error("the server wants a password")
            elif kind == b"D":
                rows.append(self._row(body))
        if error:
            raise Error(error)
        return rows

    @staticmethod
    def _row(body):
        row, at = [], 2
        for _ in range(struct.unpack("!h", body[:2])[0]):
            size = struct.unpack("!i", body[at : at + 4])[0]
            at += 4
            row.append(None if size < 0 else body[at : at + size].decode())
            at += max(0, size)
        return row

    def query(self, text, *values):
        for value in values:
            text = text.replace("%s", "'" + str(value).replace("'", "''") + "'", 1)
        body = text.encode() + b"\0"
        self.sock.sendall(b"Q" + struct.pack("!i", len(body) + 4) + body)
        return self._until_ready()

    def close(self):
        self.sock.close()
