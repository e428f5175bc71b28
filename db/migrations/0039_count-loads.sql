CREATE TABLE "interruption_loads" (
	"at" timestamp (3) with time zone NOT NULL,
	"user_id" text NOT NULL,
	"service_id" text NOT NULL,
	"weekday" smallint NOT NULL,
	"hour" smallint NOT NULL,
	"class" text NOT NULL,
	"night" date,
	"count" integer NOT NULL,
	CONSTRAINT "interruption_loads_at_user_id_service_id_weekday_hour_pk" PRIMARY KEY("at","user_id","service_id","weekday","hour")
);
--> statement-breakpoint
CREATE INDEX "interruption_loads_service_idx" ON "interruption_loads" USING btree ("service_id","at");--> statement-breakpoint
CREATE INDEX "incident_facts_major_span_idx" ON "incident_facts" USING gist (tstzrange("created_at", greatest("created_at", coalesce("resolved_at", 'infinity')), '[]')) WHERE "incident_facts"."major";
--> statement-breakpoint
LOCK TABLE interruptions IN SHARE ROW EXCLUSIVE MODE;
--> statement-breakpoint
UPDATE interruptions r SET service_id = i.service_id FROM incidents i WHERE i.id = r.incident_id AND i.service_id <> r.service_id;
--> statement-breakpoint
INSERT INTO interruption_loads (at, user_id, service_id, weekday, hour, class, night, count)
SELECT date_bin('30 minutes', at, '2000-01-01Z'), user_id, service_id, weekday, hour, class,
  min(CASE WHEN class = 'sleep' THEN ((at AT TIME ZONE time_zone) - interval '8 hours')::date END), count(*)
FROM interruptions WHERE counted GROUP BY 1, 2, 3, 4, 5, 6;
--> statement-breakpoint
-- An interruption belongs to the service that has its incident now, as its facts do.
CREATE FUNCTION move_interruptions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE interruptions SET service_id = NEW.service_id WHERE incident_id = NEW.incident_id AND service_id <> NEW.service_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER incident_facts_move_interruptions AFTER UPDATE ON incident_facts
  FOR EACH ROW WHEN (OLD.service_id IS DISTINCT FROM NEW.service_id) EXECUTE FUNCTION move_interruptions();
--> statement-breakpoint
-- Counts what a statement adds to interruptions and takes from them, in that statement.
CREATE FUNCTION keep_interruption_loads() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- A cascade comes by for each delivery, whether or not it interrupted anybody.
  IF TG_OP = 'DELETE' THEN
    IF NOT EXISTS (SELECT FROM removed) THEN
      RETURN NULL;
    END IF;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    WITH fewer AS (
      SELECT date_bin('30 minutes', at, '2000-01-01Z') AS at, user_id, service_id, weekday, hour, count(*) AS count
      FROM removed WHERE counted GROUP BY 1, 2, 3, 4, 5
    )
    UPDATE interruption_loads l SET count = l.count - f.count FROM fewer f
    WHERE (l.at, l.user_id, l.service_id, l.weekday, l.hour) = (f.at, f.user_id, f.service_id, f.weekday, f.hour);
    DELETE FROM interruption_loads l USING removed r
    WHERE l.at = date_bin('30 minutes', r.at, '2000-01-01Z') AND l.user_id = r.user_id AND l.service_id = r.service_id AND l.count = 0;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO interruption_loads AS l (at, user_id, service_id, weekday, hour, class, night, count)
    SELECT date_bin('30 minutes', at, '2000-01-01Z'), user_id, service_id, weekday, hour, class,
      min(CASE WHEN class = 'sleep' THEN ((at AT TIME ZONE time_zone) - interval '8 hours')::date END), count(*)
    FROM added WHERE counted GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (at, user_id, service_id, weekday, hour) DO UPDATE SET count = l.count + excluded.count;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER interruptions_add_loads AFTER INSERT ON interruptions
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION keep_interruption_loads();
--> statement-breakpoint
CREATE TRIGGER interruptions_change_loads AFTER UPDATE ON interruptions
  REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION keep_interruption_loads();
--> statement-breakpoint
CREATE TRIGGER interruptions_drop_loads AFTER DELETE ON interruptions
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION keep_interruption_loads();
