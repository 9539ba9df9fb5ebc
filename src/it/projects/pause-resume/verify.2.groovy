context['socket'].soTimeout = 10_000
assert context['socket'].inputStream.read() == ('N' as char) as int
context['socket'].close()

return true
