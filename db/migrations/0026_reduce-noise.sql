CREATE TABLE "alert_templates" (
	"id" text PRIMARY KEY NOT NULL,
	"service_id" text NOT NULL,
	"tokens" text[] NOT NULL,
	"size" integer NOT NULL,
	"seen" bigint NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"retired_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "grouping_feedback" (
	"id" text PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"user_id" text,
	"template_a" text NOT NULL,
	"template_b" text NOT NULL,
	"alert_a" text NOT NULL,
	"alert_b" text NOT NULL,
	"judgement" text NOT NULL,
	"via" text NOT NULL,
	CONSTRAINT "grouping_feedback_judgement_check" CHECK ("grouping_feedback"."judgement" in ('together', 'apart')),
	CONSTRAINT "grouping_feedback_via_check" CHECK ("grouping_feedback"."via" in ('merge', 'move', 'verdict')),
	CONSTRAINT "grouping_feedback_order_check" CHECK ("grouping_feedback"."template_a" <= "grouping_feedback"."template_b")
);
--> statement-breakpoint
CREATE TABLE "grouping_services" (
	"service_id" text PRIMARY KEY NOT NULL,
	"grouping_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "groupings" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text,
	"mode" text NOT NULL,
	"window_seconds" integer NOT NULL,
	"fields" text[] DEFAULT '{}' NOT NULL,
	"aggregate" text NOT NULL,
	"threshold" double precision NOT NULL,
	"raises_urgency" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"is_demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "groupings_mode_check" CHECK ("groupings"."mode" in ('off', 'time', 'content', 'similarity', 'both')),
	CONSTRAINT "groupings_aggregate_check" CHECK ("groupings"."aggregate" in ('all', 'any')),
	CONSTRAINT "groupings_window_check" CHECK ("groupings"."window_seconds" between 0 and 86400),
	CONSTRAINT "groupings_threshold_check" CHECK ("groupings"."threshold" between 0.1 and 1)
);
--> statement-breakpoint
CREATE TABLE "maintenance_services" (
	"window_id" text NOT NULL,
	"service_id" text NOT NULL,
	CONSTRAINT "maintenance_services_window_id_service_id_pk" PRIMARY KEY("window_id","service_id")
);
--> statement-breakpoint
CREATE TABLE "maintenance_windows" (
	"id" text PRIMARY KEY NOT NULL,
	"summary" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"repeats" text NOT NULL,
	"time_zone" text NOT NULL,
	"lasts_until" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"field" text,
	"value" text,
	"created_by" text,
	"is_demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "maintenance_windows_repeats_check" CHECK ("maintenance_windows"."repeats" in ('never', 'daily', 'weekly')),
	CONSTRAINT "maintenance_windows_order_check" CHECK ("maintenance_windows"."ends_at" > "maintenance_windows"."starts_at"),
	CONSTRAINT "maintenance_windows_label_check" CHECK (("maintenance_windows"."field" is null) = ("maintenance_windows"."value" is null))
);
--> statement-breakpoint
CREATE TABLE "service_noise" (
	"service_id" text PRIMARY KEY NOT NULL,
	"auto_pause_seconds" integer,
	"damp_flapping" boolean DEFAULT false NOT NULL,
	"storm_mode" boolean DEFAULT true NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "service_noise_pause_check" CHECK ("service_noise"."auto_pause_seconds" between 0 and 900)
);
--> statement-breakpoint
CREATE TABLE "storms" (
	"id" text PRIMARY KEY NOT NULL,
	"service_id" text NOT NULL,
	"incident_id" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"because" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "alerts" DROP CONSTRAINT "alerts_paused_by_check";--> statement-breakpoint
ALTER TABLE "log_entries" DROP CONSTRAINT "log_entries_type_check";--> statement-breakpoint
DROP INDEX "alerts_incident_idx";--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "template_id" text;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "grouping_reason" jsonb;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "self_resolved" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_templates" ADD CONSTRAINT "alert_templates_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grouping_feedback" ADD CONSTRAINT "grouping_feedback_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grouping_services" ADD CONSTRAINT "grouping_services_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grouping_services" ADD CONSTRAINT "grouping_services_grouping_id_groupings_id_fk" FOREIGN KEY ("grouping_id") REFERENCES "public"."groupings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "maintenance_services" ADD CONSTRAINT "maintenance_services_window_id_maintenance_windows_id_fk" FOREIGN KEY ("window_id") REFERENCES "public"."maintenance_windows"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "maintenance_services" ADD CONSTRAINT "maintenance_services_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "maintenance_windows" ADD CONSTRAINT "maintenance_windows_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_noise" ADD CONSTRAINT "service_noise_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "storms" ADD CONSTRAINT "storms_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "storms" ADD CONSTRAINT "storms_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_templates_service_idx" ON "alert_templates" USING btree ("service_id");--> statement-breakpoint
CREATE INDEX "grouping_feedback_pair_idx" ON "grouping_feedback" USING btree ("template_a","template_b");--> statement-breakpoint
CREATE INDEX "grouping_feedback_b_idx" ON "grouping_feedback" USING btree ("template_b");--> statement-breakpoint
CREATE INDEX "grouping_services_grouping_idx" ON "grouping_services" USING btree ("grouping_id");--> statement-breakpoint
CREATE UNIQUE INDEX "groupings_name_key" ON "groupings" USING btree (lower("name"));--> statement-breakpoint
CREATE INDEX "maintenance_services_service_idx" ON "maintenance_services" USING btree ("service_id");--> statement-breakpoint
CREATE INDEX "maintenance_windows_live_idx" ON "maintenance_windows" USING btree ("starts_at") WHERE "maintenance_windows"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "storms_open_key" ON "storms" USING btree ("service_id") WHERE "storms"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "storms_started_idx" ON "storms" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "alerts_template_idx" ON "alerts" USING btree ("template_id","created_at");--> statement-breakpoint
CREATE INDEX "alerts_incident_idx" ON "alerts" USING btree ("incident_id","created_at");--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_paused_by_check" CHECK ("alerts"."paused_by" in ('rules', 'auto_pause', 'flapping', 'maintenance'));--> statement-breakpoint
ALTER TABLE "log_entries" ADD CONSTRAINT "log_entries_type_check" CHECK ("log_entries"."type" in ('trigger', 'acknowledge', 'unacknowledge', 'resolve', 'reopen', 'assign', 'escalate', 'delegate', 'exhaust_escalation_path', 'repeat_escalation_path', 'skip_level', 'wait_level', 'tell', 'handoff', 'nobody_answered', 'policy_applied', 'fallback', 'coverage_gap', 'notify', 'snooze', 'annotate', 'urgency_change', 'priority_change', 'field_value_change', 'merge', 'alert_added', 'alert_moved', 'alert_resolved', 'status_update', 'responder_request', 'responder_reply', 'responder_cancel'));