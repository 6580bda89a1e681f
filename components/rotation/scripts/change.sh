# Brings the database to what the store says, and tells in /work/accepted which of its passwords the database has.
set -euo pipefail
umask 077

logs_in() { PGPASSWORD=$(cat "$1") psql -X -q -w -c 'select 1' >/dev/null 2>/work/refusal; }

# Hashed here: the server's log of DDL (DB-14) shows a verifier, no password. Without a terminal, psql asks on its input.
set_password() {
  printf '%s\n%s\n' "$(cat "$2")" "$(cat "$2")" | PGPASSWORD=$(cat "$1") psql -X -q -w -v ON_ERROR_STOP=1 -c "\\password $PGUSER" >/dev/null
}

# A server that doesn't answer is no wrong password; nothing is concluded from it.
pg_isready -q -t 10 || { echo "the database at $PGHOST:$PGPORT doesn't answer; the next run tries again" >&2; exit 1; }

if logs_in /work/current; then
  if cmp -s /work/current /work/pending; then
    echo current >/work/accepted
    exit 0
  fi
  set_password /work/current /work/pending
  logs_in /work/pending || { cat /work/refusal >&2; exit 1; }
  echo pending >/work/accepted
  exit 0
fi

# The run before ended between the change and the promotion.
if logs_in /work/pending; then
  echo pending >/work/accepted
  exit 0
fi

# Somebody set an earlier password again: the store's current one is the truth.
for earlier in /work/earlier-*; do
  if [ -e "$earlier" ] && logs_in "$earlier"; then
    set_password "$earlier" /work/current
    logs_in /work/current || { cat /work/refusal >&2; exit 1; }
    echo current >/work/accepted
    exit 0
  fi
done

echo "the database takes none of the passwords in the store; set one of them by the cloud's own means (docs: password rotation)" >&2
cat /work/refusal >&2
exit 1
