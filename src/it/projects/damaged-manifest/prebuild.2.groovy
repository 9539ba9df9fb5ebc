new File(homes, 'shared/snapshots/damaged-manifest/bad/record.json').text = '{'
return true
