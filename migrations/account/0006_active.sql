-- Of the registry alone. One row an account that made or ended jobs lately: the last hour in which it did, in hours since 1970. /metrics asks these accounts.
CREATE TABLE active (account TEXT PRIMARY KEY, hour INTEGER NOT NULL) WITHOUT ROWID;
