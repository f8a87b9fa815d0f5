set -e
curl -fsS "http://$CAIRN_ADDRESS/1000" | grep -x 1009
curl -sS "http://$CAIRN_ADDRESS/many" | grep 'not a number'
