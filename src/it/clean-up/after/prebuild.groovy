// Whatever the projects did, and however they ended, no server stays.
def servers = evaluate(new File(tools, 'EndServers.groovy'))
assert servers.isEmpty(): 'a server outlived the destruction of its dataspace'

return true
