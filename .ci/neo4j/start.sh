#!/usr/bin/env bash
# Starts a Neo4j 5.26 LTS server on loopback, without Docker, and returns once it accepts logins.
#
#   NEO4J_PASSWORD         password of user neo4j, set at the first start (default: maillage-test)
#   NEO4J_PORT             Bolt port (default: 7687 if free, else a free one)
#   MAILLAGE_NEO4J_WORK    folder of the server: data, log, process id (default: .ci/neo4j/work)
#
# Writes what clients need into "$MAILLAGE_NEO4J_WORK/env", to be read with `source`.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=${MAILLAGE_NEO4J_WORK:-$here/work}
export NEO4J_PASSWORD=${NEO4J_PASSWORD:-maillage-test}
mkdir -p "$work"

say() { printf 'neo4j: %s\n' "$*" >&2; }

# A process id alone may be a zombie's, or another program's after a restart of the machine.
alive() { [ -f "$work/pid" ] && ps -ww -o args= -p "$(cat "$work/pid")" 2>/dev/null | grep -q " Server $work/home "; }

if alive; then
    say "déjà démarré ; adresse et identifiants dans $work/env"
    exit 0
fi

java_is_enough() {
    command -v javac >/dev/null && command -v mvn >/dev/null &&
        [ "$(javac -version 2>&1 | sed 's/[^0-9]*\([0-9]*\).*/\1/')" -ge 17 ]
}

if ! java_is_enough; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "installe Java 17 et Maven"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq openjdk-17-jdk-headless maven >/dev/null
    fi
    java_is_enough || { say "il faut Java 17 ou plus récent (javac compris) et Maven (mvn)"; exit 1; }
fi

jars=$here/work/jars
if [ ! -f "$jars/complete" ]; then
    say "copie les bibliothèques du serveur (116 Mo)"
    mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DincludeScope=runtime \
        -DoutputDirectory="$jars" >"$work/maven.log" 2>&1 || { tail -n 20 "$work/maven.log" >&2; exit 1; }
    touch "$jars/complete"
fi
mkdir -p "$here/work/classes"
javac -cp "$jars/*" -d "$here/work/classes" "$here/Server.java"

# Asks the system for a port: the wanted one if it is free, else any free one.
port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
port=${NEO4J_PORT:-}
if [ -z "$port" ]; then
    port=7687
    until port_is_free "$port"; do port=$((20000 + RANDOM % 20000)); done
elif ! port_is_free "$port"; then
    say "le port $port est déjà pris"
    exit 1
fi

rm -f "$work/ready"
# nohup: the server outlives the shell and the make that started it.
nohup java -Xmx"${MAILLAGE_NEO4J_HEAP:-3g}" -XX:+UseParallelGC \
    --add-opens=java.base/java.nio=ALL-UNNAMED --add-opens=java.base/java.io=ALL-UNNAMED \
    --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED \
    -cp "$jars/*:$here/work/classes" Server "$work/home" "$port" "$work/ready" \
    >"$work/server.log" 2>&1 </dev/null &
echo $! >"$work/pid"

for _ in $(seq 240); do
    sleep 0.5
    [ -f "$work/ready" ] && break
    alive || break
done
if [ ! -f "$work/ready" ]; then
    say "le serveur n’a pas démarré ; fin de son journal :"
    tail -n 30 "$work/server.log" >&2
    exit 1
fi
umask 077
cat >"$work/env" <<END
export NEO4J_URI=bolt://127.0.0.1:$port
export NEO4J_USERNAME=neo4j
export NEO4J_PASSWORD='$NEO4J_PASSWORD'
END
say "prêt sur bolt://127.0.0.1:$port ; identifiants dans $work/env"
