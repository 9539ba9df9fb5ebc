def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

def port = (log.shows(~/Created dataspace 'docker-spine': postgres \S+, docker, port \d+ in/) =~ /port (\d+)/)[0][1]
log.shows ~/Took snapshot 'filled' of 'docker-spine' in [\d.]+ m?s: \d+ MB by \S+/
log.shows ~/Rolled 'docker-spine' back to 'docker-spine\/filled' in [\d.]+ m?s/, 'orders: 2', 'BUILD SUCCESS'
log.shows "Copied 'docker-spine' to dataspace 'docker-twin'", 'BUILD SUCCESS'
log.shows "Paused 'docker-spine'", ~/^docker-spine +paused +postgres \S+ +docker +$port /, ~/^docker-twin +running /, "Resumed 'docker-spine'"
log.shows "Stopped 'docker-spine'", ~/^state +stopped$/, "Started 'docker-spine' on port $port", ~/^state +running$/, ~/^runtime +docker \(postgres:\S+\)$/, ~/^port +$port$/
log.shows 'orders: 2', 'orders: 3', 'BUILD SUCCESS'
log.shows "Created dataspace 'docker-from'", 'orders: 2'
log.fails ~/The snapshot 'docker-spine\/filled' has runtime=docker, but runtime=embedded was asked for\. .*/
log.shows "Destroyed 'docker-from'", "Destroyed 'docker-spine' and 1 snapshot", "Destroyed 'docker-twin'", "There are no dataspaces in ${homes}/docker-spine."

return true
