#!/bin/sh
# Makes the files of this folder anew, with keys that are thrown away. Usage: make.sh (needs GnuPG 2.2 and no network)
set -eu
cd "$(dirname "$0")"
GNUPGHOME=$(mktemp -d)
export GNUPGHOME
trap 'gpgconf --kill all; rm -rf "$GNUPGHOME"' EXIT
g() { gpg --batch --quiet --no-tty --pinentry-mode loopback --passphrase '' --faked-system-time 20260101T000000! "$@"; }

g --quick-generate-key 'RSA <rsa@example.org>' rsa2048 cert 20y
rsa=$(g --list-keys --with-colons rsa@example.org | awk -F: '/^fpr/{print $10; exit}')
g --quick-add-key "$rsa" rsa2048 sign 20y
g --quick-generate-key 'Ed <ed@example.org>' ed25519 sign 20y
g --quick-generate-key 'EC <ec@example.org>' nistp256 sign never
g --quick-generate-key 'Short <short@example.org>' ed25519 sign 1y
g --quick-generate-key 'Weak <weak@example.org>' rsa1024 sign never
g --quick-generate-key 'Other <other@example.org>' ed25519 sign never
g --quick-generate-key 'Encrypt <encrypt@example.org>' rsa2048 cert never
g --quick-generate-key 'Gone <gone@example.org>' ed25519 sign never
g --quick-generate-key 'Sha1 <sha1@example.org>' rsa2048 sign never

for name in rsa ed ec short weak other encrypt gone sha1; do
    g --armor --export "$name@example.org" > "$name.asc"
done
g --export rsa@example.org ed@example.org > two.gpg

printf 'Origin: Example\n- a line with a dash\n-----\ntrailing blanks  \t\n\nFrom here: caf\303\251\nend' > text
for name in rsa ed ec short weak other gone; do
    g --digest-algo SHA256 -u "$name@example.org" --clearsign < text > "$name.signed"
done
g --digest-algo SHA512 -u ed@example.org -u rsa@example.org --clearsign < text > two.signed
g --digest-algo SHA1 -u sha1@example.org --clearsign < text > sha1.signed
g --digest-algo SHA256 -u rsa@example.org --armor --detach-sign < text > rsa.sig.asc
g --digest-algo SHA256 -u ed@example.org --detach-sign < text > ed.sig
g --digest-algo SHA256 --default-sig-expire 30d -u ed@example.org --clearsign < text > expiring.signed

sed 's/^:-----BEGIN/-----BEGIN/' "$GNUPGHOME"/openpgp-revocs.d/"$(g --list-keys --with-colons gone@example.org |
    awk -F: '/^fpr/{print $10; exit}')".rev | g --import
g --armor --export gone@example.org > revoked.asc
