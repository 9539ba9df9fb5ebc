create table customer (name text primary key);
insert into customer values ('ada');
