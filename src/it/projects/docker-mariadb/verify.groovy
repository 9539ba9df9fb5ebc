evaluate(new File(tools, 'NeedsDocker.groovy'))
def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

def port = (log.shows(~/Created dataspace 'docker-mariadb': mariadb 11.8\.\S+, docker, port \d+ in/) =~ /port (\d+)/)[0][1]
log.shows ~/Took snapshot 'filled' of 'docker-mariadb' in [\d.]+ m?s: \d+ MB by \S+/
log.shows "Table 'dataspace.orders' doesn't exist"
log.fails 'The client ended with exit code 1.'
log.shows ~/Rolled 'docker-mariadb' back to 'docker-mariadb\/filled' in [\d.]+ m?s/, 'orders: 3', 'BUILD SUCCESS'
log.shows "Copied 'docker-mariadb' to dataspace 'docker-mariadb-twin'", ~/^docker-mariadb +running +mariadb \S+ +docker +$port /
log.shows ~/^export JDBC_URL='jdbc:mariadb:\/\/127\.0\.0\.1:$port\/dataspace.*'$/, ~/^export MYSQL_TCP_PORT='$port'$/
log.shows "Destroyed 'docker-mariadb' and 1 snapshot", "Destroyed 'docker-mariadb-twin'"

return true
