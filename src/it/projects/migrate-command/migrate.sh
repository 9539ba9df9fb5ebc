test -n "$DATABASE_URL" && test -n "$PGPASSWORD" || exit 4
echo "$JDBC_URL" > seen.txt
echo "it was $PGPASSWORD"
exit "${1:-0}"
