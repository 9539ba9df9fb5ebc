create table orders (id int auto_increment primary key, item text);
insert into orders (item) values ('tea; green'), ('bread');
DELIMITER $$
create procedure more() begin insert into orders (item) values ('more'); end $$
DELIMITER ;
call more();
