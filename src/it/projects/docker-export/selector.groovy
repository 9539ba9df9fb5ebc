evaluate(new File(tools, 'NeedsDocker.groovy'))
