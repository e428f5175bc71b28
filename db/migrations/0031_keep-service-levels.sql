CREATE TABLE "report_schedules" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"report" text NOT NULL,
	"query" text NOT NULL,
	"recipients" text[] NOT NULL,
	"cadence" jsonb NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "report_schedules_report_check" CHECK ("report_schedules"."report" in ('response', 'service-levels')),
	CONSTRAINT "report_schedules_recipients_check" CHECK (cardinality("report_schedules"."recipients") between 1 and 20)
);
--> statement-breakpoint
CREATE TABLE "report_sends" (
	"schedule_id" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"recipient" text NOT NULL,
	"snapshot_id" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"try_at" timestamp (3) with time zone NOT NULL,
	"detail" text,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "report_sends_schedule_id_due_at_recipient_pk" PRIMARY KEY("schedule_id","due_at","recipient"),
	CONSTRAINT "report_sends_state_check" CHECK ("report_sends"."state" in ('queued', 'sent', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "report_snapshots" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"document" jsonb NOT NULL,
	"path" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "saved_views" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"path" text NOT NULL,
	"query" text NOT NULL,
	"shared" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "saved_views_name_check" CHECK (length("saved_views"."name") between 1 and 100)
);
--> statement-breakpoint
CREATE TABLE "incident_service_levels" (
	"incident_id" text NOT NULL,
	"policy_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"target_ms" bigint NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"at_risk_at" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"reached" boolean NOT NULL,
	"noticed_at" timestamp (3) with time zone,
	CONSTRAINT "incident_service_levels_incident_id_policy_id_pk" PRIMARY KEY("incident_id","policy_id")
);
--> statement-breakpoint
CREATE TABLE "service_level_policies" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"metric" text NOT NULL,
	"calendar" text NOT NULL,
	"pauses_while_snoozed" boolean NOT NULL,
	"targets" jsonb NOT NULL,
	"goal_percent" double precision NOT NULL,
	"effective_from" timestamp (3) with time zone NOT NULL,
	"restated_after" text,
	"is_demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "service_level_policies_metric_check" CHECK ("service_level_policies"."metric" in ('respond', 'acknowledge', 'mitigate', 'resolve')),
	CONSTRAINT "service_level_policies_calendar_check" CHECK ("service_level_policies"."calendar" in ('always', 'support_hours')),
	CONSTRAINT "service_level_policies_goal_check" CHECK ("service_level_policies"."goal_percent" > 0 and "service_level_policies"."goal_percent" <= 100),
	CONSTRAINT "service_level_policies_name_check" CHECK (length("service_level_policies"."name") between 1 and 100)
);
--> statement-breakpoint
ALTER TABLE "pages" DROP CONSTRAINT "pages_reason_check";--> statement-breakpoint
ALTER TABLE "pages" DROP CONSTRAINT "pages_incident_check";--> statement-breakpoint
ALTER TABLE "pages" DROP CONSTRAINT "pages_notice_check";--> statement-breakpoint
ALTER TABLE "report_schedules" ADD CONSTRAINT "report_schedules_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_sends" ADD CONSTRAINT "report_sends_schedule_id_report_schedules_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "public"."report_schedules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_snapshots" ADD CONSTRAINT "report_snapshots_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_service_levels" ADD CONSTRAINT "incident_service_levels_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_service_levels" ADD CONSTRAINT "incident_service_levels_policy_id_service_level_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."service_level_policies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "report_schedules_next_idx" ON "report_schedules" USING btree ("next_at");--> statement-breakpoint
CREATE INDEX "report_sends_try_idx" ON "report_sends" USING btree ("try_at") WHERE "report_sends"."state" = 'queued';--> statement-breakpoint
CREATE INDEX "report_snapshots_expires_idx" ON "report_snapshots" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_views_name_key" ON "saved_views" USING btree ("user_id",lower("name"));--> statement-breakpoint
CREATE INDEX "incident_service_levels_policy_idx" ON "incident_service_levels" USING btree ("policy_id","created_at");--> statement-breakpoint
CREATE INDEX "incident_service_levels_risk_idx" ON "incident_service_levels" USING btree ("at_risk_at") WHERE "incident_service_levels"."ended_at" is null and "incident_service_levels"."noticed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "service_level_policies_name_key" ON "service_level_policies" USING btree (lower("name")) WHERE "service_level_policies"."deleted_at" is null;--> statement-breakpoint
ALTER TABLE "pages" ADD CONSTRAINT "pages_reason_check" CHECK ("pages"."reason" in ('assigned', 'escalated', 'reassigned', 'unacknowledged', 'reopened', 'urgency_raised', 'fallback', 'handoff', 'told', 'nobody_answered', 'requested', 'changed', 'test', 'shift', 'schedule_changed', 'cover', 'coverage_gap', 'held_back', 'intake_flood', 'digest', 'service_level', 'self_test', 'verification'));--> statement-breakpoint
ALTER TABLE "pages" ADD CONSTRAINT "pages_incident_check" CHECK (("pages"."reason" in ('test', 'shift', 'schedule_changed', 'cover', 'coverage_gap', 'held_back', 'intake_flood', 'digest', 'service_level', 'self_test', 'verification')) = ("pages"."incident_id" is null));--> statement-breakpoint
ALTER TABLE "pages" ADD CONSTRAINT "pages_notice_check" CHECK (("pages"."reason" in ('shift', 'schedule_changed', 'cover', 'coverage_gap', 'held_back', 'intake_flood', 'digest', 'service_level', 'self_test', 'verification', 'requested', 'changed')) = ("pages"."notice" is not null and "pages"."notice_key" is not null));