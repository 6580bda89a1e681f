# read: what the store holds, into /work; a new candidate where the password is old enough.
# promote: the candidate becomes the current version. Versions carry the marks; a candidate is the one marked AWSPENDING.
set -euo pipefail
umask 077

# The password of a login in JSON, as Secrets Manager keeps it: quotes and backslashes in it are escaped.
password_of() { sed -nE 's/.*"password" ?: ?"(([^"\\]|\\.)*)".*/\1/p' | sed -E 's/\\(["\\/])/\1/g' | tr -d '\n'; }
value_of() { aws secretsmanager get-secret-value --secret-id "$ENTRY" --version-stage "$1" --query SecretString --output text; }
field_of() { aws secretsmanager get-secret-value --secret-id "$ENTRY" --version-stage "$1" --query "$2" --output text; }

read_store() {
  value_of AWSCURRENT >/work/current.json
  password_of </work/current.json >/work/current
  if value_of AWSPENDING >/work/pending.json 2>/work/error; then
    password_of </work/pending.json >/work/pending
  elif grep -q ResourceNotFoundException /work/error; then
    cp /work/current /work/pending
  else
    cat /work/error >&2
    exit 1
  fi
  # One that was proposed and not promoted is taken up again, never written over: the database may have it already.
  if ! cmp -s /work/current /work/pending; then return; fi
  created=$(date -d "$(field_of AWSCURRENT CreatedDate)" +%s)
  if [ $(($(date +%s) - created)) -lt $((ROTATION_DAYS * 86400)) ]; then return; fi
  head -c 1024 /dev/urandom | base64 -w0 | tr -dc 'A-Za-z0-9' | cut -c1-40 | tr -d '\n' >/work/pending
  sed -E "s/(\"password\" ?: ?\")(([^\"\\\\]|\\\\.)*)\"/\1$(cat /work/pending)\"/" /work/current.json >/work/pending.json
  aws secretsmanager put-secret-value --secret-id "$ENTRY" --secret-string file:///work/pending.json \
    --version-stages AWSPENDING --query VersionId --output text
}

promote() {
  if [ "$(cat /work/accepted)" != pending ]; then return; fi
  aws secretsmanager update-secret-version-stage --secret-id "$ENTRY" --version-stage AWSCURRENT \
    --move-to-version-id "$(field_of AWSPENDING VersionId)" --remove-from-version-id "$(field_of AWSCURRENT VersionId)" \
    --query Name --output text
}

case "$1" in read) read_store ;; promote) promote ;; esac
