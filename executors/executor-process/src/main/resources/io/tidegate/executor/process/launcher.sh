# Starts attempts and writes down how each ended, whoever is there to read it.
#
# A server starts one such shell, the leader of a session of its own, and writes this text and then its requests to standard input; what
# there is to tell goes to standard output, a line each. Each request is a subshell in the background, which goes on when the server and
# this shell are gone. A request that is cut off by the server's death lacks its closing brace, and is not run:
#
#   {
#   ( begin NUMBER LAUNCH-KEY WORKING-DIRECTORY
#   NAME=value… setsid PROGRAM ARGUMENT… < /dev/null >&5 2>&1 3>&- 5>&-
#   finish $? ) &
#   }
#
# The program is the leader of a session of its own, and has neither this shell's pipes nor its signals; its variables are never
# this shell's own.
#
# Arguments: the attempts' folder, path of dd, bytes of the log's head, bytes of one segment of its tail.
root=$1
dd=$2
head=$3
segment=$4
file_size=$(ulimit -S -f)
read -r boot < /proc/sys/kernel/random/boot_id
cd /
exec 3>&1 > /dev/null 2>&1

# Field 22 of stat, after the name in parentheses: when this process started, in ticks since boot. With the process id and the
# boot's id it names this process and no other, for ever. In a subshell $$ is another's.
identify() {
  read -r stat < /proc/self/stat
  pid=${stat%% *}
  # shellcheck disable=SC2086
  start_of ${stat##*) }
}

start_of() {
  shift 19
  start=$1
}

# Opens an empty pipe, to be read from 4 and written to by 5. The shell makes one for the document, and Linux opens it a second time by
# this name; shells that keep documents in files need another program.
open_pipe() {
  exec 4<< END
END
  if [ ! -p /proc/self/fd/4 ]; then
    mkfifo "$folder/pipe" && exec 4<> "$folder/pipe" && rm "$folder/pipe" || exit
  fi
  exec 5> /proc/self/fd/4 4< /proc/self/fd/4
}

# Claims an attempt and opens its log, or says why not and ends.
begin() {
  # A signal to everything is for the program. The exit code is written all the same.
  trap : HUP INT QUIT TERM USR1 USR2 PIPE
  key=$2
  folder=$root/$2
  if ! cd -P -- "$3"; then
    printf 'failed %s\n' "$1" >&3
    exit
  fi
  unset OLDPWD
  identify
  # The claim. It is made by creating a file that must not exist, so that of two launches under one key only one goes on, also
  # when a launcher died between beginning this and hearing of it.
  set -C
  if ! printf '%s %s %s\n' "$pid" "$start" "$boot" > "$folder/started"; then
    printf 'taken %s\n' "$1" >&3
    exit
  fi
  set +C
  printf 'claimed %s %s %s %s\n' "$1" "$pid" "$start" "$boot" >&3
  open_pipe
  (
    exec <&4 3>&- 4<&- 5>&-
    keep_log
  ) &
  keeper=$!
  exec 4<&-
}

# Writes down how the program ended, and waits for the last of its log. A signal cuts waiting short.
finish() {
  write_exit "$1"
  exec 5>&-
  until wait "$keeper" || ! kill -0 "$keeper"; do
    :
  done
  printf 'ended %s %s\n' "$key" "$1" >&3
}

# Writing the exit code is tried again while the disk is full.
write_exit() {
  tries=0
  until printf '%s\n' "$1" > "$folder/exit"; do
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
  LC_ALL=C
  export LC_ALL
  cd /
  ulimit -S -f "$((head / 512))"
  "$dd" bs=4096 oflag=append conv=notrunc of="$folder/log" status=none && return 0
  ulimit -S -f "$file_size"
  number=1
  while "$dd" bs=16384 iflag=fullblock count="$((segment / 16384))" of="$folder/log.$number" status=none; do
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
  printf '\n[tidegate: the disk was full; the rest of the log is lost]\n' >> "$file"
}
