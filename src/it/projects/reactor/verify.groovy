def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows "Created dataspace 'reactor'", 'BUILD SUCCESS'
log.shows "Created dataspace 'module-a'", "Created dataspace 'module-b'", 'BUILD SUCCESS'
log.shows "Destroyed 'module-a'", "Destroyed 'module-b'", "Destroyed 'reactor'", 'BUILD SUCCESS'
assert log.count('Created dataspace') == 3
assert log.count('NAME ') == 1
assert log.count('There are no dataspaces in') == 1

return true
