insert into customer values ('bob');
