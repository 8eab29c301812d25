-- One row for each step: the events it made, as JSON, under the number of the first of them.
CREATE TABLE log (seq INTEGER PRIMARY KEY, events TEXT NOT NULL);
