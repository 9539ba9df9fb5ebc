def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.fails "There is no flavour 'postgers'. Did you mean 'postgres'? There are: mariadb, mysql, postgres."
log.fails "There is no runtime 'podman'. Use one of: auto, embedded, docker."
log.fails 'port: 70000 is no TCP port. Use 1 to 65535, or 0 for a free one.'
log.fails "ttl: 'tomorrow' is no length of time. Write for example 90s, 30m, 12h or 7d; 0 means for ever."
log.fails "skip: 'perhaps' is neither true nor false. Write true or false."
log.shows '[WARNING] No goal knows -Ddataspaces.flavor. Did you mean -Ddataspaces.flavour?'
assert !new File(homes, 'shared/dataspaces/bad-settings').exists()

return true
