set -e
curl -fsS "http://$CAIRN_ADDRESS/?zone=Europe/Lisbon&at=1000000000" | grep 'Sun, 09 Sep 2001 02:46:40 WEST'
curl -sS "http://$CAIRN_ADDRESS/?zone=Nowhere" | grep unknown
