evaluate(new File(tools, 'NeedsDocker.groovy'))
def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

def port = (log.shows(~/Created dataspace 'docker-mysql': mysql 9.7\.\S+, docker, port \d+ in/) =~ /port (\d+)/)[0][1]
log.shows ~/Took snapshot 'filled' of 'docker-mysql' in [\d.]+ m?s: \d+ MB by \S+/
log.shows "Table 'dataspace.orders' doesn't exist"
log.fails 'The client ended with exit code 1.'
log.shows ~/Rolled 'docker-mysql' back to 'docker-mysql\/filled' in [\d.]+ m?s/, 'orders: 3', 'BUILD SUCCESS'
log.shows "Copied 'docker-mysql' to dataspace 'docker-mysql-twin'", ~/^docker-mysql +running +mysql \S+ +docker +$port /
log.shows ~/^export JDBC_URL='jdbc:mysql:\/\/127\.0\.0\.1:$port\/dataspace.*'$/, ~/^export MYSQL_TCP_PORT='$port'$/
log.shows "Destroyed 'docker-mysql' and 1 snapshot", "Destroyed 'docker-mysql-twin'"

return true
