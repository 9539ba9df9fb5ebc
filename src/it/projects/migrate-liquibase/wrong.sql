--liquibase formatted sql
--changeset me:wrong
insert into oders values (1);
