# read: what the store holds, into /work; a new candidate where the password is old enough.
# promote: the candidate becomes the current version. `latest` is the newest version at once, so candidates have a secret
# of their own: the time of the proposal in its first line, since who may read a version isn't told its age, then the password.
set -euo pipefail
umask 077
export CLOUDSDK_CONFIG=/tmp/gcloud CLOUDSDK_CORE_DISABLE_PROMPTS=1

value_of() { gcloud secrets versions access latest --secret "$1" --project "$PROJECT"; }
put() { gcloud secrets versions add "$1" --project "$PROJECT" --data-file "$2" --quiet; }

read_store() {
  value_of "$ENTRY" | tr -d '\n' >/work/current
  value_of "$CANDIDATE" >/work/proposal
  # As it was born: ages count from now.
  if [ "$(cat /work/proposal)" = none ]; then
    { date -u +%Y-%m-%dT%H:%M:%SZ; } >/work/proposal
    put "$CANDIDATE" /work/proposal
  fi
  sed -n 2p /work/proposal | tr -d '\n' >/work/pending
  # Nothing was ever proposed.
  if [ ! -s /work/pending ]; then cp /work/current /work/pending; fi
  # One that was proposed and not promoted is taken up again, never written over: the database may have it already.
  if ! cmp -s /work/current /work/pending; then return; fi
  proposed=$(date -d "$(sed -n 1p /work/proposal)" +%s)
  if [ $(($(date +%s) - proposed)) -lt $((ROTATION_DAYS * 86400)) ]; then return; fi
  head -c 1024 /dev/urandom | base64 -w0 | tr -dc 'A-Za-z0-9' | cut -c1-40 | tr -d '\n' >/work/pending
  { date -u +%Y-%m-%dT%H:%M:%SZ; cat /work/pending; } >/work/proposal
  put "$CANDIDATE" /work/proposal
}

promote() {
  if [ "$(cat /work/accepted)" != pending ]; then return; fi
  put "$ENTRY" /work/pending
}

case "$1" in read) read_store ;; promote) promote ;; esac
