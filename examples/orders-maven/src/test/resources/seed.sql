create table article (
  name  text primary key,
  stock int not null check (stock >= 0)
);

create table orders (
  id       int generated always as identity primary key,
  customer text not null,
  article  text not null references article,
  quantity int not null
);

insert into article values ('tea', 10), ('cup', 2);
