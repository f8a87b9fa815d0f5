set -e
curl -fsS "http://$CAIRN_ADDRESS/1994" | grep -x MCMXCIV
curl -sS "http://$CAIRN_ADDRESS/many" | grep 'not a number'
