def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows "Created dataspace 'orders-maven'", 'Tests run: 1, Failures: 0, Errors: 0, Skipped: 0', "Stopped 'orders-maven' in", 'BUILD SUCCESS'
log.shows "Started 'orders-maven' on port", ~/PGDATABASE=/, 'BUILD SUCCESS'
log.shows "Destroyed 'orders-maven' in", 'BUILD SUCCESS'

return true
