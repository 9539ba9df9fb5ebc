--
-- PostgreSQL database dump
--

SET client_encoding = 'UTF8';

CREATE TABLE public.orders (id integer NOT NULL, item text);
ALTER TABLE public.orders OWNER TO somebody;

COPY public.orders (id, item) FROM stdin;
1	tea
2	bread
3	coffee
\.

ALTER TABLE ONLY public.orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id);

--
-- PostgreSQL database dump complete
--
