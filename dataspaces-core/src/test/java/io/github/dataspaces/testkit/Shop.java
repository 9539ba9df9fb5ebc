package io.github.dataspaces.testkit;

/**
 * A database of a shop: a thousand customers, some of whom have mentors, three orders of each, two
 * lines of each of those, and what else databases have that rows can get entangled in.
 */
public final class Shop {

  /** For PostgreSQL. */
  public static final String POSTGRES =
      """
      create table country (code text primary key, name text);
      create table customer (id int generated always as identity primary key, name text not null,
        country text, mentor int, shout text generated always as (upper(name)) stored);
      create table orders (id int, placed date, customer int, primary key (id, placed)) partition by range (placed);
      create table orders_2024 partition of orders for values from ('2024-01-01') to ('2025-01-01');
      create table orders_2025 partition of orders for values from ('2025-01-01') to ('2026-01-01');
      create table product (id serial primary key, name text);
      create table line (order_id int, placed date, n int, product int, primary key (order_id, placed, n));
      create table audit (note text);
      insert into country values ('CH', 'Switzerland'), ('FR', 'France'), ('XX', null);
      insert into customer (name, country, mentor)
        select 'customer ' || i, case when i % 3 = 0 then 'CH' when i % 3 = 1 then 'FR' end,
          case when i = 3 then 500 when i % 10 = 2 then i - 1 end
        from generate_series(1, 1000) i;
      insert into orders select i, date '2024-01-01' + i % 700, (i - 1) % 1000 + 1 from generate_series(1, 3000) i;
      insert into product (name) select 'product ' || i from generate_series(1, 50) i;
      insert into line select id, placed, n, (id + n) % 50 + 1 from orders, generate_series(1, 2) n;
      alter table customer add constraint country_fk foreign key (country) references country (code);
      alter table customer add constraint mentor_fk foreign key (mentor) references customer (id) deferrable initially deferred;
      alter table orders add constraint customer_fk foreign key (customer) references customer (id) on delete restrict;
      alter table line add constraint order_fk foreign key (order_id, placed) references orders (id, placed) match full;
      alter table line add constraint product_fk foreign key (product) references product (id);
      create index by_product on line (product);
      create function noted() returns trigger language plpgsql as
        $$ begin insert into audit values (tg_table_name); return new; end $$;
      create trigger noted after insert or delete on customer for each row execute function noted();
      create trigger noted after insert or delete on orders for each row execute function noted();
      alter table orders enable always trigger noted;
      create trigger emptied after truncate on line for each statement execute function noted();
      alter table line enable replica trigger emptied;
      create materialized view per_customer as select customer, count(*) from orders group by 1;
      """;

  /** The same for MySQL and MariaDB. */
  public static final String MYSQL =
      """
      create table country (code varchar(2) primary key, name text);
      create table customer (id int auto_increment primary key, name varchar(50) not null, country varchar(2),
        mentor int, shout varchar(50) generated always as (upper(name)) stored);
      create table orders (id int, placed date, customer int, primary key (id, placed));
      create table product (id int auto_increment primary key, name text);
      create table line (order_id int, placed date, n int, product int, primary key (order_id, placed, n));
      create table audit (note text);
      insert into country values ('CH', 'Switzerland'), ('FR', 'France'), ('XX', null);
      insert into customer (name, country, mentor)
        with recursive s (i) as (select 1 union all select i + 1 from s where i < 1000)
        select concat('customer ', i), case when i % 3 = 0 then 'CH' when i % 3 = 1 then 'FR' end,
          case when i = 3 then 500 when i % 10 = 2 then i - 1 end
        from s;
      insert into orders
        select id + 1000 * k, '2024-01-01' + interval (id + 1000 * k) % 700 day, id
        from customer, (select 0 k union all select 1 union all select 2) times;
      insert into product (name) select concat('product ', id) from customer where id <= 50;
      insert into line select id, placed, n, (id + n) % 50 + 1 from orders, (select 1 n union all select 2) times;
      alter table customer auto_increment = 1001;
      alter table customer add constraint country_fk foreign key (country) references country (code);
      alter table customer add constraint mentor_fk foreign key (mentor) references customer (id);
      alter table orders add constraint customer_fk foreign key (customer) references customer (id) on delete restrict;
      alter table line add constraint order_fk foreign key (order_id, placed) references orders (id, placed);
      alter table line add constraint product_fk foreign key (product) references product (id);
      create index by_product on line (product);
      delimiter //
      create trigger noted after insert on customer for each row
      begin
        insert into audit values (concat(new.name, ';', 'a"b')); -- it's so
      end//
      create trigger gone after delete on orders for each row insert into audit values ('gone')//
      delimiter ;
      """;

  /** A table of all sorts of values, for MySQL and MariaDB, and what is not in tables. */
  public static final String MYSQL_TYPES =
      """
      create table strange (id int auto_increment primary key, `a``b` varchar(20) character set latin1, b binary(3),
        c blob, d float, e double, f decimal(30, 10), g bigint unsigned, h bit(12), i json, j point,
        k timestamp(3) null, l datetime(6), m year, n enum('x''y', 'z'), o set('p', 'q'), q time(2), r bool,
        t text character set utf8mb4, u date, v char(4)) default charset = utf8mb3;
      insert into strange values
        (1, 'é€''\\\\', x'00ff27', x'5c0a1a00', 0.1, 0.1e-300, 12345678901234567890.0123456789, 18446744073709551615, b'101',
          '{"k": "it''s \\\\"x\\\\""}', point(1, 2), '2026-01-02 03:04:05.678', '2026-01-02 03:04:05.678901', 2026, 'x''y',
          'p,q', '-12:34:56.78', true, 'a;b\\n\\t😀', '2026-01-02', 'ab '),
        (2, '', x'000000', '', -1.5e30, 1e308, -0.5, 0, b'0', 'null', null, null, null, null, null, '', null, false, '', null, ''),
        (3, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
      create view strange_ones as select id, hex(c) from strange;
      create event far on schedule every 1 day starts '2037-01-01 00:00:00' do delete from strange;
      create procedure twice(i int) select i * 2;
      """;

  /** Rows of customer, orders, line, product, audit, and the countries of customers. */
  public static final String COUNTS =
      """
      select (select count(*) from customer), (select count(*) from orders), (select count(*) from line),
        (select count(*) from product), (select count(*) from audit), (select count(distinct country) from customer)
      """;

  /** What is defined in PostgreSQL's, whatever the rows are. */
  public static final String DEFINITIONS =
      """
      select conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated::text from pg_constraint where conrelid <> 0
      union all select indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid::text from pg_index where indexrelid >= 16384
      union all select tgrelid::regclass::text, tgname, tgenabled::text, '' from pg_trigger where not tgisinternal
      union all select c.oid::regclass::text, relkind::text, relpersistence::text, nspname from pg_class c join pg_namespace n on n.oid = relnamespace
        where c.oid >= 16384 and nspname <> 'pg_toast'
      order by 1, 2, 3
      """;

  private Shop() {}
}
