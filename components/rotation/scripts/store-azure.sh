# read: what the store holds, into /work; a new candidate where the password is old enough.
# promote: the candidate becomes the current version. A vault knows no marks, so candidates have a secret of their own.
set -euo pipefail
umask 077
export AZURE_CONFIG_DIR=/tmp/azure AZURE_CORE_COLLECT_TELEMETRY=false
az login --service-principal --username "$AZURE_CLIENT_ID" --tenant "$AZURE_TENANT_ID" \
  --federated-token "$(cat "$AZURE_FEDERATED_TOKEN_FILE")" --output none

value_of() { az keyvault secret show --vault-name "$VAULT" --name "$1" --query value --output tsv | tr -d '\n'; }
# An end, by which it is renewed; what expired is still handed out.
put() {
  az keyvault secret set --vault-name "$VAULT" --name "$1" --file "$2" --encoding utf-8 --output none \
    --expires "$(date -u -d "+$((ROTATION_DAYS + 60)) days" +%Y-%m-%dT%H:%M:%SZ)"
}

read_store() {
  value_of "$ENTRY" >/work/current
  value_of "$CANDIDATE" >/work/pending
  # Nothing was ever proposed.
  if [ "$(cat /work/pending)" = none ]; then cp /work/current /work/pending; fi
  # An update of the server sets the password that the deployment knows: an earlier one, which the database is then brought back from.
  n=0
  for id in $(az keyvault secret list-versions --vault-name "$VAULT" --name "$ENTRY" --query '[].id' --output tsv); do
    az keyvault secret show --id "$id" --query value --output tsv | tr -d '\n' >"/work/earlier-$n"
    n=$((n + 1))
  done
  # One that was proposed and not promoted is taken up again, never written over: the database may have it already.
  if ! cmp -s /work/current /work/pending; then return; fi
  created=$(date -d "$(az keyvault secret show --vault-name "$VAULT" --name "$ENTRY" --query attributes.created --output tsv)" +%s)
  if [ $(($(date +%s) - created)) -lt $((ROTATION_DAYS * 86400)) ]; then return; fi
  head -c 1024 /dev/urandom | base64 -w0 | tr -dc 'A-Za-z0-9' | cut -c1-40 | tr -d '\n' >/work/pending
  put "$CANDIDATE" /work/pending
}

promote() {
  if [ "$(cat /work/accepted)" != pending ]; then return; fi
  put "$ENTRY" /work/pending
}

case "$1" in read) read_store ;; promote) promote ;; esac
