def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

def port = (log.shows(~/Created dataspace 'start-stop': .*, port \d+/) =~ /port (\d+)/)[0][1]
log.shows "Stopped 'start-stop' in", 'BUILD SUCCESS'
log.shows "Dataspace 'start-stop' is stopped already", ~/^start-stop +stopped +postgres 18\.6 +embedded +$port /
log.fails "Dataspace 'start-stop' is stopped. Start it with: mvn dataspaces:start -Ddataspaces.name=start-stop"
log.fails "Dataspace 'start-stop' is stopped. Start it with: mvn dataspaces:start -Ddataspaces.name=start-stop"
log.shows "Started 'start-stop' on port $port in", "Dataspace 'start-stop' runs already, on port $port", 'orders: 2'

return true
