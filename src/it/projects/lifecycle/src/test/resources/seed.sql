create table orders (id serial primary key, item text);
insert into orders (item) values ('tea'), ('bread');
