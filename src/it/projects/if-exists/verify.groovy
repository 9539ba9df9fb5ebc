def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows "Created dataspace 'if-exists'", 'orders: 2', 'BUILD SUCCESS'
log.fails "There is a dataspace 'if-exists' already. Use it, choose another name, or say -Ddataspaces.ifExists=reuse or -Ddataspaces.ifExists=replace."
log.shows "Dataspace 'if-exists' runs already, on port", 'orders: 2', 'BUILD SUCCESS'
log.fails ~/The dataspace 'if-exists' is of postgres 18.*, but flavour=postgres:17 was asked for\. .*/
log.shows "Destroyed 'if-exists'", "Created dataspace 'if-exists'", 'relation "orders" does not exist'
log.shows "Destroyed 'if-exists'"

return true
