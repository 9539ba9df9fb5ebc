def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.shows ~/^export DATABASE_URL='postgresql:\/\/dataspace:.*@127\.0\.0\.1:\d+\/dataspace'$/, ~/^export JDBC_URL='jdbc:postgresql:\/\/127\.0\.0\.1:\d+\/dataspace'$/
log.showsLine "export DB_PASSWORD='it'\\''s a \$mall\\ \"secret\"'"
log.shows "export PGHOST='127.0.0.1'"
log.shows ~/^DATABASE_URL=.*@127\.0\.0\.1/, ~/^DB_PASSWORD=/
log.shows ~/^dataspaces\.url=jdbc:postgresql:\/\/127\.0\.0\.1:\d+\/dataspace$/, 'dataspaces.username=dataspace'
log.shows ~/^ *"url": "jdbc:postgresql:/, ~/^ *"port": \d+,$/
log.shows ~/^spring\.datasource\.url=jdbc:postgresql:/, 'spring.datasource.username=dataspace'
log.shows "Wrote how to connect to dataspace 'env' to $basedir/out/db.json."
log.fails "There is no format 'toml'. Use one of: shell, dotenv, properties, json, spring."
log.shows "Destroyed 'env'"

return true
