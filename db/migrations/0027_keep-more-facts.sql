CREATE TABLE "game_days" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"load" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"is_demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "game_days_load_check" CHECK ("game_days"."load" in ('raised', 'high', 'peak')),
	CONSTRAINT "game_days_span_check" CHECK ("game_days"."ends_at" > "game_days"."starts_at"),
	CONSTRAINT "game_days_name_check" CHECK (length("game_days"."name") between 1 and 100)
);
--> statement-breakpoint
CREATE TABLE "interruptions" (
	"delivery_id" text PRIMARY KEY NOT NULL,
	"incident_id" text NOT NULL,
	"user_id" text NOT NULL,
	"service_id" text NOT NULL,
	"team_id" text,
	"channel" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"time_zone" text NOT NULL,
	"weekday" smallint NOT NULL,
	"hour" smallint NOT NULL,
	"class" text NOT NULL,
	"counted" boolean NOT NULL,
	CONSTRAINT "interruptions_channel_check" CHECK ("interruptions"."channel" in ('email', 'push', 'slack', 'webhook', 'sms', 'phone', 'teams', 'mattermost', 'discord', 'google_chat', 'telegram', 'ntfy', 'pushover')),
	CONSTRAINT "interruptions_class_check" CHECK ("interruptions"."class" in ('business', 'off', 'sleep'))
);
--> statement-breakpoint
ALTER TABLE "incident_facts" ADD COLUMN "mobilised_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "incident_facts" ADD COLUMN "impact_started_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "incident_facts" ADD COLUMN "impact_ended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "incident_facts" ADD COLUMN "customer_impact" boolean;--> statement-breakpoint
ALTER TABLE "incident_facts" ADD COLUMN "customers_affected" integer;--> statement-breakpoint
ALTER TABLE "incident_facts" ADD COLUMN "feature" text;--> statement-breakpoint
ALTER TABLE "incident_facts" ADD COLUMN "component" text;--> statement-breakpoint
ALTER TABLE "incident_facts" ADD COLUMN "cause_class" text;--> statement-breakpoint
ALTER TABLE "incident_facts" ADD COLUMN "tier" smallint DEFAULT 3 NOT NULL;--> statement-breakpoint
ALTER TABLE "incident_facts" ADD COLUMN "game_day" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "incident_facts" ADD COLUMN "ms_to_engage" bigint;--> statement-breakpoint
ALTER TABLE "incident_facts" ADD COLUMN "ms_to_mobilise" bigint;--> statement-breakpoint
ALTER TABLE "incident_facts" ADD COLUMN "engaged_ms" bigint;--> statement-breakpoint
ALTER TABLE "incident_facts" ADD COLUMN "effort_ms" bigint;--> statement-breakpoint
ALTER TABLE "incident_facts" ADD COLUMN "escalation_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "incident_facts" ADD COLUMN "interruption_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "incident_facts" ADD COLUMN "business_interruption_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "incident_facts" ADD COLUMN "off_hour_interruption_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "incident_facts" ADD COLUMN "sleep_interruption_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "impact_started_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "impact_ended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "customers_affected" integer;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "feature" text;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "component" text;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "cause_class" text;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "effort_seconds" integer;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "corrections" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "feature" text;--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "component" text;--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "customer_facing" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "availability_target" double precision;--> statement-breakpoint
ALTER TABLE "interruptions" ADD CONSTRAINT "interruptions_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interruptions" ADD CONSTRAINT "interruptions_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interruptions" ADD CONSTRAINT "interruptions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "game_days_starts_idx" ON "game_days" USING btree ("starts_at");--> statement-breakpoint
CREATE INDEX "interruptions_at_idx" ON "interruptions" USING btree ("at");--> statement-breakpoint
CREATE INDEX "interruptions_user_idx" ON "interruptions" USING btree ("user_id","at");--> statement-breakpoint
CREATE INDEX "interruptions_team_idx" ON "interruptions" USING btree ("team_id","at");--> statement-breakpoint
CREATE INDEX "interruptions_incident_idx" ON "interruptions" USING btree ("incident_id");--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_cause_check" CHECK ("incidents"."cause_class" in ('change', 'capacity', 'defect', 'configuration', 'dependency', 'infrastructure', 'human', 'security', 'unknown'));--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_affected_check" CHECK ("incidents"."customers_affected" >= 0);--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_effort_check" CHECK ("incidents"."effort_seconds" >= 0);--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_impact_check" CHECK ("incidents"."impact_ended_at" >= "incidents"."impact_started_at");--> statement-breakpoint
ALTER TABLE "services" ADD CONSTRAINT "services_availability_check" CHECK ("services"."availability_target" > 0 and "services"."availability_target" <= 100);--> statement-breakpoint
-- What a service says about its incidents is in their facts: who owns it, its tier and labels. It holds for the past as well.
CREATE FUNCTION restate_facts_of_service() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE incident_facts f
  SET team_id = NEW.team_id, tier = NEW.tier, feature = coalesce(i.feature, NEW.feature),
    component = coalesce(i.component, NEW.component)
  FROM incidents i
  WHERE i.id = f.incident_id AND f.service_id = NEW.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER services_restate_facts AFTER UPDATE ON services
  FOR EACH ROW
  WHEN ((OLD.team_id, OLD.tier, OLD.feature, OLD.component) IS DISTINCT FROM (NEW.team_id, NEW.tier, NEW.feature, NEW.component))
  EXECUTE FUNCTION restate_facts_of_service();
--> statement-breakpoint
-- Game days are entered, moved and removed after the fact.
CREATE FUNCTION restate_facts_of_game_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE incident_facts f
  SET game_day = exists (SELECT FROM game_days d WHERE d.starts_at <= f.created_at AND d.ends_at > f.created_at)
  WHERE (OLD IS NOT NULL AND f.created_at >= OLD.starts_at AND f.created_at < OLD.ends_at)
    OR (NEW IS NOT NULL AND f.created_at >= NEW.starts_at AND f.created_at < NEW.ends_at);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER game_days_restate_facts AFTER INSERT OR UPDATE OR DELETE ON game_days
  FOR EACH ROW EXECUTE FUNCTION restate_facts_of_game_day();
--> statement-breakpoint
-- Facts kept before these columns existed; `npm run facts -- rebuild` fills what only the log knows.
UPDATE incident_facts f
SET tier = s.tier, team_id = s.team_id, escalation_count = f.timeout_escalation_count + f.manual_escalation_count,
  customer_impact = i.customer_impact, impact_started_at = CASE WHEN i.customer_impact THEN i.started_at END,
  impact_ended_at = CASE WHEN i.customer_impact THEN coalesce(i.mitigated_at, i.resolved_at) END
FROM incidents i JOIN services s ON s.id = i.service_id
WHERE i.id = f.incident_id;
