evaluate(new File(tools, 'CopyExample.groovy'))
