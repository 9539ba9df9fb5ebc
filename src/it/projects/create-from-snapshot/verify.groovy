def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows "Took snapshot 'filled' of 'create-from-snapshot'", "Destroyed 'create-from-snapshot' in"
log.shows "Created dataspace 'from-filled': postgres 18.6, embedded", 'orders: 2', ~/^from +create-from-snapshot\/filled$/
log.fails ~/The snapshot 'create-from-snapshot\/filled' is of postgres 18.*, but flavour=postgres:17 was asked for\. Ask for the same, or make a new dataspace and import the data\./
log.fails ~/The snapshot 'create-from-snapshot\/filled' is of postgres 18.*, but flavour=mysql was asked for\. .*/
log.fails ~/The snapshot 'create-from-snapshot\/filled' has runtime=embedded, but runtime=docker was asked for\. .*/
log.fails "Dataspace 'create-from-snapshot' has no snapshot 'missing'. It has: filled. Take one with: mvn dataspaces:snapshot -Ddataspaces.name=create-from-snapshot -Ddataspaces.snapshot=missing"
log.fails ~/There is no dataspace 'other'\. .*/
log.shows "Deleted snapshot 'create-from-snapshot/filled'", "Destroyed 'from-filled'"

return true
