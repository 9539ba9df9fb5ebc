def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows 'folder shell, database dataspace', 'BUILD SUCCESS'
log.fails 'The shell ended with exit code 3.'
log.fails ~/There is no dataspace 'nobody'\. .*/

return true
