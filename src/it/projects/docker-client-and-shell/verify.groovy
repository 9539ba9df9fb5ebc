def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows 'on shop as dataspace', 'BUILD SUCCESS'
log.shows 'relation "nothing" does not exist'
log.fails 'The client ended with exit code 1.'
log.shows ~/in \S+, data in \/var\/lib\/postgresql\/data/, 'BUILD SUCCESS'
log.fails 'The shell ended with exit code 7.'

return true
