CREATE TABLE "escalation_levels" (
	"id" text PRIMARY KEY NOT NULL,
	"policy_id" text NOT NULL,
	"position" integer NOT NULL,
	"delay_minutes" integer NOT NULL,
	CONSTRAINT "escalation_levels_position_check" CHECK ("escalation_levels"."position" between 1 and 20),
	CONSTRAINT "escalation_levels_delay_check" CHECK ("escalation_levels"."delay_minutes" between 1 and 1440)
);
--> statement-breakpoint
CREATE TABLE "escalation_policies" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"num_loops" integer DEFAULT 0 NOT NULL,
	"team_id" text,
	"fallback_user_id" text,
	"on_call_handoff_notifications" text DEFAULT 'if_has_services' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"is_demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "escalation_policies_loops_check" CHECK ("escalation_policies"."num_loops" between 0 and 9),
	CONSTRAINT "escalation_policies_handoff_check" CHECK ("escalation_policies"."on_call_handoff_notifications" in ('if_has_services', 'always'))
);
--> statement-breakpoint
CREATE TABLE "escalation_targets" (
	"id" text PRIMARY KEY NOT NULL,
	"level_id" text NOT NULL,
	"position" integer NOT NULL,
	"type" text NOT NULL,
	"user_id" text,
	"schedule_id" text,
	CONSTRAINT "escalation_targets_one_check" CHECK (("escalation_targets"."type" = 'user' and "escalation_targets"."user_id" is not null and "escalation_targets"."schedule_id" is null) or ("escalation_targets"."type" = 'schedule' and "escalation_targets"."schedule_id" is not null and "escalation_targets"."user_id" is null))
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" text PRIMARY KEY NOT NULL,
	"service_id" text NOT NULL,
	"integration_id" text,
	"incident_id" text,
	"dedup_key" text NOT NULL,
	"status" text NOT NULL,
	"severity" text NOT NULL,
	"summary" text NOT NULL,
	"source" text NOT NULL,
	"component" text,
	"group" text,
	"class" text,
	"custom_details" jsonb,
	"links" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"images" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"client" text,
	"client_url" text,
	"suppressed" boolean DEFAULT false NOT NULL,
	"occurrence_count" integer DEFAULT 1 NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"is_demo" boolean DEFAULT false NOT NULL,
	CONSTRAINT "alerts_status_check" CHECK ("alerts"."status" in ('triggered', 'resolved')),
	CONSTRAINT "alerts_severity_check" CHECK ("alerts"."severity" in ('critical', 'error', 'warning', 'info')),
	CONSTRAINT "alerts_resolved_check" CHECK (("alerts"."status" = 'resolved') = ("alerts"."resolved_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "change_events" (
	"id" text PRIMARY KEY NOT NULL,
	"service_id" text NOT NULL,
	"integration_id" text,
	"summary" text NOT NULL,
	"source" text,
	"at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"custom_details" jsonb,
	"links" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"images" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE SEQUENCE "inbox_id_seq" AS bigint CACHE 1;--> statement-breakpoint
CREATE TABLE "inbox" (
	"id" bigint NOT NULL DEFAULT nextval('inbox_id_seq'),
	"received_at" timestamp (3) with time zone NOT NULL,
	"lane" smallint NOT NULL,
	"integration_id" text NOT NULL,
	"source" text NOT NULL,
	"action" text NOT NULL,
	"dedup_key" text NOT NULL,
	"event" json NOT NULL,
	"processed_at" timestamp (3) with time zone,
	"alert_id" text,
	"incident_id" text,
	"outcome" text,
	"trace" jsonb,
	CONSTRAINT "inbox_id_received_at_pk" PRIMARY KEY("id","received_at")
) PARTITION BY RANGE ("received_at");
--> statement-breakpoint
CREATE TABLE "intake_errors" (
	"id" text PRIMARY KEY NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"integration_id" text,
	"source" text NOT NULL,
	"content_type" text,
	"body" text NOT NULL,
	"reason" text NOT NULL,
	"replayed_at" timestamp (3) with time zone,
	"replay_outcome" text
);
--> statement-breakpoint
CREATE TABLE "incident_facts" (
	"incident_id" text PRIMARY KEY NOT NULL,
	"number" integer NOT NULL,
	"service_id" text NOT NULL,
	"team_id" text,
	"policy_id" text,
	"priority_rank" integer,
	"urgency" text NOT NULL,
	"status" text NOT NULL,
	"origin" text NOT NULL,
	"detection_source" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"detected_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"first_page_at" timestamp (3) with time zone,
	"first_ack_at" timestamp (3) with time zone,
	"first_engaged_at" timestamp (3) with time zone,
	"mitigated_at" timestamp (3) with time zone,
	"ms_to_acknowledge" bigint,
	"ms_to_respond" bigint,
	"ms_to_resolve" bigint,
	"ms_to_mitigate" bigint,
	"snoozed_ms" bigint NOT NULL,
	"major" boolean NOT NULL,
	"auto_resolved" boolean NOT NULL,
	"merged" boolean NOT NULL,
	"engaged_user_count" integer NOT NULL,
	"assignment_count" integer NOT NULL,
	"acknowledgement_count" integer NOT NULL,
	"timeout_escalation_count" integer NOT NULL,
	"manual_escalation_count" integer NOT NULL,
	"reassignment_count" integer NOT NULL,
	"reopen_count" integer NOT NULL,
	"notification_count" integer NOT NULL,
	"alert_count" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "coverage_gaps" (
	"id" text PRIMARY KEY NOT NULL,
	"incident_id" text,
	"policy_id" text,
	"level" integer,
	"at" timestamp (3) with time zone NOT NULL,
	"because" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "incident_acknowledgements" (
	"incident_id" text NOT NULL,
	"user_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "incident_acknowledgements_incident_id_user_id_pk" PRIMARY KEY("incident_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "incident_assignments" (
	"incident_id" text NOT NULL,
	"user_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "incident_assignments_incident_id_user_id_pk" PRIMARY KEY("incident_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" text PRIMARY KEY NOT NULL,
	"number" integer GENERATED BY DEFAULT AS IDENTITY (sequence name "incidents_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"title" text NOT NULL,
	"body" text,
	"status" text NOT NULL,
	"urgency" text NOT NULL,
	"priority_id" text,
	"service_id" text NOT NULL,
	"incident_key" text,
	"policy_snapshot" jsonb NOT NULL,
	"assigned_via" text DEFAULT 'escalation_policy' NOT NULL,
	"level" integer DEFAULT 0 NOT NULL,
	"loop" integer DEFAULT 0 NOT NULL,
	"step" integer DEFAULT 0 NOT NULL,
	"generation" integer DEFAULT 1 NOT NULL,
	"unassigned" boolean DEFAULT false NOT NULL,
	"detection_source" text NOT NULL,
	"origin" text NOT NULL,
	"external_id" text,
	"created_by" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"detected_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"acknowledged_at" timestamp (3) with time zone,
	"mitigated_at" timestamp (3) with time zone,
	"resolved_at" timestamp (3) with time zone,
	"snoozed_until" timestamp (3) with time zone,
	"last_status_change_at" timestamp (3) with time zone NOT NULL,
	"last_status_change_by" jsonb,
	"resolution" text,
	"resolved_via" text,
	"merged_into_id" text,
	"reopen_count" integer DEFAULT 0 NOT NULL,
	"customer_impact" boolean,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "incidents_status_check" CHECK ("incidents"."status" in ('triggered', 'acknowledged', 'resolved')),
	CONSTRAINT "incidents_urgency_check" CHECK ("incidents"."urgency" in ('high', 'low')),
	CONSTRAINT "incidents_detection_check" CHECK ("incidents"."detection_source" in ('monitoring', 'internal_person', 'customer_report', 'partner', 'social', 'unknown')),
	CONSTRAINT "incidents_origin_check" CHECK ("incidents"."origin" in ('event', 'person', 'api', 'import', 'demo')),
	CONSTRAINT "incidents_title_check" CHECK (length("incidents"."title") between 1 and 1024),
	CONSTRAINT "incidents_resolved_check" CHECK (("incidents"."status" = 'resolved') = ("incidents"."resolved_at" is not null)),
	CONSTRAINT "incidents_snoozed_check" CHECK ("incidents"."snoozed_until" is null or "incidents"."status" = 'acknowledged')
);
--> statement-breakpoint
CREATE TABLE "log_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"incident_id" text NOT NULL,
	"type" text NOT NULL,
	"class" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_type" text NOT NULL,
	"actor_id" text,
	"actor_name" text NOT NULL,
	"channel" text NOT NULL,
	"user_id" text,
	"note" text,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "log_entries_type_check" CHECK ("log_entries"."type" in ('trigger', 'acknowledge', 'unacknowledge', 'resolve', 'reopen', 'assign', 'escalate', 'delegate', 'exhaust_escalation_path', 'repeat_escalation_path', 'skip_level', 'fallback', 'coverage_gap', 'notify', 'snooze', 'annotate', 'urgency_change', 'priority_change', 'field_value_change', 'merge', 'alert_added', 'alert_resolved', 'status_update')),
	CONSTRAINT "log_entries_class_check" CHECK ("log_entries"."class" in ('key', 'people', 'system', 'notification'))
);
--> statement-breakpoint
CREATE TABLE "pending_actions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "pending_actions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"incident_id" text NOT NULL,
	"type" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"generation" integer NOT NULL,
	"to" text,
	CONSTRAINT "pending_actions_type_check" CHECK ("pending_actions"."type" in ('escalate', 'unacknowledge', 'resolve', 'urgency_change'))
);
--> statement-breakpoint
CREATE TABLE "priorities" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"color" text NOT NULL,
	"rank" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" text PRIMARY KEY NOT NULL,
	"page_id" text NOT NULL,
	"incident_id" text,
	"user_id" text NOT NULL,
	"contact_method_id" text,
	"channel" text NOT NULL,
	"address" text NOT NULL,
	"delay_minutes" integer NOT NULL,
	"state" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"leased_until" timestamp (3) with time zone,
	"leased_by" text,
	"provider_id" text,
	"last_error" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "deliveries_state_check" CHECK ("deliveries"."state" in ('queued', 'sending', 'retrying', 'accepted', 'delivered', 'acted', 'failed', 'cancelled', 'expired')),
	CONSTRAINT "deliveries_channel_check" CHECK ("deliveries"."channel" in ('email', 'push', 'slack', 'webhook', 'sms', 'phone'))
);
--> statement-breakpoint
CREATE TABLE "delivery_states" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "delivery_states_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"delivery_id" text NOT NULL,
	"state" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"detail" text
);
--> statement-breakpoint
CREATE TABLE "outbox_messages" (
	"id" text PRIMARY KEY NOT NULL,
	"delivery_id" text,
	"at" timestamp (3) with time zone NOT NULL,
	"to" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"html" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pages" (
	"id" text PRIMARY KEY NOT NULL,
	"incident_id" text,
	"user_id" text NOT NULL,
	"step" integer NOT NULL,
	"reason" text NOT NULL,
	"urgency" text NOT NULL,
	"level" integer,
	"state" text NOT NULL,
	"trace" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "pages_reason_check" CHECK ("pages"."reason" in ('assigned', 'escalated', 'reassigned', 'unacknowledged', 'reopened', 'urgency_raised', 'fallback', 'test')),
	CONSTRAINT "pages_state_check" CHECK ("pages"."state" in ('active', 'cancelled', 'expired', 'done')),
	CONSTRAINT "pages_urgency_check" CHECK ("pages"."urgency" in ('high', 'low')),
	CONSTRAINT "pages_test_check" CHECK (("pages"."reason" = 'test') = ("pages"."incident_id" is null))
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"scope" text NOT NULL,
	"user_id" text,
	"hash" text NOT NULL,
	"last_four" text NOT NULL,
	"created_by" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "api_keys_scope_check" CHECK ("api_keys"."scope" in ('full', 'read'))
);
--> statement-breakpoint
CREATE TABLE "audit_records" (
	"id" text PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_type" text NOT NULL,
	"actor_id" text,
	"actor_name" text NOT NULL,
	"method" text NOT NULL,
	"action" text NOT NULL,
	"object_type" text NOT NULL,
	"object_id" text,
	"object_name" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	CONSTRAINT "audit_records_actor_check" CHECK ("audit_records"."actor_type" in ('user', 'integration', 'api_key', 'system'))
);
--> statement-breakpoint
CREATE TABLE "engines" (
	"id" text PRIMARY KEY NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"beat_at" timestamp (3) with time zone NOT NULL,
	"process_id" integer NOT NULL,
	"modules" jsonb NOT NULL,
	CONSTRAINT "engines_beat_check" CHECK ("engines"."beat_at" >= "engines"."started_at")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone NOT NULL,
	"topic" text NOT NULL,
	"entity_type" text NOT NULL,
	"entity_id" text NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact_methods" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"channel" text NOT NULL,
	"label" text NOT NULL,
	"address" text NOT NULL,
	"secret" text,
	"country_code" integer,
	"enabled" boolean DEFAULT true NOT NULL,
	"verified_at" timestamp (3) with time zone,
	"last_delivered_at" timestamp (3) with time zone,
	"last_failed_at" timestamp (3) with time zone,
	"last_error" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "contact_methods_channel_check" CHECK ("contact_methods"."channel" in ('email', 'push', 'slack', 'webhook', 'sms', 'phone'))
);
--> statement-breakpoint
CREATE TABLE "notification_rules" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"contact_method_id" text NOT NULL,
	"urgency" text NOT NULL,
	"delay_minutes" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "notification_rules_urgency_check" CHECK ("notification_rules"."urgency" in ('high', 'low')),
	CONSTRAINT "notification_rules_delay_check" CHECK ("notification_rules"."delay_minutes" between 0 and 1440)
);
--> statement-breakpoint
CREATE TABLE "team_members" (
	"team_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "team_members_team_id_user_id_pk" PRIMARY KEY("team_id","user_id"),
	CONSTRAINT "team_members_role_check" CHECK ("team_members"."role" in ('manager', 'responder', 'observer'))
);
--> statement-breakpoint
CREATE TABLE "teams" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"description" text,
	"is_demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "teams_name_check" CHECK (length("teams"."name") between 1 and 100)
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"password_hash" text,
	"role" text NOT NULL,
	"job_title" text,
	"description" text,
	"time_zone" text DEFAULT 'Etc/UTC' NOT NULL,
	"preferences" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"session_version" integer DEFAULT 1 NOT NULL,
	"created_via_sso" boolean DEFAULT false NOT NULL,
	"is_demo" boolean DEFAULT false NOT NULL,
	"last_sign_in_at" timestamp (3) with time zone,
	"deactivated_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "users_role_check" CHECK ("users"."role" in ('owner', 'admin', 'manager', 'responder', 'observer', 'stakeholder')),
	CONSTRAINT "users_email_check" CHECK ("users"."email" like '%_@_%' and length("users"."email") <= 254),
	CONSTRAINT "users_name_check" CHECK (length("users"."name") between 1 and 100)
);
--> statement-breakpoint
CREATE TABLE "schedule_layer_members" (
	"layer_row_id" text NOT NULL,
	"turn" integer NOT NULL,
	"position" integer NOT NULL,
	"user_id" text NOT NULL,
	CONSTRAINT "schedule_layer_members_layer_row_id_turn_position_pk" PRIMARY KEY("layer_row_id","turn","position")
);
--> statement-breakpoint
CREATE TABLE "schedule_layers" (
	"id" text PRIMARY KEY NOT NULL,
	"version_id" text NOT NULL,
	"layer_id" text NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone,
	"rotation" jsonb NOT NULL,
	"restrictions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"together" boolean DEFAULT false NOT NULL,
	CONSTRAINT "schedule_layers_span_check" CHECK ("schedule_layers"."ends_at" is null or "schedule_layers"."ends_at" >= "schedule_layers"."starts_at")
);
--> statement-breakpoint
CREATE TABLE "schedule_overrides" (
	"id" text PRIMARY KEY NOT NULL,
	"schedule_id" text NOT NULL,
	"user_id" text NOT NULL,
	"replaces_user_id" text,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"created_by" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "schedule_overrides_span_check" CHECK ("schedule_overrides"."ends_at" > "schedule_overrides"."starts_at")
);
--> statement-breakpoint
CREATE TABLE "schedule_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"schedule_id" text NOT NULL,
	"version" integer NOT NULL,
	"time_zone" text NOT NULL,
	"effective_from" timestamp (3) with time zone NOT NULL,
	"effective_to" timestamp (3) with time zone,
	"published_by" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "schedule_versions_span_check" CHECK ("schedule_versions"."effective_to" is null or "schedule_versions"."effective_to" >= "schedule_versions"."effective_from")
);
--> statement-breakpoint
CREATE TABLE "schedules" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"time_zone" text NOT NULL,
	"team_id" text,
	"version" integer DEFAULT 1 NOT NULL,
	"is_demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "schedules_name_check" CHECK (length("schedules"."name") between 1 and 255)
);
--> statement-breakpoint
CREATE TABLE "integrations" (
	"id" text PRIMARY KEY NOT NULL,
	"service_id" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"key" text NOT NULL,
	"last_event_at" timestamp (3) with time zone,
	"is_demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "integrations_type_check" CHECK ("integrations"."type" in ('events_api_v2_inbound_integration', 'generic_events_api_inbound_integration', 'alertmanager_inbound_integration', 'grafana_inbound_integration')),
	CONSTRAINT "integrations_key_check" CHECK ("integrations"."key" ~ '^[0-9a-zA-Z]{32}$')
);
--> statement-breakpoint
CREATE TABLE "service_dependencies" (
	"dependent_id" text NOT NULL,
	"supporting_id" text NOT NULL,
	CONSTRAINT "service_dependencies_dependent_id_supporting_id_pk" PRIMARY KEY("dependent_id","supporting_id"),
	CONSTRAINT "service_dependencies_self_check" CHECK ("service_dependencies"."dependent_id" <> "service_dependencies"."supporting_id")
);
--> statement-breakpoint
CREATE TABLE "services" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"tier" integer DEFAULT 3 NOT NULL,
	"team_id" text,
	"escalation_policy_id" text NOT NULL,
	"urgency_rule" jsonb NOT NULL,
	"support_hours" jsonb,
	"acknowledgement_timeout" integer DEFAULT 1800,
	"auto_resolve_timeout" integer DEFAULT 14400,
	"reopen_within" integer,
	"escalate_low_urgency" boolean DEFAULT false NOT NULL,
	"runbook_url" text,
	"links" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	"last_incident_at" timestamp (3) with time zone,
	"is_demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "services_tier_check" CHECK ("services"."tier" between 1 and 4),
	CONSTRAINT "services_name_check" CHECK (length("services"."name") between 1 and 255),
	CONSTRAINT "services_timeouts_check" CHECK (("services"."acknowledgement_timeout" is null or "services"."acknowledgement_timeout" > 0) and ("services"."auto_resolve_timeout" is null or "services"."auto_resolve_timeout" > 0) and ("services"."reopen_within" is null or "services"."reopen_within" > 0))
);
--> statement-breakpoint
ALTER TABLE "escalation_levels" ADD CONSTRAINT "escalation_levels_policy_id_escalation_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."escalation_policies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "escalation_policies" ADD CONSTRAINT "escalation_policies_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "escalation_policies" ADD CONSTRAINT "escalation_policies_fallback_user_id_users_id_fk" FOREIGN KEY ("fallback_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "escalation_targets" ADD CONSTRAINT "escalation_targets_level_id_escalation_levels_id_fk" FOREIGN KEY ("level_id") REFERENCES "public"."escalation_levels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "escalation_targets" ADD CONSTRAINT "escalation_targets_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "escalation_targets" ADD CONSTRAINT "escalation_targets_schedule_id_schedules_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "public"."schedules"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "change_events" ADD CONSTRAINT "change_events_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "change_events" ADD CONSTRAINT "change_events_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intake_errors" ADD CONSTRAINT "intake_errors_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_facts" ADD CONSTRAINT "incident_facts_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coverage_gaps" ADD CONSTRAINT "coverage_gaps_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_acknowledgements" ADD CONSTRAINT "incident_acknowledgements_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_acknowledgements" ADD CONSTRAINT "incident_acknowledgements_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_assignments" ADD CONSTRAINT "incident_assignments_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_assignments" ADD CONSTRAINT "incident_assignments_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_priority_id_priorities_id_fk" FOREIGN KEY ("priority_id") REFERENCES "public"."priorities"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_merged_into_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."incidents"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_entries" ADD CONSTRAINT "log_entries_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_entries" ADD CONSTRAINT "log_entries_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pending_actions" ADD CONSTRAINT "pending_actions_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_page_id_pages_id_fk" FOREIGN KEY ("page_id") REFERENCES "public"."pages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_contact_method_id_contact_methods_id_fk" FOREIGN KEY ("contact_method_id") REFERENCES "public"."contact_methods"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_states" ADD CONSTRAINT "delivery_states_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox_messages" ADD CONSTRAINT "outbox_messages_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pages" ADD CONSTRAINT "pages_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pages" ADD CONSTRAINT "pages_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_methods" ADD CONSTRAINT "contact_methods_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_rules" ADD CONSTRAINT "notification_rules_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_rules" ADD CONSTRAINT "notification_rules_contact_method_id_contact_methods_id_fk" FOREIGN KEY ("contact_method_id") REFERENCES "public"."contact_methods"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_layer_members" ADD CONSTRAINT "schedule_layer_members_layer_row_id_schedule_layers_id_fk" FOREIGN KEY ("layer_row_id") REFERENCES "public"."schedule_layers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_layer_members" ADD CONSTRAINT "schedule_layer_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_layers" ADD CONSTRAINT "schedule_layers_version_id_schedule_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."schedule_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_overrides" ADD CONSTRAINT "schedule_overrides_schedule_id_schedules_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "public"."schedules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_overrides" ADD CONSTRAINT "schedule_overrides_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_overrides" ADD CONSTRAINT "schedule_overrides_replaces_user_id_users_id_fk" FOREIGN KEY ("replaces_user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_overrides" ADD CONSTRAINT "schedule_overrides_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_versions" ADD CONSTRAINT "schedule_versions_schedule_id_schedules_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "public"."schedules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_versions" ADD CONSTRAINT "schedule_versions_published_by_users_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedules" ADD CONSTRAINT "schedules_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "integrations" ADD CONSTRAINT "integrations_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_dependencies" ADD CONSTRAINT "service_dependencies_dependent_id_services_id_fk" FOREIGN KEY ("dependent_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_dependencies" ADD CONSTRAINT "service_dependencies_supporting_id_services_id_fk" FOREIGN KEY ("supporting_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "services" ADD CONSTRAINT "services_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "services" ADD CONSTRAINT "services_escalation_policy_id_escalation_policies_id_fk" FOREIGN KEY ("escalation_policy_id") REFERENCES "public"."escalation_policies"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "escalation_levels_position_key" ON "escalation_levels" USING btree ("policy_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "escalation_policies_name_key" ON "escalation_policies" USING btree (lower("name")) WHERE "escalation_policies"."deleted_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "escalation_policies_slug_key" ON "escalation_policies" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "escalation_targets_position_key" ON "escalation_targets" USING btree ("level_id","position");--> statement-breakpoint
CREATE INDEX "escalation_targets_user_idx" ON "escalation_targets" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "escalation_targets_schedule_idx" ON "escalation_targets" USING btree ("schedule_id");--> statement-breakpoint
CREATE UNIQUE INDEX "alerts_open_key" ON "alerts" USING btree ("integration_id","dedup_key") WHERE "alerts"."status" = 'triggered';--> statement-breakpoint
CREATE INDEX "alerts_incident_idx" ON "alerts" USING btree ("incident_id");--> statement-breakpoint
CREATE INDEX "alerts_service_idx" ON "alerts" USING btree ("service_id","created_at");--> statement-breakpoint
CREATE INDEX "change_events_service_idx" ON "change_events" USING btree ("service_id","at");--> statement-breakpoint
CREATE INDEX "inbox_todo_idx" ON "inbox" USING btree ("lane","id") WHERE "inbox"."processed_at" is null;--> statement-breakpoint
CREATE INDEX "inbox_integration_idx" ON "inbox" USING btree ("integration_id","id");--> statement-breakpoint
CREATE INDEX "intake_errors_received_idx" ON "intake_errors" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "incident_facts_created_idx" ON "incident_facts" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "incident_facts_service_idx" ON "incident_facts" USING btree ("service_id","created_at");--> statement-breakpoint
CREATE INDEX "incident_facts_team_idx" ON "incident_facts" USING btree ("team_id","created_at");--> statement-breakpoint
CREATE INDEX "coverage_gaps_at_idx" ON "coverage_gaps" USING btree ("at");--> statement-breakpoint
CREATE INDEX "incident_assignments_user_idx" ON "incident_assignments" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_number_key" ON "incidents" USING btree ("number");--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_open_key" ON "incidents" USING btree ("service_id","incident_key") WHERE "incidents"."status" <> 'resolved' and "incidents"."incident_key" is not null and "incidents"."origin" = 'api';--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_external_key" ON "incidents" USING btree ("origin","external_id") WHERE "incidents"."external_id" is not null;--> statement-breakpoint
CREATE INDEX "incidents_open_idx" ON "incidents" USING btree ("service_id","created_at") WHERE "incidents"."status" <> 'resolved';--> statement-breakpoint
CREATE INDEX "incidents_created_idx" ON "incidents" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "incidents_service_idx" ON "incidents" USING btree ("service_id","created_at");--> statement-breakpoint
CREATE INDEX "log_entries_incident_idx" ON "log_entries" USING btree ("incident_id","at","id");--> statement-breakpoint
CREATE INDEX "log_entries_at_idx" ON "log_entries" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "pending_actions_key" ON "pending_actions" USING btree ("incident_id","type");--> statement-breakpoint
CREATE INDEX "pending_actions_due_idx" ON "pending_actions" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "priorities_rank_key" ON "priorities" USING btree ("rank");--> statement-breakpoint
CREATE UNIQUE INDEX "priorities_name_key" ON "priorities" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_key" ON "deliveries" USING btree ("page_id","contact_method_id","delay_minutes");--> statement-breakpoint
CREATE INDEX "deliveries_due_idx" ON "deliveries" USING btree ("due_at") WHERE "deliveries"."state" in ('queued', 'retrying', 'sending');--> statement-breakpoint
CREATE INDEX "deliveries_incident_idx" ON "deliveries" USING btree ("incident_id","created_at");--> statement-breakpoint
CREATE INDEX "deliveries_user_idx" ON "deliveries" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "deliveries_created_idx" ON "deliveries" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "delivery_states_delivery_idx" ON "delivery_states" USING btree ("delivery_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_messages_delivery_key" ON "outbox_messages" USING btree ("delivery_id");--> statement-breakpoint
CREATE INDEX "outbox_messages_at_idx" ON "outbox_messages" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "pages_step_key" ON "pages" USING btree ("incident_id","step","user_id");--> statement-breakpoint
CREATE INDEX "pages_user_idx" ON "pages" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "audit_records_at_idx" ON "audit_records" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "audit_records_object_idx" ON "audit_records" USING btree ("object_type","object_id");--> statement-breakpoint
CREATE INDEX "outbox_at_idx" ON "outbox" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "contact_methods_address_key" ON "contact_methods" USING btree ("user_id","channel","address",coalesce("country_code", 0));--> statement-breakpoint
CREATE UNIQUE INDEX "notification_rules_key" ON "notification_rules" USING btree ("user_id","urgency","contact_method_id","delay_minutes");--> statement-breakpoint
CREATE INDEX "notification_rules_method_idx" ON "notification_rules" USING btree ("contact_method_id");--> statement-breakpoint
CREATE INDEX "team_members_user_idx" ON "team_members" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "teams_name_key" ON "teams" USING btree (lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "teams_slug_key" ON "teams" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key" ON "users" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "schedule_layer_members_user_idx" ON "schedule_layer_members" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "schedule_layers_position_key" ON "schedule_layers" USING btree ("version_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "schedule_layers_layer_key" ON "schedule_layers" USING btree ("version_id","layer_id");--> statement-breakpoint
CREATE INDEX "schedule_overrides_span_idx" ON "schedule_overrides" USING btree ("schedule_id","ends_at") WHERE "schedule_overrides"."removed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "schedule_versions_key" ON "schedule_versions" USING btree ("schedule_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "schedule_versions_open_key" ON "schedule_versions" USING btree ("schedule_id") WHERE "schedule_versions"."effective_to" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "schedules_slug_key" ON "schedules" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "schedules_team_idx" ON "schedules" USING btree ("team_id");--> statement-breakpoint
CREATE UNIQUE INDEX "integrations_key_key" ON "integrations" USING btree ("key");--> statement-breakpoint
CREATE INDEX "integrations_service_idx" ON "integrations" USING btree ("service_id");--> statement-breakpoint
CREATE INDEX "service_dependencies_supporting_idx" ON "service_dependencies" USING btree ("supporting_id");--> statement-breakpoint
CREATE UNIQUE INDEX "services_name_key" ON "services" USING btree (lower("name")) WHERE "services"."deleted_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "services_slug_key" ON "services" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "services_team_idx" ON "services" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "services_policy_idx" ON "services" USING btree ("escalation_policy_id");