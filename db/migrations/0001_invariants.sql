-- The inbox is partitioned by day. The default partition takes what no other does, so an event is never refused for want of one.
CREATE TABLE inbox_default PARTITION OF inbox DEFAULT;
--> statement-breakpoint
-- Makes the partitions of `days` days from `first` on; what exists already, or can't be made because the default partition
-- holds rows of that day, is left as it is. Answers how many were made.
CREATE FUNCTION ensure_inbox_partitions(first date, days integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  day date;
  made integer := 0;
BEGIN
  FOR day IN SELECT first + n FROM generate_series(0, days - 1) AS n LOOP
    CONTINUE WHEN to_regclass(format('inbox_%s', to_char(day, 'YYYYMMDD'))) IS NOT NULL;
    BEGIN
      EXECUTE format(
        'CREATE TABLE %I PARTITION OF inbox FOR VALUES FROM (%L) TO (%L)',
        'inbox_' || to_char(day, 'YYYYMMDD'),
        (day::timestamp AT TIME ZONE 'UTC'),
        ((day + 1)::timestamp AT TIME ZONE 'UTC')
      );
      made := made + 1;
    EXCEPTION WHEN check_violation OR duplicate_table THEN
      NULL;
    END;
  END LOOP;
  RETURN made;
END $$;
--> statement-breakpoint
-- The audit log is append-only.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_records_append_only BEFORE UPDATE OR DELETE ON audit_records
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- Wakes every reader of the event stream once a transaction that wrote to the outbox commits.
CREATE FUNCTION announce_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('touchline_outbox', '');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER outbox_announce AFTER INSERT ON outbox
  FOR EACH STATEMENT EXECUTE FUNCTION announce_outbox();
--> statement-breakpoint
INSERT INTO priorities (id, name, description, color, rank) VALUES
  ('P0000000000001', 'P1', 'Critical: many customers can''t use the product, or data is at risk', '#4c0056', 1),
  ('P0000000000002', 'P2', 'Major: an important function fails for many customers', '#790d88', 2),
  ('P0000000000003', 'P3', 'Partial: a minority of customers is affected, or redundancy is gone', '#9742a5', 3),
  ('P0000000000004', 'P4', 'Minor: degraded, no customer is blocked', '#a26caa', 4),
  ('P0000000000005', 'P5', 'Cosmetic: can wait for working hours', '#a08ca3', 5);
