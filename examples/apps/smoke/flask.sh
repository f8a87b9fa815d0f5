set -e
curl -fsS "http://$CAIRN_ADDRESS/"
curl -fsS -d 'to be or not to be' "http://$CAIRN_ADDRESS/count" | grep '"be":2'
