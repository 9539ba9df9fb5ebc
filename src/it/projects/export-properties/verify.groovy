def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows ~/Set dataspaces\.url, dataspaces\.host, .* for dataspace 'export-properties'\.$/
log.shows "Set db.url, db.host, db.port, db.database, db.username, db.password for dataspace 'second'."
def ports = log.shows(~/two ports: \d+ and \d+/) =~ /ports: (\d+) and (\d+)/
assert ports[0][1] != ports[0][2]
log.shows 'BUILD SUCCESS', "Destroyed 'export-properties'", "Destroyed 'second'"
log.shows ~/\[ERROR\].* requires a project to execute but there is no POM/

return true
