def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows "[WARNING] There is no dataspace 'stop-never-fails'.", 'BUILD SUCCESS'
log.shows ~/\[WARNING\] The home .*pom\.xml cannot be made or written/, 'BUILD SUCCESS'
log.shows "[WARNING] 'NO' is no name for a dataspace.", 'BUILD SUCCESS'

return true
