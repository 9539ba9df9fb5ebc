def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows "Created dataspace 'lifecycle'", "Set dataspaces.url, dataspaces.host, dataspaces.port, dataspaces.database, dataspaces.username, dataspaces.password for dataspace 'lifecycle', also in"
log.shows 'Tests run: 1, Failures: 0, Errors: 0, Skipped: 0', "Stopped 'lifecycle' in", ~/^state +stopped$/, 'BUILD SUCCESS'
log.shows "Started 'lifecycle' on port", 'Tests run: 1, Failures: 0, Errors: 0, Skipped: 0', "Stopped 'lifecycle' in", "Destroyed 'lifecycle'", 'BUILD SUCCESS'

def file = new File(basedir, 'target/db.properties').toPath()
assert java.nio.file.attribute.PosixFilePermissions.toString(java.nio.file.Files.getPosixFilePermissions(file)) == 'rw-------'
def properties = new Properties()
file.toFile().withReader { properties.load(it) }
assert properties.stringPropertyNames() == ['url', 'host', 'port', 'database', 'username', 'password'].collect { 'dataspaces.' + it } as Set
assert log.lines.every { !it.contains(properties['dataspaces.password']) }

return true
