context['socket'].close()
return true
