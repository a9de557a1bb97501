# When a schedule is due: a pure function of a crontab's five fields (crontab(5): lists, ranges, steps, names; a day fits by day of the month
# or by day of the week where both are restricted) and of the clock of TZ. Needs calendar.awk.
#
#   awk -v expression='0 2 * * *' -v from=SECONDS [-v backwards=1] -f calendar.awk -f schedule.awk
#
# Prints the first due minute after `from`, or the last one at or before it, in seconds since the epoch. Where the clock is put forward, what
# was due in the minutes that are left out is due right after them; where it is put back, what is due at fixed hours is due once.
# Ends with 2 and says why where the expression is none, or is never due.

function refuse(why) {
  print why
  failed = 1
  exit 2
}

function number(text, names,    at) {
  if (text ~ /^[0-9]+$/) return text + 0
  at = index(names, tolower(text))
  if (names == "" || length(text) != 3 || at % 4 != 1) return -1
  return int(at / 4) + (names ~ /^jan/)
}

function read_field(name, text, least, most, names,    n, i, parts, range, ends, step, value) {
  n = split(text, parts, ",")
  if (n == 0) refuse("its " name " is empty")
  for (i = 1; i <= n; i++) {
    step = 1
    range = parts[i]
    if (split(range, ends, "/") == 2 && ends[2] ~ /^[0-9]+$/ && ends[2] > 0 && (ends[1] == "*" || ends[1] ~ /-/)) {
      step = ends[2] + 0
      range = ends[1]
    }
    if (range == "*") range = least "-" most
    if (split(range, ends, "-") == 1) ends[2] = ends[1]
    ends[1] = number(ends[1], names)
    ends[2] = number(ends[2], names)
    if (range ~ /-.*-/ || ends[1] < least || ends[2] > most || ends[1] > ends[2])
      refuse("its " name " is " text ", and should be numbers from " least " to " most ", such as " least ", " least "-" most ", */" (least + 2) " or *")
    for (value = ends[1]; value <= ends[2]; value += step) due[name, value] = 1
  }
}

function read_expression(text,    fields) {
  if (text == "@hourly") text = "0 * * * *"
  if (text == "@daily" || text == "@midnight") text = "0 0 * * *"
  if (text == "@weekly") text = "0 0 * * 0"
  if (text == "@monthly") text = "0 0 1 * *"
  if (split(text, fields, " ") != 5) refuse("it should have five fields: minute, hour, day of the month, month, day of the week")
  read_field("minute", fields[1], 0, 59, "")
  read_field("hour", fields[2], 0, 23, "")
  read_field("day of the month", fields[3], 1, 31, "")
  read_field("month", fields[4], 1, 12, "jan feb mar apr may jun jul aug sep oct nov dec")
  read_field("day of the week", fields[5], 0, 7, "sun mon tue wed thu fri sat")
  if (("day of the week", 7) in due) due["day of the week", 0] = 1
  every_hour = fields[2] ~ /^\*/
  any_day = fields[3] ~ /^\*/
  any_weekday = fields[5] ~ /^\*/
}

# The clock's minutes, as if all days had 24 hours.
function clock(t,    f) {
  split(strftime("%Y %m %d %H %M", t), f, " ")
  month[t] = f[2] + 0
  day_of_month[t] = f[3] + 0
  return days(f[1] + 0, f[2] + 0, f[3] + 0) * 1440 + f[4] * 60 + f[5]
}

function fits_day(t,    minutes, by_date, by_weekday) {
  minutes = clock(t)
  if (!(("month", month[t]) in due)) return 0
  by_date = ("day of the month", day_of_month[t]) in due
  by_weekday = ("day of the week", (int(minutes / 1440) + 4) % 7) in due
  if (any_day || any_weekday) return by_date && by_weekday
  return by_date || by_weekday
}

function fits_time(minutes) {
  return ("minute", minutes % 60) in due && ("hour", int(minutes / 60) % 24) in due
}

function is_due(t,    now, minute) {
  now = clock(t)
  for (minute = clock(t - 60) + 1; minute < now; minute++) {
    if (int(minute / 1440) == int(now / 1440) && fits_time(minute)) return 1
  }
  if (!fits_time(now)) return 0
  return every_hour || !(clock(t - 1800) == now || clock(t - 3600) == now || clock(t - 7200) == now)
}

BEGIN {
  read_expression(expression)
  step = backwards ? -60 : 60
  t = int(from / 60) * 60 + (backwards ? 0 : 60)
  for (hours = 0; hours < 35088; hours++) { # four years and a day: 29 February comes
    split("", month)
    split("", day_of_month)
    if (fits_day(t)) {
      today = int(clock(t) / 1440)
      do {
        if (is_due(t)) {
          print t
          exit
        }
        t += step
      } while (int(clock(t) / 1440) == today)
      hours += 23
      continue
    }
    # To where the next day begins, or the one before ends.
    today = int(clock(t) / 1440)
    t += step * 60
    if (int(clock(t) / 1440) != today) while (int(clock(t - step) / 1440) != today) t -= step
  }
  if (!failed) refuse("it is never due")
}
