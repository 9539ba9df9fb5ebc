create sequence purchase_seq increment by 50;

create table purchase (
  id bigint primary key,
  item text not null
);

insert into purchase values (nextval('purchase_seq'), 'the first');
