def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows ~/Copied 'copy' to dataspace 'copy-two': postgres 18\.6, embedded, port \d+ in [\d.]+ m?s$/
log.fails "No 'to' was given. Say the new dataspace's name with -Ddataspaces.to=..."
log.fails ~/There is a dataspace 'copy' already\. .*/
log.fails "There is a dataspace 'copy-two' already. Choose another name, or destroy it first with: mvn dataspaces:destroy -Ddataspaces.name=copy-two"
log.shows 'orders: 2', 'BUILD SUCCESS'
log.shows 'orders: 2', 'BUILD SUCCESS'
log.shows 'orders: 3', 'BUILD SUCCESS'
log.shows "Destroyed 'copy'", "Destroyed 'copy-two'"

return true
