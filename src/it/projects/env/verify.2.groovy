import java.nio.file.Files
import java.nio.file.attribute.PosixFilePermissions

String secret = 'it\'s a $mall\\ "secret"'
def lines = new File(basedir, 'build.log').readLines()

// a shell that evaluates it has the password
def variables = lines.findAll { it.startsWith('export ') }.join('\n')
def shell = ['sh', '-c', variables + '\nprintf %s "$PGPASSWORD"'].execute()
assert shell.text == secret

// java.util.Properties read it
def properties = new Properties()
properties.load(new StringReader(lines.findAll { it.startsWith('spring.datasource.') }.join('\n')))
assert properties['spring.datasource.password'] == secret

// a program that knows nothing but the file connects
def file = new File(basedir, 'out/db.json')
assert PosixFilePermissions.toString(Files.getPosixFilePermissions(file.toPath())) == 'rw-------'
def json = new groovy.json.JsonSlurper().parse(file)
assert json.password == secret
def login = new Properties()
login.setProperty('user', json.username)
login.setProperty('password', json.password)
new org.postgresql.Driver().connect(json.url, login).withCloseable { connection ->
  def row = connection.createStatement().executeQuery('select current_database()')
  assert row.next()
  assert row.getString(1) == json.database
}

return true
