#!/usr/bin/env bash
# Deploys the EAR on a Payara Server of its own (unpacked under payments-ear/target) with an embedded
# database and the provider simulator, and does the main job once: log in, connect, pay, callback,
# report. Exit status 0 when all of it worked. The first time it fetches the server (170 MB).
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec mvn -B -ntp -q -Pear-smoke -pl payments-ear -am verify \
  -Dspotless.check.skip=true -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false \
  -Dit.test=EarSmoke -Dfailsafe.failIfNoSpecifiedTests=false "$@"
