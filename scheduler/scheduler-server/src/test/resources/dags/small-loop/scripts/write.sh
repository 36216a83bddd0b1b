# Writes a dataset's partition, and says so.
set -eu
name=$(printf %s "$1" | tr a-z A-Z)
target=$(printenv "TIDEGATE_OUTPUT_URI_$name")
mkdir -p "$target"
printf 'row,late\n1,0\n2,1\n' > "$target/part-0.csv"
echo "wrote $target"
printf '{"type":"metric","name":"rows","value":2,"dataset":"%s","samples":2}\n' "$1" >> "$TIDEGATE_OUTPUT"
printf '{"type":"metric","name":"rows","value":1,"dataset":"%s","slice":{"column":"late","value":"1"}}\n' "$1" >> "$TIDEGATE_OUTPUT"
printf '{"type":"output","name":"summary","value":{"rows":2}}\n{"type":"param","name":"late_minutes","value":%s}\n' \
  "$TIDEGATE_PARAM_LATE_MINUTES" >> "$TIDEGATE_OUTPUT"
printf '{"type":"dataset","direction":"write","dataset":"%s","partition":"%s","uri":"%s","rows":2,"bytes":18,"fingerprint":"sha256:%s"}\n' \
  "$1" "${TIDEGATE_INTERVAL_START%%T*}" "$target" "$1" >> "$TIDEGATE_OUTPUT"
