create table customer (name text);
insert into customer values ('ada');
