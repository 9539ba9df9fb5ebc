def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

2.times {
  log.shows ~/^\[ok\] +home: \/.*\/homes\/setup$/, ~/^\[(ok|missing)\] +runtime docker: /, ~/^\[ok\] +runtime embedded: can be used$/, ~/^\[ok\] +copy method: /, ~/^\[(ok|missing)\] +rsync/, 'BUILD SUCCESS'
}
def home = new File(homes, 'setup').toPath()
['.', 'dataspaces', 'snapshots', 'templates', 'runtimes', 'locks'].each {
  assert java.nio.file.attribute.PosixFilePermissions.toString(java.nio.file.Files.getPosixFilePermissions(home.resolve(it))) == 'rwx------'
}

return true
