insert into customer values ('ada');
