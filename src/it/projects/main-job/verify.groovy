def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows "Created dataspace 'main-job': postgres 18.6, embedded", "Set dataspaces.url", "Took snapshot 'filled' of 'main-job'", "Rolled 'main-job' back to 'main-job/filled'"
log.shows 'orders: 2', ~/^main-job +running /, "Destroyed 'main-job' and 1 snapshot", 'BUILD SUCCESS'

return true
