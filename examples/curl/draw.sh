#!/usr/bin/env bash
# Draws a picture as a job that survives a broken connection: draw.sh <prompt> [size]
set -euo pipefail

prompt=${1:?"usage: draw.sh <prompt> [size]"}
size=${2:-auto}
base=${DARKROOM_URL:-http://localhost:8787}
auth="Authorization: Bearer ${DARKROOM_KEY:-sk-darkroom-local}"

# As JSON: backslashes, quotes and line ends.
text=${prompt//\\/\\\\}
text=${text//\"/\\\"}
text=${text//$'\n'/\\n}

# curl may send this again, and there is one job all the same.
answer=$(curl -sS --retry 5 --retry-connrefused "$base/v1/images/generations" \
	-H "$auth" -H 'Content-Type: application/json' -H 'Prefer: respond-async' \
	-H "Idempotency-Key: $(date +%s)-$$-$RANDOM" \
	-d "{\"prompt\":\"$text\",\"size\":\"$size\"}")
id=$(grep -o 'job_[0-9a-f]\{64\}' <<<"$answer" | head -1) || {
	echo "$answer" >&2
	exit 1
}
echo "$id"

# Each time the connection breaks, continue after the last event that came.
last=0
event=
until [[ $event =~ ^(succeeded|failed|cancelled)$ ]]; do
	while read -r field value; do
		case $field in
		id:) last=$value ;;
		event:)
			event=$value
			echo "$last $event"
			;;
		esac
	done < <(curl -sN "$base/v1/jobs/$id/events?after=$last" -H "$auth")
	# 22 is an answer such as 401 or 404, which no repetition mends.
	curl -fs -o /dev/null "$base/v1/jobs/$id" -H "$auth" || {
		[ $? -ne 22 ] || exit 1
		sleep 1
	}
done

job=$(curl -sS "$base/v1/jobs/$id" -H "$auth")
if [ "$event" != succeeded ]; then
	grep -o '"error":{[^}]*}' <<<"$job" >&2
	exit 1
fi
grep -o '"url":"[^"]*"' <<<"$job" | cut -d '"' -f 4 | while read -r url; do
	file=${url%%\?*}
	file="${id:0:12}-${file##*/}"
	curl -sS -o "$file" "$url"
	echo "$file"
done
