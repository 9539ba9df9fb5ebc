def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.fails ~/The home \/.*\/home-in-the-way\/a-file cannot be made or written: .*\. Give another with DATASPACES_HOME or -Ddataspaces\.home, or change its permissions\./
log.fails ~/The home \/.*\/home-in-the-way\/a-file\/home cannot be made or written: .*/
assert new File(basedir, 'a-file').text == 'not a folder\n'

return true
