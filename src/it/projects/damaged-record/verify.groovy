def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows ~/^damaged +unreadable +-/, ~/^damaged-record +running/
log.fails ~/.*\/dataspaces\/damaged\/record\.json is damaged and cannot be read\. Put the file back from a backup, or remove the folder .*/
log.shows ~/^name +damaged-record$/, 'BUILD SUCCESS'
log.shows "Destroyed 'damaged', whose record was damaged, in ", 'BUILD SUCCESS'
log.shows "Destroyed 'damaged-record' in ", 'BUILD SUCCESS'

return true
