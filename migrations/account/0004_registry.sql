-- Of the registry alone. One row an account that has or had an issued key.
CREATE TABLE accounts (name TEXT PRIMARY KEY, created_at INTEGER NOT NULL) WITHOUT ROWID;
-- One row: the secret of the MAC in every issued key, in hex. Without it all of them are refused.
CREATE TABLE mac_secret (one INTEGER PRIMARY KEY CHECK (one = 1), secret TEXT NOT NULL);
