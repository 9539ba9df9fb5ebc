def log = evaluate(new File(tools, 'log.groovy')).newInstance(basedir)

def rule = "Use up to 63 lower-case letters, digits, '-' and '_', beginning with a letter or a digit, for example "
log.fails "'team/shop' is no name for a dataspace. ${rule}'team-shop'."
log.fails "'..' is no name for a dataspace. ${rule}'dataspace'."
log.fails "'my shop' is no name for a dataspace. ${rule}'my-shop'."
log.fails "'Shop' is no name for a dataspace. ${rule}'shop'."
log.fails "'${'a' * 77}...' is no name for a dataspace. ${rule}'${'a' * 63}'."
log.fails ~/'shop'; drop table orders --' is no name for a dataspace\. .* for example 'shop-drop-table-orders.*'\./
log.fails "'~/shop' is no name for a dataspace. ${rule}'shop'."
log.fails "'a b' is no name for a snapshot. ${rule}'a-b'."
assert new File(homes, 'bad-names/dataspaces').list().length == 0

return true
