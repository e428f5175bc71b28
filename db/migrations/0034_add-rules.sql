CREATE TABLE "rule_counts" (
	"rule_id" text PRIMARY KEY NOT NULL,
	"counted" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rule_hits" (
	"rule_set_id" text NOT NULL,
	"rule_id" text NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"lane" smallint NOT NULL,
	"hits" integer NOT NULL,
	"shadow_hits" integer NOT NULL,
	CONSTRAINT "rule_hits_rule_set_id_rule_id_hour_lane_pk" PRIMARY KEY("rule_set_id","rule_id","hour","lane")
);
--> statement-breakpoint
CREATE TABLE "rule_set_versions" (
	"rule_set_id" text NOT NULL,
	"version" integer NOT NULL,
	"path" jsonb NOT NULL,
	"reason" text NOT NULL,
	"published_by" text,
	"published_by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rule_set_versions_rule_set_id_version_pk" PRIMARY KEY("rule_set_id","version")
);
--> statement-breakpoint
CREATE TABLE "rule_sets" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"service_id" text,
	"version" integer NOT NULL,
	"rekeys" boolean DEFAULT false NOT NULL,
	"is_demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rule_sets_kind_check" CHECK ("rule_sets"."kind" in ('global', 'router', 'unrouted', 'service')),
	CONSTRAINT "rule_sets_service_check" CHECK (("rule_sets"."kind" = 'service') = ("rule_sets"."service_id" is not null))
);
--> statement-breakpoint
ALTER TABLE "integrations" ADD COLUMN "is_routed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "rule_hits" ADD CONSTRAINT "rule_hits_rule_set_id_rule_sets_id_fk" FOREIGN KEY ("rule_set_id") REFERENCES "public"."rule_sets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_set_versions" ADD CONSTRAINT "rule_set_versions_rule_set_id_rule_sets_id_fk" FOREIGN KEY ("rule_set_id") REFERENCES "public"."rule_sets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_set_versions" ADD CONSTRAINT "rule_set_versions_published_by_users_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_sets" ADD CONSTRAINT "rule_sets_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "rule_hits_hour_idx" ON "rule_hits" USING btree ("hour");--> statement-breakpoint
CREATE UNIQUE INDEX "rule_sets_service_key" ON "rule_sets" USING btree ("service_id") WHERE "rule_sets"."kind" = 'service';--> statement-breakpoint
CREATE UNIQUE INDEX "rule_sets_kind_key" ON "rule_sets" USING btree ("kind") WHERE "rule_sets"."kind" <> 'service';--> statement-breakpoint
-- A version never changes once it is published: processes keep what they compiled of it.
CREATE TRIGGER rule_set_versions_never_change BEFORE UPDATE OF path, version, rule_set_id ON rule_set_versions
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
