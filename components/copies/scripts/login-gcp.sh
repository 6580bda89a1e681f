# The database's password, out of Secret Manager, into a volume in memory.
set -euo pipefail
umask 077
export CLOUDSDK_CONFIG=/tmp/gcloud CLOUDSDK_CORE_DISABLE_PROMPTS=1
gcloud secrets versions access latest --secret "$ENTRY" --project "$PROJECT" | tr -d '\n' >/login/password
