create table customer (id int primary key, name text);
create table orders (id int primary key, customer int);
insert into customer values (1, 'ada'), (2, 'bob'), (3, 'eve'), (4, 'liz');
insert into orders values (1, 1), (2, 2), (3, 3);
alter table orders add foreign key (customer) references customer (id);
