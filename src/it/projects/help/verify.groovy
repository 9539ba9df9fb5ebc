def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

String all = log.lines.join('\n')
['setup', 'create', 'start', 'stop', 'pause', 'resume', 'destroy', 'list', 'info', 'shell', 'client', 'snapshot', 'snapshots', 'rollback', 'copy', 'copy-snapshot',
    'delete-snapshot', 'env', 'export', 'export-properties', 'import', 'migrate', 'prune', 'help'].each {
  assert all =~ /(?m)^dataspaces:$it$/
}
['name', 'home', 'skip', 'flavour', 'runtime', 'image', 'port', 'database', 'username', 'password', 'from', 'migrations', 'seed', 'ifExists', 'ttl', 'durable'].each {
  log.never "(no description available)"
  assert all.contains("User property: dataspaces.$it")
}

return true
