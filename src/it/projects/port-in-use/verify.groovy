def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

def port = context['socket'].localPort
log.fails "Port $port, which dataspace 'port-in-use' is to have, is in use by another program. End that program, or choose another port: -Ddataspaces.port=0 takes a free one."
log.shows "Created dataspace 'port-in-use'", "Stopped 'port-in-use'", 'BUILD SUCCESS'
log.fails "Port $port, which dataspace 'port-in-use' is to have, is in use by another program. End that program, or choose another port: -Ddataspaces.port=0 takes a free one."
log.shows "Started 'port-in-use' on port $port", "Destroyed 'port-in-use'", 'BUILD SUCCESS'

return true
