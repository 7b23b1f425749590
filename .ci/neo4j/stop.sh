#!/usr/bin/env bash
# Stops the server that start.sh started, and only that one; its data stay.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=${MAILLAGE_NEO4J_WORK:-$here/work}
alive() { ps -ww -o args= -p "$pid" 2>/dev/null | grep -q " Server $work/home "; }

[ -f "$work/pid" ] || exit 0
pid=$(cat "$work/pid")
if alive; then
    kill "$pid"
    for _ in $(seq 60); do
        alive || break
        sleep 0.5
    done
    if alive; then kill -9 "$pid"; fi
fi
rm -f "$work/pid" "$work/ready"
