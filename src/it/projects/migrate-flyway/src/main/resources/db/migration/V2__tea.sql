copy orders (item) from stdin;
tea
\.
