def record = new File(homes, 'damaged-record/dataspaces/damaged/record.json')
context['record'] = record.text
record.text = record.text.take(40)

return true
