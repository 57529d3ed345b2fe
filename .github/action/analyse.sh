#!/usr/bin/env bash
# The step of `action.yml` that analyses: inputs arrive in the environment, so that nothing of them is ever run as code.
set -euo pipefail

codeant() { node "$CODEANT_ACTION/dist/server/main.mjs" "$@"; }

read -r -a paths <<<"$INPUT_PATHS"
options=(--locale "$INPUT_LOCALE")
[ "$INPUT_BASELINE" = true ] && options+=(--baseline)

since=$INPUT_SINCE
if [ -z "$since" ] && [ -n "${BASE_REF:-}" ]; then
  git fetch --quiet --no-tags --depth=1 origin "$BASE_REF" && since=FETCH_HEAD
  # The common ancestor is needed, too; a shallow clone may not have it.
  git merge-base "$since" HEAD >/dev/null 2>&1 || git fetch --quiet --unshallow origin || true
fi
[ -n "$since" ] && [ "$since" != never ] && options+=(--changed-since "$since")

if [ -n "$INPUT_SARIF" ]; then
  codeant analyze "${paths[@]}" "${options[@]}" --format sarif --fail-on never >"$INPUT_SARIF"
fi
report=$(mktemp)
status=0
codeant analyze "${paths[@]}" "${options[@]}" --format github --fail-on "$INPUT_FAIL_ON" | tee "$report" || status=$?
echo "findings=$(grep -c '^::' "$report" || true)" >>"${GITHUB_OUTPUT:-/dev/null}"
exit "$status"
