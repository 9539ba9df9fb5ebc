// A run that was cut off leaves servers and homes: neither is to be met by this one.
evaluate(new File(tools, 'EndServers.groovy'))
new File(homes).deleteDir()

return true
