def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows "There are no dataspaces in ${homes}/list."
log.shows ~/^NAME +STATE +FLAVOUR +RUNTIME +PORT +SIZE +AGE +EXPIRES +FROM +SNAPSHOTS +URL$/
log.shows ~/^frozen +paused +postgres 18\.6 +embedded +\d+ +\d+ MB +\d+ (s|min) +never +- +- +jdbc:postgresql:/
log.shows ~/^shop +running +postgres 18\.6 +embedded +\d+ +\d+ MB +\d+ (s|min) +in 1 d +- +empty +jdbc:postgresql:/
log.shows ~/^still +stopped /
log.shows ~/^twin +running +postgres 18\.6 +embedded +\d+ +\d+ MB +\d+ (s|min) +never +shop +- /
log.shows ~/^NAME /, ~/^frozen /, ~/^shop /, ~/^twin /
log.shows "Destroyed 'shop'", ~/^NAME /, ~/^frozen /, ~/^still /, ~/^twin /
log.fails "outputFormat: there is no format 'xml'. Use text or json."
assert log.count('still   stopped') == 2 // not among the active
assert log.lines.count { it ==~ /shop +running .*/ } == 2 // not after it was destroyed

return true
