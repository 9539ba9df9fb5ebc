def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

2.times { log.shows ~/Tests run: 16, Failures: 0, Errors: 0, Skipped: 0$/, 'BUILD SUCCESS' }

return true
