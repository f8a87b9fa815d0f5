set -e
curl -fsS "http://$CAIRN_ADDRESS/" | grep '52 cards'
curl -fsS "http://$CAIRN_ADDRESS/card/51" | grep 'king of spades'
curl -sS "http://$CAIRN_ADDRESS/card/x" | grep 'not a number'
