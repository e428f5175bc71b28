CREATE TABLE "changed_days" (
	"kind" text NOT NULL,
	"day" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "packed_days" (
	"kind" text NOT NULL,
	"day" date NOT NULL,
	"format" text NOT NULL,
	"version" uuid DEFAULT gen_random_uuid() NOT NULL,
	"count" integer NOT NULL,
	"numbers" "bytea" NOT NULL,
	"words" jsonb NOT NULL,
	CONSTRAINT "packed_days_kind_day_pk" PRIMARY KEY("kind","day"),
	CONSTRAINT "packed_days_kind_check" CHECK ("packed_days"."kind" in ('facts', 'loads'))
);
--> statement-breakpoint
CREATE INDEX "changed_days_day_idx" ON "changed_days" USING btree ("kind","day");
--> statement-breakpoint
-- Read whole, and mostly of digits that do not compress.
ALTER TABLE packed_days ALTER COLUMN numbers SET STORAGE EXTERNAL;
--> statement-breakpoint
-- By the server's own clock, that of packing: what is younger than two days is never packed, so nothing has to be told of it.
CREATE FUNCTION tell_changed_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO changed_days (kind, day) VALUES ('facts', (OLD.created_at AT TIME ZONE 'UTC')::date);
  END IF;
  IF TG_OP = 'INSERT' OR TG_OP = 'UPDATE' AND OLD.created_at IS DISTINCT FROM NEW.created_at THEN
    INSERT INTO changed_days (kind, day) VALUES ('facts', (NEW.created_at AT TIME ZONE 'UTC')::date);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER incident_facts_tell_added AFTER INSERT ON incident_facts
  FOR EACH ROW WHEN (NEW.created_at < pg_catalog.now() - interval '2 days') EXECUTE FUNCTION tell_changed_facts();
--> statement-breakpoint
CREATE TRIGGER incident_facts_tell_changed AFTER UPDATE ON incident_facts
  FOR EACH ROW WHEN (least(OLD.created_at, NEW.created_at) < pg_catalog.now() - interval '2 days') EXECUTE FUNCTION tell_changed_facts();
--> statement-breakpoint
CREATE TRIGGER incident_facts_tell_removed AFTER DELETE ON incident_facts
  FOR EACH ROW WHEN (OLD.created_at < pg_catalog.now() - interval '2 days') EXECUTE FUNCTION tell_changed_facts();
--> statement-breakpoint
CREATE FUNCTION tell_changed_loads() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO changed_days (kind, day) VALUES ('loads', (OLD.at AT TIME ZONE 'UTC')::date);
  END IF;
  IF TG_OP = 'INSERT' OR TG_OP = 'UPDATE' AND OLD.at IS DISTINCT FROM NEW.at THEN
    INSERT INTO changed_days (kind, day) VALUES ('loads', (NEW.at AT TIME ZONE 'UTC')::date);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER interruption_loads_tell_added AFTER INSERT ON interruption_loads
  FOR EACH ROW WHEN (NEW.at < pg_catalog.now() - interval '2 days') EXECUTE FUNCTION tell_changed_loads();
--> statement-breakpoint
CREATE TRIGGER interruption_loads_tell_changed AFTER UPDATE ON interruption_loads
  FOR EACH ROW WHEN (least(OLD.at, NEW.at) < pg_catalog.now() - interval '2 days') EXECUTE FUNCTION tell_changed_loads();
--> statement-breakpoint
CREATE TRIGGER interruption_loads_tell_removed AFTER DELETE ON interruption_loads
  FOR EACH ROW WHEN (OLD.at < pg_catalog.now() - interval '2 days') EXECUTE FUNCTION tell_changed_loads();
