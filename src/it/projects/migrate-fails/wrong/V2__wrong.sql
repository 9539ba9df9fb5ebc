insert into orders (item) values ('tea');
insert into oders values (1);
