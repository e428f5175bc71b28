CREATE TABLE "cache_counts" (
	"variable_id" text NOT NULL,
	"stretch" timestamp (3) with time zone NOT NULL,
	"lane" smallint NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "cache_counts_variable_id_stretch_lane_pk" PRIMARY KEY("variable_id","stretch","lane")
);
--> statement-breakpoint
CREATE TABLE "cache_values" (
	"variable_id" text NOT NULL,
	"lane" smallint NOT NULL,
	"value" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	CONSTRAINT "cache_values_variable_id_lane_pk" PRIMARY KEY("variable_id","lane")
);
--> statement-breakpoint
CREATE TABLE "cache_variables" (
	"id" text PRIMARY KEY NOT NULL,
	"service_id" text,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"condition" jsonb NOT NULL,
	"path" text,
	"pattern" text,
	"ttl_seconds" integer,
	"data_type" text,
	"disabled" boolean DEFAULT false NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "cache_variables_kind_check" CHECK ("cache_variables"."kind" in ('recent_value', 'trigger_event_count', 'external_data')),
	CONSTRAINT "cache_variables_type_check" CHECK ("cache_variables"."data_type" in ('string', 'number', 'boolean')),
	CONSTRAINT "cache_variables_value_check" CHECK (("cache_variables"."kind" = 'recent_value') = ("cache_variables"."path" is not null and "cache_variables"."pattern" is not null)),
	CONSTRAINT "cache_variables_data_check" CHECK (("cache_variables"."kind" = 'external_data') = ("cache_variables"."data_type" is not null)),
	CONSTRAINT "cache_variables_ttl_check" CHECK ("cache_variables"."ttl_seconds" > 0 and ("cache_variables"."kind" = 'recent_value' or "cache_variables"."ttl_seconds" is not null))
);
--> statement-breakpoint
CREATE TABLE "rule_calls" (
	"id" text PRIMARY KEY NOT NULL,
	"webhook_id" text NOT NULL,
	"rule" jsonb,
	"subject_key" text NOT NULL,
	"body" text NOT NULL,
	"occurrences" integer NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"last_error" text,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rule_webhooks" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"host" text NOT NULL,
	"secret" text NOT NULL,
	"template" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "cache_counts" ADD CONSTRAINT "cache_counts_variable_id_cache_variables_id_fk" FOREIGN KEY ("variable_id") REFERENCES "public"."cache_variables"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cache_values" ADD CONSTRAINT "cache_values_variable_id_cache_variables_id_fk" FOREIGN KEY ("variable_id") REFERENCES "public"."cache_variables"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cache_variables" ADD CONSTRAINT "cache_variables_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_calls" ADD CONSTRAINT "rule_calls_webhook_id_rule_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."rule_webhooks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "cache_variables_name_key" ON "cache_variables" USING btree ("name") WHERE "cache_variables"."service_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "cache_variables_service_name_key" ON "cache_variables" USING btree ("service_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "rule_calls_waiting_key" ON "rule_calls" USING btree ("webhook_id","subject_key") WHERE "rule_calls"."started_at" is null;--> statement-breakpoint
CREATE INDEX "rule_calls_due_idx" ON "rule_calls" USING btree ("due_at") WHERE "rule_calls"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "rule_calls_subject_idx" ON "rule_calls" USING btree ("webhook_id","subject_key","created_at");--> statement-breakpoint
CREATE INDEX "rule_calls_webhook_idx" ON "rule_calls" USING btree ("webhook_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "rule_webhooks_name_key" ON "rule_webhooks" USING btree (lower("name"));