def log = evaluate(new File(tools, 'BuildLog.groovy')).newInstance(basedir)

def rule = "Use up to 63 lower-case letters, digits, '-' and '_', beginning with a letter or a digit, for example "
log.fails "'team/shop' is no name for a dataspace. ${rule}'team-shop'."
log.fails "'..' is no name for a dataspace. ${rule}'dataspace'."
log.fails "'my shop' is no name for a dataspace. ${rule}'my-shop'."
log.fails "'Shop' is no name for a dataspace. ${rule}'shop'."
log.fails "'${'a' * 77}...' is no name for a dataspace. ${rule}'${'a' * 63}'."
log.fails ~/'shop'; drop table orders --' is no name for a dataspace\. .*/
log.fails "'-rf' is no name for a dataspace. ${rule}'rf'."
log.fails "'~/shop' is no name for a dataspace. ${rule}'shop'."
log.fails ~/.*is no name for a (dataspace|snapshot)\. .*/
log.fails "There is no dataspace 'bad-names'. There are none. Make one with: mvn dataspaces:create -Ddataspaces.name=bad-names"
log.shows "There are no dataspaces in ${homes}/bad-names."

return true
