set -e
curl -fsS "http://$CAIRN_ADDRESS/" | grep 'It serves'
curl -sS -o /dev/null -w '%{http_code}\n' "http://$CAIRN_ADDRESS/old/x" | grep 301
curl -sS -o /dev/null -w '%{http_code}\n' "http://$CAIRN_ADDRESS/missing" | grep 404
