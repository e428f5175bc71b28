CREATE TABLE "coverage_warnings" (
	"id" text PRIMARY KEY NOT NULL,
	"policy_id" text NOT NULL,
	"is_unreachable" boolean NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"found_at" timestamp (3) with time zone NOT NULL,
	"reminded_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "coverage_warnings_span_check" CHECK ("coverage_warnings"."starts_at" < "coverage_warnings"."ends_at")
);
--> statement-breakpoint
CREATE TABLE "escalation_rings" (
	"level_id" text PRIMARY KEY NOT NULL,
	"policy_id" text NOT NULL,
	"last_target_id" text,
	"last_index" integer DEFAULT -1 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "log_entries" DROP CONSTRAINT "log_entries_type_check";--> statement-breakpoint
ALTER TABLE "escalation_levels" ADD COLUMN "strategy" text DEFAULT 'everyone' NOT NULL;--> statement-breakpoint
ALTER TABLE "escalation_levels" ADD COLUMN "cycle_minutes" integer;--> statement-breakpoint
ALTER TABLE "escalation_levels" ADD COLUMN "notify_only" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "escalation_levels" ADD COLUMN "condition" jsonb;--> statement-breakpoint
ALTER TABLE "escalation_policies" ADD COLUMN "nobody_answered" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "turn" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "ring_members" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "nobody_answered" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "coverage_warnings" ADD CONSTRAINT "coverage_warnings_policy_id_escalation_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."escalation_policies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "escalation_rings" ADD CONSTRAINT "escalation_rings_policy_id_escalation_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."escalation_policies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "coverage_warnings_policy_idx" ON "coverage_warnings" USING btree ("policy_id","starts_at");--> statement-breakpoint
CREATE INDEX "escalation_rings_policy_idx" ON "escalation_rings" USING btree ("policy_id");--> statement-breakpoint
CREATE INDEX "incidents_triggered_idx" ON "incidents" USING btree ("id") WHERE "incidents"."status" = 'triggered';--> statement-breakpoint
ALTER TABLE "escalation_levels" ADD CONSTRAINT "escalation_levels_strategy_check" CHECK ("escalation_levels"."strategy" in ('everyone', 'round_robin', 'round_robin_cycle'));--> statement-breakpoint
ALTER TABLE "escalation_levels" ADD CONSTRAINT "escalation_levels_cycle_check" CHECK (("escalation_levels"."strategy" = 'round_robin_cycle') = ("escalation_levels"."cycle_minutes" is not null) and coalesce("escalation_levels"."cycle_minutes" between 1 and "escalation_levels"."delay_minutes" - 1, true));--> statement-breakpoint
ALTER TABLE "log_entries" ADD CONSTRAINT "log_entries_type_check" CHECK ("log_entries"."type" in ('trigger', 'acknowledge', 'unacknowledge', 'resolve', 'reopen', 'assign', 'escalate', 'delegate', 'exhaust_escalation_path', 'repeat_escalation_path', 'skip_level', 'wait_level', 'tell', 'handoff', 'nobody_answered', 'policy_applied', 'fallback', 'coverage_gap', 'notify', 'snooze', 'annotate', 'urgency_change', 'priority_change', 'field_value_change', 'merge', 'alert_added', 'alert_resolved', 'status_update'));