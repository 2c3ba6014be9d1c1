-- A 304 is answered with the last whole answer of its address, which need not be looked for in all of them.

CREATE INDEX captures_url ON captures (url);
