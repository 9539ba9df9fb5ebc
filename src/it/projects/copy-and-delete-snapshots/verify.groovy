def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows ~/Copied snapshot 'copy-and-delete-snapshots\/a' to 'copy-and-delete-snapshots\/b' in .*: \d+ MB$/
log.shows "Copied snapshot 'copy-and-delete-snapshots/a' to 'elsewhere/a'"
log.fails "Dataspace 'copy-and-delete-snapshots' has a snapshot 'b' already. Choose another name, or replace it with -Ddataspaces.update=true."
log.fails "Dataspace 'copy-and-delete-snapshots' has no snapshot 'missing'. It has: a, b. Take one with: mvn dataspaces:snapshot -Ddataspaces.name=copy-and-delete-snapshots -Ddataspaces.snapshot=missing"
log.shows ~/^SNAPSHOT /, ~/^copy-and-delete-snapshots\/a /, ~/^copy-and-delete-snapshots\/b /, ~/^elsewhere\/a /
log.shows ~/Deleted snapshot 'copy-and-delete-snapshots\/a' in .*: \d+ MB$/
log.fails "Dataspace 'copy-and-delete-snapshots' has no snapshot 'a'. It has: b. Take one with: mvn dataspaces:snapshot -Ddataspaces.name=copy-and-delete-snapshots -Ddataspaces.snapshot=a"
log.shows "Deleted snapshot 'elsewhere/a'", ~/^SNAPSHOT /, ~/^copy-and-delete-snapshots\/b /
log.fails "No 'snapshot' was given. Say the snapshot to delete with -Ddataspaces.snapshot=..."
log.shows "Destroyed 'copy-and-delete-snapshots' and 1 snapshot", "There are no snapshots of 'copy-and-delete-snapshots'."
log.never ~/^copy-and-delete-snapshots\/c /
assert log.lines.count { it.startsWith('elsewhere/a ') } == 1

return true
