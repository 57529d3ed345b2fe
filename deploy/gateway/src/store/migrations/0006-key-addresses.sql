-- From where a key may be used: addresses and networks as they were given; NULL, as with every key of before: from anywhere.

ALTER TABLE api_keys ADD COLUMN addresses text[] CHECK (cardinality(addresses) BETWEEN 1 AND 50);
