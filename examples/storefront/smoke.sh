#!/bin/sh
# Is it a shop? Looks at the page, orders twice, and finds both orders. The services are asked on 127.0.0.1, or on $HOST.
set -eu

host=${HOST:-127.0.0.1}

fail() {
    echo "smoke: $1" >&2
    exit 1
}

get() {
    curl -sS --fail --noproxy '*' --max-time 10 "http://$host:8080$1"
}

tries=0
until get / >/dev/null 2>&1 && get /orders >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] || fail "the shop does not open: $(curl -sS --noproxy '*' --max-time 10 "http://$host:8080/" "http://$host:8080/orders" 2>&1)"
    sleep 0.2
done
get / | grep -q 'Poster of a cairn' || fail "the page lacks a product"
get '/order?product=mug&quantity=2' | grep -q '"id"' || fail "an order is not taken"
get '/order?product=lamp' | grep -q '"id"' || fail "a second order is not taken"
get /orders | grep -q '"product":"mug","quantity":2' || fail "an order is lost"
echo "smoke: the shop sells"
