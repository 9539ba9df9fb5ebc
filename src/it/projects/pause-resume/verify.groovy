def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows "Paused 'pause-resume' in", ~/^pause-resume +paused /
log.shows "Resumed 'pause-resume' in", ~/^state +running$/
log.shows "Paused 'pause-resume' in", "Resumed 'pause-resume' in", ~/^state +running$/
log.shows "Destroyed 'pause-resume'"

return true
