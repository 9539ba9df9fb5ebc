def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.fails ~/.*\/snapshots\/damaged-manifest\/bad\/record\.json is damaged and cannot be read\. .*/
log.fails ~/.*\/snapshots\/damaged-manifest\/bad\/record\.json is damaged and cannot be read\. .*/
log.shows "Rolled 'damaged-manifest' back to 'damaged-manifest/good'", ~/^damaged-manifest +running .* bad,good /
log.shows ~/^damaged-manifest\/bad +unreadable +-/, ~/^damaged-manifest\/good +postgres/, 'BUILD SUCCESS'
log.shows ~/Deleted snapshot 'damaged-manifest\/bad' in .*: its manifest was damaged/, ~/^damaged-manifest\/good +postgres/
log.shows "Destroyed 'damaged-manifest'"
log.never ~/^other /

return true
