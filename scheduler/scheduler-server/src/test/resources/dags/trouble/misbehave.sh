# Does what its first argument says.
case $1 in
  fine) echo "nothing wrong" ;;
  fail)
    echo "reading flights"
    echo "ERROR: cannot open landing/flights.parquet: the file is cut short" >&2
    exit 3
    ;;
  killed) kill -9 $$ ;;
  exit-137) exit 137 ;;
  garbage)
    head -c 300000 /dev/urandom >> "$TIDEGATE_OUTPUT"
    printf '\n{"type":"metric","name":"good","value":1}\nnot json\n{"type":"metric","name":"bad","value":"many"}\n' >> "$TIDEGATE_OUTPUT"
    ;;
  one-line)
    echo "head of the log"
    head -c 1073741824 /dev/zero | tr '\0' 'x'
    echo
    echo "tail of the log"
    ;;
  measured)
    echo '{"type":"progress","fraction":0.25,"message":"a quarter"}' >> "$TIDEGATE_OUTPUT"
    exec sleep 300
    ;;
  wait) exec sleep 300 ;;
  until)
    echo "waiting for $TIDEGATE_PARAM_HOW"
    while [ ! -e "$GO" ]; do sleep 0.05; done
    ;;
esac
