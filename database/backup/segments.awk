# Reads names of segments of one timeline, in order; prints "FIRST LAST" for each run of them that has no hole. The last eight digits of a name
# count to FF: a segment has 16 MiB.

function number(text,    i, n) {
  for (i = 1; i <= length(text); i++) n = n * 16 + index("0123456789ABCDEF", substr(text, i, 1)) - 1
  return n
}

{
  position = number(substr($0, 9, 8)) * 256 + number(substr($0, 17, 8))
  if (NR == 1) first = $0
  else if (position != last_position + 1) { print first, last; first = $0 }
  last = $0
  last_position = position
}

END { if (NR > 0) print first, last }
