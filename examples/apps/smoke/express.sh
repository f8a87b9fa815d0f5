set -e
curl -fsS -H 'Content-Type: application/json' -d '{"url":"https://example.org/"}' "http://$CAIRN_ADDRESS/bookmarks"
curl -fsS "http://$CAIRN_ADDRESS/bookmarks" | grep example.org
curl -sS -o /dev/null -w '%{http_code}\n' -H 'Content-Type: application/json' -d '{}' "http://$CAIRN_ADDRESS/bookmarks" | grep 400
