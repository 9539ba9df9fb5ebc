// a query that was sent while it is frozen is answered when it has been thawed: asked here, read by verify.2
def port = (new File(basedir, 'build.log').text =~ /port (\d+)/)[0][1] as int
def socket = new Socket('127.0.0.1', port)
socket.soTimeout = 500
// an SSLRequest: the smallest question there is; the answer is one byte
socket.outputStream.write([0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f] as byte[])
socket.outputStream.flush()
boolean stalled = false
try {
  socket.inputStream.read()
} catch (SocketTimeoutException e) {
  stalled = true
}
assert stalled
context['socket'] = socket

return true
