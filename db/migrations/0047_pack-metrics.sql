ALTER TABLE "packed_days" DROP CONSTRAINT "packed_days_kind_check";--> statement-breakpoint
ALTER TABLE "packed_days" ADD CONSTRAINT "packed_days_kind_check" CHECK ("packed_days"."kind" in ('facts', 'loads', 'metrics'));--> statement-breakpoint
CREATE OR REPLACE FUNCTION tell_changed_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO changed_days (kind, day)
    SELECT kind, (OLD.created_at AT TIME ZONE 'UTC')::date FROM unnest('{facts,metrics}'::text[]) kind;
  END IF;
  IF TG_OP = 'INSERT' OR TG_OP = 'UPDATE' AND OLD.created_at IS DISTINCT FROM NEW.created_at THEN
    INSERT INTO changed_days (kind, day)
    SELECT kind, (NEW.created_at AT TIME ZONE 'UTC')::date FROM unnest('{facts,metrics}'::text[]) kind;
  END IF;
  RETURN NULL;
END $$;
