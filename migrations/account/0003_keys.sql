-- One row an issued key of this account. `secret_sha256` is the SHA-256 of the whole key, in hex; `earlier` the same of keys from before a
-- rotation, each with the time until which it is good; `settings` what the operator has set. All three lists are JSON.
CREATE TABLE keys (
	id TEXT PRIMARY KEY, created_at INTEGER NOT NULL, redacted TEXT NOT NULL, secret_sha256 TEXT NOT NULL, earlier TEXT NOT NULL,
	settings TEXT NOT NULL
) WITHOUT ROWID;
-- While the account is being erased, one row: its name, the place in the list of the newest job that goes, and when it began.
CREATE TABLE erasure (account TEXT PRIMARY KEY, up_to INTEGER NOT NULL, begun_at INTEGER NOT NULL) WITHOUT ROWID;
