def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows "Created dataspace 'import'", "Imported orders.sql into 'import'", 'BUILD SUCCESS'
log.shows ~/^\[ERROR\] Failed to execute goal .*wrong\.sql failed in line 3, at "insert into nowhere values \(1\)".*/
log.fails "There is no dump $basedir/missing.sql. Check the path, or write 'classpath:' before the name of a resource."
log.fails 'No dump was named. Say which with -Ddataspaces.file=..., or - for the standard input.'
log.shows 'orders: 3', "Prepared a filled postgres server", 'orders: 2', "Destroyed 'import'"

return true
