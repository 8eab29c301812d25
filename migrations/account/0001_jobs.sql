-- One row for each job of this account. The key is the row itself, so a job costs one written row.
CREATE TABLE jobs (id TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
