def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.fails "$basedir/dataspaces.yaml: there is no key 'dataspaces.shop.flavor'. Did you mean 'flavour'? It can be: database, durable, flavour, from, image, import, migrations, password, port, runtime, seed, ttl, username."
log.fails ~/.*there is no key 'dataspaces\.shop\.flavor'.*/
log.fails "$basedir/default/dataspaces.yaml: default: it describes no dataspace 'shpo'. Did you mean 'shop'? It can be: shop."
log.fails ~/.*\/list\/dataspaces\.yaml: it is not valid YAML \(line \d\): .*/
log.never 'Created'

return true
