insert into oders values (1);
