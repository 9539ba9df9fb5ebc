def log = evaluate(new File(tools, 'BuildLog.groovy')).newInstance(basedir)

log.shows "Created dataspace 'seed'", 'orders: 2', 'BUILD SUCCESS'
log.fails "There is no script $basedir/three.sql. Check the path, or write 'classpath:' before the name of a resource."
log.shows ~/^\[ERROR\] Failed to execute goal .*wrong\.sql.*/
log.fails ~/There is no dataspace 'wrong'\. .*/
log.shows "Destroyed 'seed'"

return true
