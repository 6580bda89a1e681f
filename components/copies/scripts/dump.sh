# A compressed dump, and a manifest of the same moment: rows of every table, and the dump's size and checksum (DR-08).
set -euo pipefail
umask 077
PGPASSWORD=$(cat /login/password)
export PGPASSWORD
rm -f /work/dump /work/rows /work/failed
at=$(date -u +%Y-%m-%dT%H:%M:%SZ)
psql -X -q -w -A -t -v ON_ERROR_STOP=1 -f /scripts/dump.sql
[ ! -e /work/failed ] || { echo "pg_dump failed" >&2; exit 1; }
# What can't be listed couldn't be restored.
pg_restore --list /work/dump >/dev/null
version=$(psql -X -q -w -A -t -c 'show server_version')
printf '{"database":"%s","at":"%s","server":"PostgreSQL %s","format":"pg_dump custom","bytes":%s,"sha256":"%s","rows":%s}\n' \
  "$PGDATABASE" "$at" "$version" "$(stat -c %s /work/dump)" "$(sha256sum /work/dump | cut -d' ' -f1)" \
  "$(tr -d '\n' </work/rows)" >/work/manifest.json
printf '%s/%s' "$PREFIX" "$(date -u -d "$at" +%Y/%m/%d/%H%M%SZ)" >/work/folder
