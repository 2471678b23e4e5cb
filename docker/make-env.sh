#!/bin/sh
# Writes docker/.env with secrets that nobody else has, for compose.yaml. It keeps one that is there:
# with another POSTGRES_PASSWORD the database would not let anybody in.
set -eu
file="${1:-$(dirname "$0")/.env}"
if [ -e "$file" ]; then
  echo "$file is there already." >&2
  exit 1
fi
umask 077
secret() { od -An -tx1 -N"$1" /dev/urandom | tr -d ' \n'; }
cat > "$file" <<END
POSTGRES_PASSWORD=$(secret 24)
API_SECRET=$(secret 32)
METRICS_TOKEN=$(secret 24)
S3_ACCESS_KEY=$(secret 10)
S3_SECRET_KEY=$(secret 24)
GRAFANA_PASSWORD=$(secret 12)
END
echo "$file was written. Keep it: it opens everything."
