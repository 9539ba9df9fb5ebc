def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

def lines = log.printed().readLines()
assert lines.size() == 12
assert lines.every { it ==~ /export [A-Z_]+='.*'/ }

return true
