# Scores the interval: good at first, bad from the third week on.
set -eu
mkdir -p "$TIDEGATE_OUTPUT_URI_SCORES"
loss=0.48
case $TIDEGATE_INTERVAL_START in 2001-01-15* | 2001-01-22*) loss=0.61 ;; esac
printf '{"type":"metric","name":"log_loss","value":%s,"model":"small","role":"champion","samples":1000}\n' "$loss" >> "$TIDEGATE_OUTPUT"
