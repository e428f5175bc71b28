CREATE TABLE "page_verdicts" (
	"incident_id" text NOT NULL,
	"user_id" text NOT NULL,
	"useful" boolean NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "page_verdicts_incident_id_user_id_pk" PRIMARY KEY("incident_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "log_entries" DROP CONSTRAINT "log_entries_type_check";--> statement-breakpoint
ALTER TABLE "page_verdicts" ADD CONSTRAINT "page_verdicts_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "page_verdicts" ADD CONSTRAINT "page_verdicts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
-- Every stored row passed the narrower check: not valid spares reading them all while nobody can write.
ALTER TABLE "log_entries" ADD CONSTRAINT "log_entries_type_check" CHECK ("log_entries"."type" in ('trigger', 'acknowledge', 'unacknowledge', 'resolve', 'reopen', 'assign', 'escalate', 'delegate', 'exhaust_escalation_path', 'repeat_escalation_path', 'skip_level', 'wait_level', 'tell', 'handoff', 'nobody_answered', 'policy_applied', 'fallback', 'coverage_gap', 'notify', 'snooze', 'annotate', 'urgency_change', 'priority_change', 'field_value_change', 'merge', 'alert_added', 'alert_moved', 'alert_resolved', 'status_update', 'responder_request', 'responder_reply', 'responder_cancel', 'page_verdict')) NOT VALID;