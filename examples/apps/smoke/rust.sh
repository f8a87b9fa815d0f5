set -e
curl -fsS "http://$CAIRN_ADDRESS/1" | grep -x '[1-6]'
curl -sS "http://$CAIRN_ADDRESS/six" | grep 'not a number'
