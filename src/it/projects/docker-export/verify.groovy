evaluate(new File(tools, 'NeedsDocker.groovy'))
def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows "Created dataspace 'docker-export'",
    ~/Exported 2 tables of 'docker-export' to $basedir\/docker-export\.sql\.zst in [\d.]+ m?s: [\d.]+ k?B/,
    ~/Exported 2 tables of 'docker-export' to $basedir\/again\.sql\.zst in [\d.]+ m?s: [\d.]+ k?B/
assert new File(basedir, 'again.sql.zst').bytes == new File(basedir, 'docker-export.sql.zst').bytes
log.shows 'In the dump: Dropped the foreign key customer_fk of public.orders: public.customer, which it refers to, was not asked for',
    "Exported 1 table of 'docker-export' to $basedir/some.dump"
log.fails "There is no table 'order' in dataspace 'docker-export'. Did you mean 'orders'? There are: public.customer, public.orders."
log.fails "format: a dump cannot be written as 'tar'. Use one of: plain, custom."
log.fails "There is no folder $basedir/missing. Make it, or name a file elsewhere."
log.shows 'orders: 2', "Destroyed 'docker-export'"
assert basedir.list().findAll { it.contains('scratch') }.isEmpty()

return true
