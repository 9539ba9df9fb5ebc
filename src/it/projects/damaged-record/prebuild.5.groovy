new File(homes, 'damaged-record/dataspaces/damaged/record.json').text = context['record']
return true
