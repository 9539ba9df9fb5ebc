def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

// three builds of two modules, twelve tests each
assert log.lines.count { it.contains('Tests run: 12, Failures: 0, Errors: 0, Skipped: 0') && !it.contains('Time elapsed') } == 6
assert log.count('BUILD SUCCESS') == 4

// the first build started no more servers than classes ran at once, the second none
def ends = log.lines.findIndexValues { it.contains('BUILD SUCCESS') }
def started = log.lines.findIndexValues { it.contains("Created dataspace 'test-postgres-") }
assert started.count { it < ends[0] } in 1..8
assert started.every { it < ends[0] || it > ends[1] }

return true
