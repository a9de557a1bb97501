# Which sets stay, and why: a pure function of their times. Needs calendar.awk. Reads a set a line, "20260102T030405Z verified" or
# "20260102T030405Z -", in any order; an empty line ends one history and begins another. Prints for each set, the newest first,
# "keep SET REASONS" or "drop SET".
#
# Of each of the last `daily` days that have a set the newest one of the day stays, and so for `weekly` weeks (from Monday, as in ISO 8601)
# and `monthly` months, all in UTC; and the newest verified one, however old.

function consider(period, value, limit, set) {
  if (value == last[period] || taken[period] == limit) return
  last[period] = value
  taken[period]++
  why[set] = why[set] (why[set] == "" ? "" : ",") period
}

function decide(    i, j, held, set, day) {
  for (i = 2; i <= n; i++) { # newest first; they come nearly in order
    held = sets[i]
    for (j = i - 1; j >= 1 && sets[j] < held; j--) sets[j + 1] = sets[j]
    sets[j + 1] = held
  }
  for (i = 1; i <= n; i++) {
    set = sets[i]
    day = days(substr(set, 1, 4) + 0, substr(set, 5, 2) + 0, substr(set, 7, 2) + 0)
    consider("daily", day, daily, set)
    consider("weekly", int((day + 3) / 7), weekly, set)
    consider("monthly", substr(set, 1, 6), monthly, set)
    if (verified[set] && !found) { found = 1; why[set] = why[set] (why[set] == "" ? "" : ",") "verified" }
  }
  for (i = 1; i <= n; i++) {
    if (why[sets[i]] == "") print "drop " sets[i]
    else print "keep " sets[i] " " why[sets[i]]
  }
  split("", last); split("", taken); split("", why); split("", verified); split("", sets)
  n = 0; found = 0
}

NF == 0 { decide(); print ""; next }
{ sets[++n] = $1; verified[$1] = ($2 == "verified") }
END { if (n > 0) decide() }
