context['socket'] = new ServerSocket(context['userProperties'].getProperty('dataspaces.port') as int, 1, InetAddress.loopbackAddress)
return true
