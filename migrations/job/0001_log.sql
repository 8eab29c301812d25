-- One row a step: its events as a JSON array, under the number of the first of them.
CREATE TABLE log (seq INTEGER PRIMARY KEY, events TEXT NOT NULL);
