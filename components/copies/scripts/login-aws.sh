# The database's password, out of Secrets Manager's login in JSON, into a volume in memory.
set -euo pipefail
umask 077
aws secretsmanager get-secret-value --secret-id "$ENTRY" --query SecretString --output text |
  sed -nE 's/.*"password" ?: ?"(([^"\\]|\\.)*)".*/\1/p' | sed -E 's/\\(["\\/])/\1/g' | tr -d '\n' >/login/password
