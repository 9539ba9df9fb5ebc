def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

// named by dataspaces.yaml
log.shows "Created dataspace 'of-yaml'"
log.shows ~/^name +of-yaml$/, ~/^flavour +postgres 18/
log.shows ~/^database +typed$/, ~/^username +of_pom$/, ~/^expires +in 2 d$/, ~/^durable +yes$/
log.shows "Destroyed 'of-yaml'"

return true
