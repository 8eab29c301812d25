-- What a job reserves, and its end once it has one. Null: from before there were these, or not ended. Amounts are micro-dollars, times are milliseconds.
ALTER TABLE jobs ADD COLUMN api_key TEXT;
ALTER TABLE jobs ADD COLUMN reserved INTEGER;
ALTER TABLE jobs ADD COLUMN start_by INTEGER;
ALTER TABLE jobs ADD COLUMN asked INTEGER;
ALTER TABLE jobs ADD COLUMN source TEXT;
ALTER TABLE jobs ADD COLUMN model TEXT;
ALTER TABLE jobs ADD COLUMN endpoint TEXT;
ALTER TABLE jobs ADD COLUMN size TEXT;
ALTER TABLE jobs ADD COLUMN status TEXT;
ALTER TABLE jobs ADD COLUMN charge TEXT;
ALTER TABLE jobs ADD COLUMN cost INTEGER;
ALTER TABLE jobs ADD COLUMN basis TEXT;
ALTER TABLE jobs ADD COLUMN pictures INTEGER;
ALTER TABLE jobs ADD COLUMN bytes INTEGER;
ALTER TABLE jobs ADD COLUMN accepted_at INTEGER;
ALTER TABLE jobs ADD COLUMN started_at INTEGER;
ALTER TABLE jobs ADD COLUMN ended_at INTEGER;
ALTER TABLE jobs ADD COLUMN prompt TEXT;
-- Notes of where reading may begin: `last_n`, the largest place that a deleted job had; `open`, up to which place only the listed jobs are open.
CREATE TABLE marks (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO marks SELECT 'open', json_object('through', coalesce(max(n), 0), 'open', json('[]')) FROM jobs;
-- Sums of the usage of days that are over, so that they are not summed up again. An `api_key` of '' is a key of the account itself.
CREATE TABLE usage_days (day INTEGER NOT NULL, api_key TEXT NOT NULL, cost INTEGER NOT NULL, images INTEGER NOT NULL, PRIMARY KEY (day, api_key)) WITHOUT ROWID;
-- One row a job that has ended, under the time of its admission. It stays when the job is deleted.
CREATE TABLE usage (
	at INTEGER NOT NULL, id TEXT NOT NULL, n INTEGER NOT NULL, api_key TEXT, asked INTEGER NOT NULL, source TEXT NOT NULL,
	model TEXT NOT NULL, endpoint TEXT NOT NULL, size TEXT NOT NULL, status TEXT NOT NULL,
	charge TEXT NOT NULL, cost INTEGER NOT NULL, basis TEXT NOT NULL,
	pictures INTEGER NOT NULL, bytes INTEGER NOT NULL, counted INTEGER NOT NULL,
	accepted_at INTEGER NOT NULL, started_at INTEGER, ended_at INTEGER NOT NULL,
	PRIMARY KEY (at, id)
) WITHOUT ROWID;
