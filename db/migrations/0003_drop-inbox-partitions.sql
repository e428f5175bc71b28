-- Drops the inbox partitions of days before `before`, unless one still holds an event that was not processed.
CREATE FUNCTION drop_inbox_partitions(before date) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  partition record;
  waiting boolean;
  dropped integer := 0;
BEGIN
  FOR partition IN
    SELECT child.relname
    FROM pg_inherits
    JOIN pg_class child ON child.oid = pg_inherits.inhrelid
    WHERE pg_inherits.inhparent = 'inbox'::regclass
      AND child.relname ~ '^inbox_[0-9]{8}$'
      AND to_date(right(child.relname, 8), 'YYYYMMDD') < before
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE processed_at IS NULL)', partition.relname) INTO waiting;
    CONTINUE WHEN waiting;
    EXECUTE format('DROP TABLE %I', partition.relname);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END $$;
