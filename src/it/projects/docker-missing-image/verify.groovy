def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

log.fails ~/The image 'dataspaces\.invalid\/postgres:17' is not on the engine and cannot be pulled: .*/
log.never 'Error during callback', ~/^\s+at /
log.fails ~/There is no dataspace 'docker-missing-image'\. .*/
log.fails "Dataspace 'docker-missing-image': an image was named, but runtime=embedded runs no images. Leave out one of the two."

return true
