"""Orders: kept in PostgreSQL."""

import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import tinypg


def connect():
    return tinypg.Connection(
        os.environ.get("PGHOST", "db"), user=os.environ.get("PGUSER", "shop"), database=os.environ.get("PGDATABASE", "shop")
    )


def run(text, *values):
    connection = connect()
    try:
        connection.query("CREATE TABLE IF NOT EXISTS orders (id serial PRIMARY KEY, product text NOT NULL, quantity int NOT NULL)")
        return connection.query(text, *values)
    finally:
        connection.close()


class Handler(BaseHTTPRequestHandler):
    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path == "/healthz":
            self.answer(200, "ok")
        elif self.path == "/orders":
            rows = run("SELECT id, product, quantity FROM orders ORDER BY id")
            self.answer(200, [{"id": int(r[0]), "product": r[1], "quantity": int(r[2])} for r in rows])
        else:
            self.answer(404, "no such page")

    def do_POST(self):
        order = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        rows = run(
            "INSERT INTO orders (product, quantity) VALUES (%s, %s) RETURNING id", order["product"], int(order["quantity"])
        )
        self.answer(201, {"id": int(rows[0][0])})

    def log_message(self, *args):
        pass


if __name__ == "__main__":
    ThreadingHTTPServer(("", int(os.environ.get("PORT", "8002"))), Handler).serve_forever()
