def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows ~/^forever +running .* never /, ~/^long +running .* in 23 h /, ~/^short +running .* (expired|in \d s) /
log.shows "Would remove dataspace 'short'", ~/^short +running /
log.shows "Destroyed 'short'", "Removed dataspace 'short'"
log.shows ~/^forever +running /, ~/^long +running /
log.shows 'There is nothing to remove'
log.fails "olderThan: 'old' is no length of time. Write for example 90s, 30m, 12h or 7d; 0 means for ever."
log.shows ~/Removed template of postgres 18/
log.shows "Destroyed 'forever'", "Destroyed 'long'"
assert log.count('short    running') == 2 // before, and after the dry run

return true
