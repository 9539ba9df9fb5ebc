new File(homes, 'shared/dataspaces/damaged/record.json').text = context['record']
return true
