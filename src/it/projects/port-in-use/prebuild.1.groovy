// another program: this one
context['socket'] = new ServerSocket(0, 1, InetAddress.loopbackAddress)
context['userProperties'].setProperty('dataspaces.port', context['socket'].localPort as String)

return true
