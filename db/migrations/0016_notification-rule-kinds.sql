CREATE TABLE "incident_responders" (
	"id" text PRIMARY KEY NOT NULL,
	"target_id" text NOT NULL,
	"incident_id" text NOT NULL,
	"user_id" text NOT NULL,
	"state" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	CONSTRAINT "incident_responders_state_check" CHECK ("incident_responders"."state" in ('pending', 'joined', 'declined', 'user_cancelled')),
	CONSTRAINT "incident_responders_answered_check" CHECK (("incident_responders"."state" = 'pending') = ("incident_responders"."answered_at" is null))
);
--> statement-breakpoint
CREATE TABLE "responder_request_targets" (
	"id" text PRIMARY KEY NOT NULL,
	"request_id" text NOT NULL,
	"user_id" text,
	"policy_snapshot" jsonb,
	"state" text NOT NULL,
	"level" integer DEFAULT 0 NOT NULL,
	"loop" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp (3) with time zone,
	CONSTRAINT "responder_request_targets_state_check" CHECK ("responder_request_targets"."state" in ('asking', 'joined', 'ended', 'cancelled')),
	CONSTRAINT "responder_request_targets_either_check" CHECK (("responder_request_targets"."user_id" is null) <> ("responder_request_targets"."policy_snapshot" is null)),
	CONSTRAINT "responder_request_targets_next_check" CHECK ("responder_request_targets"."next_at" is null or "responder_request_targets"."state" = 'asking')
);
--> statement-breakpoint
CREATE TABLE "responder_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"incident_id" text NOT NULL,
	"requester_id" text,
	"requester_name" text NOT NULL,
	"message" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"cancelled_at" timestamp (3) with time zone,
	CONSTRAINT "responder_requests_message_check" CHECK (length("responder_requests"."message") <= 1000)
);
--> statement-breakpoint
ALTER TABLE "log_entries" DROP CONSTRAINT "log_entries_type_check";--> statement-breakpoint
ALTER TABLE "pages" DROP CONSTRAINT "pages_notice_check";--> statement-breakpoint
DROP INDEX "pages_step_key";--> statement-breakpoint
DROP INDEX "notification_rules_key";--> statement-breakpoint
ALTER TABLE "notification_rules" ALTER COLUMN "urgency" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "held_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "bundle_id" text;--> statement-breakpoint
ALTER TABLE "notification_rules" ADD COLUMN "kind" text DEFAULT 'assigned' NOT NULL;--> statement-breakpoint
ALTER TABLE "notification_rules" ADD COLUMN "advance_minutes" integer;--> statement-breakpoint
ALTER TABLE "notification_rules" ADD COLUMN "handoff_type" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "low_urgency_hours" jsonb;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "self_test" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "queue_low_urgency" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "incident_responders" ADD CONSTRAINT "incident_responders_target_id_responder_request_targets_id_fk" FOREIGN KEY ("target_id") REFERENCES "public"."responder_request_targets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_responders" ADD CONSTRAINT "incident_responders_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_responders" ADD CONSTRAINT "incident_responders_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responder_request_targets" ADD CONSTRAINT "responder_request_targets_request_id_responder_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."responder_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responder_request_targets" ADD CONSTRAINT "responder_request_targets_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responder_requests" ADD CONSTRAINT "responder_requests_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responder_requests" ADD CONSTRAINT "responder_requests_requester_id_users_id_fk" FOREIGN KEY ("requester_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "incident_responders_key" ON "incident_responders" USING btree ("target_id","user_id");--> statement-breakpoint
CREATE INDEX "incident_responders_incident_idx" ON "incident_responders" USING btree ("incident_id","user_id");--> statement-breakpoint
CREATE INDEX "responder_request_targets_request_idx" ON "responder_request_targets" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "responder_request_targets_due_idx" ON "responder_request_targets" USING btree ("next_at") WHERE "responder_request_targets"."next_at" is not null;--> statement-breakpoint
CREATE INDEX "responder_requests_incident_idx" ON "responder_requests" USING btree ("incident_id","created_at");--> statement-breakpoint
CREATE INDEX "deliveries_sent_idx" ON "deliveries" USING btree ("user_id","sent_at") WHERE "deliveries"."sent_at" is not null;--> statement-breakpoint
CREATE INDEX "deliveries_bundle_idx" ON "deliveries" USING btree ("bundle_id") WHERE "deliveries"."bundle_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "pages_step_key" ON "pages" USING btree ("incident_id","step","user_id") WHERE "pages"."notice_key" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "notification_rules_key" ON "notification_rules" USING btree ("user_id","kind",coalesce("urgency", ''),"contact_method_id","delay_minutes",coalesce("advance_minutes", -1),coalesce("handoff_type", ''));--> statement-breakpoint
ALTER TABLE "log_entries" ADD CONSTRAINT "log_entries_type_check" CHECK ("log_entries"."type" in ('trigger', 'acknowledge', 'unacknowledge', 'resolve', 'reopen', 'assign', 'escalate', 'delegate', 'exhaust_escalation_path', 'repeat_escalation_path', 'skip_level', 'wait_level', 'tell', 'handoff', 'nobody_answered', 'policy_applied', 'fallback', 'coverage_gap', 'notify', 'snooze', 'annotate', 'urgency_change', 'priority_change', 'field_value_change', 'merge', 'alert_added', 'alert_resolved', 'status_update', 'responder_request', 'responder_reply', 'responder_cancel'));--> statement-breakpoint
ALTER TABLE "pages" ADD CONSTRAINT "pages_notice_check" CHECK (("pages"."reason" in ('shift', 'schedule_changed', 'cover', 'coverage_gap', 'held_back', 'digest', 'self_test', 'verification', 'requested', 'changed')) = ("pages"."notice" is not null and "pages"."notice_key" is not null));--> statement-breakpoint
ALTER TABLE "notification_rules" ADD CONSTRAINT "notification_rules_kind_check" CHECK ("notification_rules"."kind" in ('assigned', 'changed', 'requested', 'handoff', 'status_update'));--> statement-breakpoint
ALTER TABLE "notification_rules" ADD CONSTRAINT "notification_rules_handoff_check" CHECK ("notification_rules"."handoff_type" in ('both', 'oncall', 'offcall'));--> statement-breakpoint
ALTER TABLE "notification_rules" ADD CONSTRAINT "notification_rules_assigned_check" CHECK (("notification_rules"."kind" = 'assigned') = ("notification_rules"."urgency" is not null));--> statement-breakpoint
ALTER TABLE "notification_rules" ADD CONSTRAINT "notification_rules_advance_check" CHECK (("notification_rules"."kind" = 'handoff') = ("notification_rules"."handoff_type" is not null) and ("notification_rules"."kind" = 'handoff') = ("notification_rules"."advance_minutes" is not null) and coalesce("notification_rules"."advance_minutes", 0) between 0 and 2880);--> statement-breakpoint
-- People were told of no hand-offs until now; from now on what their rules say is what they get, so each begins with one.
INSERT INTO "notification_rules" ("id", "user_id", "contact_method_id", "kind", "delay_minutes", "advance_minutes", "handoff_type", "created_at")
SELECT 'H' || upper(substr(md5(m."id"), 1, 13)), m."user_id", m."id", 'handoff', 0, 0, 'both', now()
FROM (
	SELECT DISTINCT ON ("user_id") "id", "user_id" FROM "contact_methods"
	WHERE "channel" = 'email' AND "enabled" ORDER BY "user_id", "created_at", "id"
) m;
