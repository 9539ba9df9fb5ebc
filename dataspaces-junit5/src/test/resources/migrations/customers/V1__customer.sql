create table customer (name text);
