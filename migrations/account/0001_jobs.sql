-- One row a job of this account, oldest first. `digest` finds equal requests, `key` finds requests under one Idempotency-Key.
CREATE TABLE jobs (n INTEGER PRIMARY KEY, id TEXT NOT NULL, at INTEGER NOT NULL, digest TEXT NOT NULL, key TEXT);
CREATE INDEX jobs_by_digest ON jobs (digest);
CREATE INDEX jobs_by_key ON jobs (key) WHERE key IS NOT NULL;
