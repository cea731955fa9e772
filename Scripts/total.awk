# Totals of test runs: every skip with its reason, every failure by name, and one last line.
#
# Input: "begin LABEL", the JSON lines of Swift Testing's event stream, "end STATUS [REASON]"; and "failed WHAT" for a
# step that isn't a test. Suites are not counted, a test with many cases is one. A run that didn't end, or that ended
# badly without a failed test, is one failure more. Exits 1 where anything failed.

# The string value of a key; keys inside strings are escaped, so the first match is the key.
function value(key,    start, text, out, c, i) {
  start = index($0, "\"" key "\":\"")
  if (!start) return ""
  text = substr($0, start + length(key) + 4)
  out = ""
  for (i = 1; i <= length(text); i++) {
    c = substr(text, i, 1)
    if (c == "\"") return out
    if (c == "\\") { i++; c = substr(text, i, 1); if (c == "n") c = " " }
    out = out c
  }
  return out
}

function fail(what) { failed++; failedHere++; print "FAILED  " what }

$1 == "failed" { sub(/^failed /, ""); fail($0); next }
$1 == "begin" { label = $2; failedHere = 0; hasEnded = 0; countHere = 0; split("", isFunction); split("", isRunning); next }

/^{"kind":"test",/ { if (index($0, ",\"kind\":\"function\",")) isFunction[value("id")] = 1; next }
!/^{"kind":"event",/ && $1 != "end" { next }

index($0, ",\"kind\":\"runEnded\",") { hasEnded = 1; next }
index($0, ",\"kind\":\"testStarted\",") { id = value("testID"); if (id in isFunction) isRunning[id] = 1; next }
index($0, ",\"kind\":\"testSkipped\",") {
  id = value("testID")
  if (id in isFunction) { skipped++; countHere++; print "skipped " label ": " value("text") }
  next
}
index($0, ",\"kind\":\"testEnded\",") {
  id = value("testID")
  delete isRunning[id]
  if (!(id in isFunction)) next
  countHere++
  symbol = value("symbol")
  if (symbol == "skip") { skipped++; print "skipped " label ": " value("text") }
  else if (symbol == "fail") fail(label ": " value("text"))
  else passed++
  next
}

$1 == "end" {
  status = $2
  reason = $0
  sub(/^end [^ ]* ?/, "", reason)
  if (reason == "") reason = "exit status " status
  if (!hasEnded) {
    running = ""
    for (id in isRunning) running = running (running == "" ? "" : ", ") id
    fail(label ": the run crashed or hung (" reason "); " (running == "" ? "no test was running" : "running: " running))
  } else if (status != 0 && !failedHere) {
    fail(label ": the run ended with " reason " though no test failed")
  } else if (!countHere) {
    fail(label ": the run held no test")
  }
}

END {
  printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
  exit failed > 0
}
