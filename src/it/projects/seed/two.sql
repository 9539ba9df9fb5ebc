insert into orders (item) values ('tea'); insert into orders (item) values ('bread');
