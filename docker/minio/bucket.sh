#!/bin/sh
# Makes the bucket of the tables. May be run again.
set -eu
# From standard input, so that no list of processes shows the keys.
{ cat /run/secrets/s3_access_key; echo; cat /run/secrets/s3_secret_key; echo; } | mc alias set lake http://minio:9000
mc mb --ignore-existing lake/lake
