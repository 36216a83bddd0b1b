# A step of the soak. It writes down itself when it begins and ends, so that what the server says can be held against it.
#
# Arguments: the ledger, what to do, and for how many seconds. A line of the ledger is shorter than a block and written at once to a file
# that is open for appending, so lines never mix.
ledger=$1
work=$2
seconds=$3

line() {
  printf '%s %s %s %s %s %s %s\n' \
    "$(date +%s.%N)" "$1" "$TIDEGATE_LAUNCH_KEY" "$TIDEGATE_RUN_ID" "$TIDEGATE_DAG" "$TIDEGATE_STEP" "$2" >> "$ledger"
}

finish() {
  echo "end of $TIDEGATE_LAUNCH_KEY"
  line ended "$1"
  exit "$1"
}

pass() {
  sleep "$seconds" &
  wait "$!"
}

line began "$$"
echo "begin of $TIDEGATE_LAUNCH_KEY"
if [ "$work" != stubborn ]; then
  trap 'line stopped 143; exit 143' TERM
fi
case $work in
  pass)
    pass
    ;;
  fail-first)
    pass
    [ "$TIDEGATE_ATTEMPT" -gt 1 ] || finish 3
    ;;
  flag)
    pass
    mkdir -p "$(dirname "$4")"
    : > "$4"
    ;;
  flood)
    i=0
    while [ "$i" -lt 20000 ]; do
      echo "line $i of a program that says far too much and does not stop, whatever becomes of whoever listens"
      i=$((i + 1))
    done
    head -c 1048576 /dev/zero | tr '\0' a
    echo
    ;;
  stubborn)
    trap '' TERM
    setsid sleep 600 &
    (trap '' TERM; sleep "$seconds") &
    wait "$!"
    ;;
esac
finish 0
