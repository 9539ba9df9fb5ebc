def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows 'Skipped, because dataspaces.skip is set.', 'BUILD SUCCESS'
log.shows 'Skipped, because dataspaces.skip is set.', 'Skipped, because dataspaces.skip is set.', 'BUILD SUCCESS'
log.shows 'Skipped, because dataspaces.skip is set.', 'BUILD SUCCESS'
log.shows "Created dataspace 'skip'", "Destroyed 'skip'", 'BUILD SUCCESS'
assert log.count('Created') == 1

return true
