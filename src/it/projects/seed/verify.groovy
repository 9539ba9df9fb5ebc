def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows "Created dataspace 'seed'", 'orders: 2', 'BUILD SUCCESS'
log.fails "There is no script $basedir/three.sql. Check the path, or write 'classpath:' before the name of a resource."
log.shows ~/^\[ERROR\] Failed to execute goal .*wrong\.sql.*/
log.shows "Destroyed 'seed'"
assert !new File(homes, 'shared/dataspaces/wrong').exists()

return true
