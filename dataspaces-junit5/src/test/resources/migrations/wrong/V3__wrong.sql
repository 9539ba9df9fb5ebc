insert into custommer values ('eve');
