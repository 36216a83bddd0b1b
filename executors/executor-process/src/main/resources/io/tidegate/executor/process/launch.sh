# Runs one attempt and writes down how it ended, whoever is there to read it.
#
# Arguments: the attempt's folder, the path of dd, bytes of the log's head, bytes of one segment of its tail, and then the
# program with its arguments, which pass through here as they are. The caller has made this process the leader of a session of
# its own, with nothing on standard input.
folder=$1
dd=$2
head=$3
segment=$4
shift 4

# Field 22 of stat, after the name in parentheses: when this process started, in ticks since boot. With the process id and the
# boot's id it names this process and no other, for ever.
start_of() {
  shift 19
  start=$1
}
read -r stat < "/proc/$$/stat"
# shellcheck disable=SC2086
start_of ${stat##*) }
read -r boot < /proc/sys/kernel/random/boot_id

# The claim. It is made by creating a file that must not exist, so that of two launches under one key only one goes on, also
# when a launcher died between starting this script and hearing of it.
set -C
printf '%s %s %s\n' "$$" "$start" "$boot" 2> /dev/null > "$folder/started" || exit 0
set +C

# A signal to the whole group is for the program. The exit code is written all the same.
trap : HUP INT QUIT TERM USR1 USR2 PIPE

# Writing the exit code is tried again while the disk is full.
write_exit() {
  tries=0
  until printf '%s\n' "$1" 2> /dev/null > "$folder/exit"; do
    tries=$((tries + 1))
    [ "$tries" -le 600 ] || return 0
    sleep 1
  done
}

# Keeps the first bytes in log, and the newest ones in up to three segments: the one that grows and the two before it.
#
# The head must be there to be followed as soon as it is printed. dd writes what it read at once, but its count is one of reads and
# not of bytes, so a limit on the size of files ends it; what it had read beyond that, less than a block, is lost. Segments are
# written in full blocks. When the disk is full the rest is read and dropped, since a program must not die of its log.
keep_log() {
  trap '' HUP INT QUIT TERM USR1 USR2 PIPE XFSZ
  (
    ulimit -f "$((head / 512))"
    exec "$dd" bs=4096 oflag=append conv=notrunc of="$folder/log" status=none 2> /dev/null
  ) && return 0
  number=1
  while "$dd" bs=16384 iflag=fullblock count="$((segment / 16384))" of="$folder/log.$number" status=none 2> /dev/null; do
    if [ ! -s "$folder/log.$number" ]; then
      rm -f "$folder/log.$number"
      return 0
    fi
    rm -f "$folder/log.$((number - 2))"
    number=$((number + 1))
  done
  cat > /dev/null
  # Whoever reads the log must know that it is not whole; there may be room again by now.
  file=$folder/log.$number
  if [ ! -s "$file" ]; then
    rm -f "$file"
    file=$folder/log.$((number - 1))
    [ "$number" -gt 1 ] || file=$folder/log
  fi
  printf '\n[tidegate: the disk was full; the rest of the log is lost]\n' 2> /dev/null >> "$file"
}

{
  trap : HUP INT QUIT TERM USR1 USR2 PIPE
  "$@"
  write_exit "$?"
} 2>&1 | keep_log
