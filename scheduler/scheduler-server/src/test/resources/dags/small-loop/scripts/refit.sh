# Makes a model version: $1 is the folder of versions, $2 the interval. The refit of 2001-01-22 is no better than the champion.
set -eu
bundle="$1/$TIDEGATE_LAUNCH_KEY"
mkdir -p "$bundle"
echo model > "$bundle/weights"
champion=0.60
challenger=0.50
case $2 in 2001-01-22) challenger=0.60 ;; esac
{
  printf '{"type":"metric","name":"log_loss","value":%s,"model":"small","role":"challenger","samples":1000}\n' "$challenger"
  printf '{"type":"metric","name":"log_loss","value":%s,"model":"small","role":"champion","samples":1000}\n' "$champion"
  printf '{"type":"model","name":"small","uri":"%s","fingerprint":"sha256:%s","params":{"depth":5},"metrics":{"log_loss":%s},"trained_on":[{"dataset":"features","partition":"%s","fingerprint":"sha256:features"}]}\n' \
    "$bundle" "$TIDEGATE_LAUNCH_KEY" "$challenger" "$2"
} >> "$TIDEGATE_OUTPUT"
