def record = new File(homes, 'shared/dataspaces/damaged/record.json')
context['record'] = record.text
record.text = record.text.take(40)

return true
