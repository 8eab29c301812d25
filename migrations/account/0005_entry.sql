-- What the list shows of a job that has ended, as JSON without links. Null: nobody has told it, or more may come of the job.
ALTER TABLE jobs ADD COLUMN entry TEXT;
