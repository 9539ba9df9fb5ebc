delete from orders;
insert into orders values (9, 'milk');
insert into nowhere values (1);
