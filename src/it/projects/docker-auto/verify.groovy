def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows ~/Created dataspace 'docker-auto': postgres 17\.\d+, docker, port \d+ in/
log.fails ~/The dataspace 'docker-auto' is of postgres 17.*, but flavour=postgres:18 was asked for\. .*/

return true
