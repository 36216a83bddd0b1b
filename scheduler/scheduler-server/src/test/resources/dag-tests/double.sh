# Multiplies the numbers of the day's rows, and reports how many there are.
set -eu
mkdir -p "$(dirname "$TIDEGATE_OUTPUT_URI_DOUBLED")"
awk -F, -v factor="$1" 'NR == 1 { print; next } { print $1 "," $2 * factor }' "$TIDEGATE_INPUT_URI_RAW" > "$TIDEGATE_OUTPUT_URI_DOUBLED"
printf '{"type":"metric","name":"rows","value":2}\n' >> "$TIDEGATE_OUTPUT"
