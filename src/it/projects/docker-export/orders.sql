create table customer (id integer primary key);
create table orders (id serial primary key, customer integer constraint customer_fk references customer, item text);
insert into customer values (1);
insert into orders (customer, item) values (1, 'tea'), (1, 'bread');
