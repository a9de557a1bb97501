# Passes lines on, and keeps them in `file` and the two before it, `most` bytes each. `size` is what the file holds already.
# Every line is out at once. Written for mawk and busybox alike, which the two PostgreSQL images have.

function rotate() {
  close(file)
  if (system("mv -f '" file ".1' '" file ".2' 2>/dev/null; mv -f '" file "' '" file ".1'") != 0) exit 1
  size = 0
}

{
  print
  fflush()
  line = length($0) < most ? $0 : substr($0, 1, most - 1)
  if (size > 0 && size + length(line) + 1 > most) rotate()
  print line >> file
  fflush(file)
  size += length(line) + 1
}
