"""Counts the words of a text that is posted to it."""
import os

from flask import Flask, jsonify, request
from wordcount import count

app = Flask(__name__)


@app.get("/")
def home():
    return "words are counted at /count\n"


@app.post("/count")
def counted():
    return jsonify(count(request.get_data(as_text=True)))


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=int(os.environ.get("PORT", "5000")))
