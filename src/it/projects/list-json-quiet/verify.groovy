def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

def listed = new groovy.json.JsonSlurper().parseText(log.printed())
def dataspace = listed.find { it.name == 'list-json-quiet' }
assert dataspace.state == 'running'
assert dataspace.flavour == 'postgres'
assert dataspace.version.startsWith('18')
assert dataspace.runtime == 'embedded'
assert dataspace.url == "jdbc:postgresql://127.0.0.1:${dataspace.port}/dataspace"
assert dataspace.size > 1_000_000
assert java.time.Duration.between(java.time.Instant.parse(dataspace.created), java.time.Instant.parse(dataspace.expires)).toMinutes() == 60
assert dataspace.snapshots == []
assert dataspace.from == null
assert !log.printed().contains('password')

return true
