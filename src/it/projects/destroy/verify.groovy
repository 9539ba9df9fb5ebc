def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows "Destroyed 'destroy' in"
log.fails "There is no dataspace 'destroy'. There are none. Make one with: mvn dataspaces:create -Ddataspaces.name=destroy"
log.shows "Created dataspace 'destroy'", 'relation "orders" does not exist'
log.shows ~/^destroy\/kept /, "Destroyed 'destroy' and 1 snapshot", 'There are no snapshots.'
log.shows "Destroyed 'another' in", "Destroyed 'destroy' in", "There are no dataspaces in ${homes}/destroy.", "There are no dataspaces in ${homes}/destroy.", 'BUILD SUCCESS'

return true
