new File(homes, 'damaged-manifest/snapshots/damaged-manifest/bad/record.json').text = '{'
return true
