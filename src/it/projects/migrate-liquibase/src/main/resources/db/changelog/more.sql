--liquibase formatted sql
--changeset me:tea
insert into orders (item) values ('tea');
--changeset me:test-data context:test
insert into orders (item) values ('bread');
