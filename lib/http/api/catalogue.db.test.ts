import { describe, expect, it } from "vitest";
import { publicApi } from "#lib/testing/api";
import { useDatabase } from "#lib/testing/database";
import {
  makeContactMethod,
  makePolicy,
  makeSchedule,
  makeService,
  makeTeam,
  makeUser,
} from "#lib/testing/factories";

const { db, sql } = await useDatabase();
const { call, makeKey } = await publicApi(db);

describe("users", () => {
  const user = (email: string, more = {}) => ({
    user: { type: "user", name: "Ann Lee", email, role: "user", color: "red", ...more },
  });

  it("are created with a way to be reached, read, changed and removed", async () => {
    const created = await call("POST", "/users", {
      body: user("ann@example.com", {
        time_zone: "Eastern Time (US & Canada)",
        job_title: null,
        license: { id: "x" },
      }),
    });
    expect(created.status).toBe(201);
    expect(created.at("user")).toMatchObject({
      type: "user",
      summary: "Ann Lee",
      name: "Ann Lee",
      email: "ann@example.com",
      role: "user",
      time_zone: "America/New_York",
      job_title: null,
      description: null,
      teams: [],
      contact_methods: [{ type: "email_contact_method_reference", summary: "Default" }],
    });
    const id = created.text("user.id");
    expect(created.at("user.notification_rules")).toHaveLength(2);
    const expanded = await call("GET", `/users/${id}?include[]=contact_methods&include[]=notification_rules`);
    expect(expanded.at("user.contact_methods.0")).toMatchObject({
      type: "email_contact_method",
      label: "Default",
      address: "ann@example.com",
      enabled: true,
    });
    expect(expanded.at("user.notification_rules.0")).toMatchObject({
      type: "assignment_notification_rule",
      start_delay_in_minutes: 0,
      contact_method: { type: "email_contact_method" },
    });
    const changed = await call("PUT", `/users/${id}`, {
      body: { user: { name: "Ann Roe", role: "limited_user", job_title: "Lead" } },
    });
    expect(changed.at("user")).toMatchObject({
      name: "Ann Roe",
      email: "ann@example.com",
      role: "limited_user",
      job_title: "Lead",
    });
    expect(
      (await call("PUT", `/users/${id}`, { body: { user: { job_title: null } } })).at("user.job_title"),
    ).toBeNull();
    expect((await call("GET", "/users?query=ANN%20R")).at("users.0.id")).toBe(id);
    expect((await call("GET", `/users/${id}/license`)).at("license")).toMatchObject({
      type: "license",
      role_group: "FullUser",
    });
    expect((await call("DELETE", `/users/${id}`)).status).toBe(204);
    expect((await call("GET", `/users/${id}`)).status).toBe(404);
  });

  it("refuse in the words that clients look for", async () => {
    await makeUser(db, { email: "taken@example.com" });
    const taken = await call("POST", "/users", { body: user("Taken@Example.com") });
    expect(taken.status).toBe(400);
    expect(taken.body).toEqual({
      error: { message: "Invalid Input Provided", code: 2001, errors: ["Email has already been taken"] },
    });
    const wrong = await call("POST", "/users", { body: { user: { name: "", email: "no", role: "king" } } });
    expect(wrong.at("error.errors")).toEqual(["Role is not a role"]);
  });

  it("are not removed while something counts on them", async () => {
    const person = await makeUser(db);
    await makePolicy(db, { name: "Needs her", levels: [{ targets: [{ type: "user", id: person.id }] }] });
    const refused = await call("DELETE", `/users/${person.id}`);
    expect(refused.status).toBe(400);
    expect(refused.at("error.errors.0")).toContain("Needs her");
  });

  it("have no me with an account key", async () => {
    const answer = await call("GET", "/users/me");
    expect(answer.status).toBe(400);
    expect(answer.at("error")).toContain("account-level access token");
  });
});

describe("contact methods and notification rules", () => {
  it("are added, changed and removed, and keep their ids", async () => {
    const person = await makeUser(db);
    const methods = `/users/${person.id}/contact_methods`;
    const email = {
      contact_method: {
        type: "email_contact_method",
        label: "Work",
        address: "work@example.com",
        send_short_email: false,
      },
    };
    const added = await call("POST", methods, { body: email });
    expect(added.status).toBe(201);
    expect(added.at("contact_method")).toMatchObject({
      type: "email_contact_method",
      label: "Work",
      address: "work@example.com",
      enabled: true,
    });
    const id = added.text("contact_method.id");
    const twice = await call("POST", methods, { body: email });
    expect(twice.body).toEqual({
      error: {
        message: "Invalid Input Provided",
        code: 2001,
        errors: ["User Contact method must be unique"],
      },
    });
    const sms = {
      contact_method: { type: "sms_contact_method", label: "M", address: "5551234", country_code: 1 },
    };
    expect((await call("POST", methods, { body: sms })).status).toBe(400);
    expect(
      (
        await call("PUT", `${methods}/${id}`, {
          body: { contact_method: { label: "Office", address: "work@example.com" } },
        })
      ).at("contact_method.label"),
    ).toBe("Office");

    const rules = `/users/${person.id}/notification_rules`;
    const rule = {
      notification_rule: {
        type: "assignment_notification_rule",
        start_delay_in_minutes: 5,
        urgency: "high",
        contact_method: { id, type: "email_contact_method" },
      },
    };
    const created = await call("POST", rules, { body: rule });
    expect(created.status).toBe(201);
    expect(created.at("notification_rule")).toMatchObject({
      type: "assignment_notification_rule",
      start_delay_in_minutes: 5,
      urgency: "high",
      contact_method: { id, type: "email_contact_method" },
    });
    expect((await call("POST", rules, { body: rule })).at("error.errors")).toEqual([
      "Channel Start delay must be unique for a given contact method",
    ]);
    const ruleId = created.text("notification_rule.id");
    const changed = await call("PUT", `${rules}/${ruleId}`, {
      body: { notification_rule: { start_delay_in_minutes: 10 } },
    });
    expect(changed.at("notification_rule")).toMatchObject({
      id: ruleId,
      start_delay_in_minutes: 10,
      urgency: "high",
    });
    const other = await makeUser(db);
    const foreign = await makeContactMethod(db, { userId: other.id });
    expect(
      (
        await call("PUT", `${rules}/${ruleId}`, {
          body: { notification_rule: { contact_method: { id: foreign.id } } },
        })
      ).status,
    ).toBe(400);
    expect((await call("GET", `/users/${other.id}/notification_rules/${ruleId}`)).status).toBe(404);
    expect((await call("DELETE", `${rules}/${ruleId}`)).status).toBe(204);
    expect((await call("GET", rules)).body).toEqual({ notification_rules: [] });
    expect((await call("DELETE", `${methods}/${id}`)).status).toBe(204);
    expect((await call("GET", methods)).body).toEqual({ contact_methods: [] });
    expect((await call("GET", `/users/${other.id}/contact_methods/${id}`)).status).toBe(404);
  });

  it("are arranged by the person themselves and those who manage people", async () => {
    const [person, colleague] = [await makeUser(db), await makeUser(db)];
    const body = {
      contact_method: { type: "email_contact_method", label: "Mine", address: "mine@example.com" },
    };
    const theirs = await makeKey({ userId: colleague.id });
    expect((await call("POST", `/users/${person.id}/contact_methods`, { body, key: theirs })).status).toBe(
      403,
    );
    const own = await makeKey({ userId: person.id });
    expect((await call("POST", `/users/${person.id}/contact_methods`, { body, key: own })).status).toBe(201);
  });
});

describe("teams", () => {
  it("have members with roles, visible at once", async () => {
    const created = await call("POST", "/teams", { body: { team: { name: "Payments", description: "" } } });
    expect(created.at("team")).toMatchObject({
      type: "team",
      name: "Payments",
      description: null,
      default_role: "manager",
      parent: null,
    });
    const id = created.text("team.id");
    const person = await makeUser(db);
    expect((await call("PUT", `/teams/${id}/users/${person.id}`)).status).toBe(204);
    expect((await call("PUT", `/teams/${id}/users/${person.id}`, { body: { role: "manager" } })).status).toBe(
      204,
    );
    const members = await call("GET", `/teams/${id}/members`);
    expect(members.body).toMatchObject({
      members: [{ user: { id: person.id, type: "user_reference" }, role: "manager" }],
      limit: 25,
      offset: 0,
      more: false,
    });
    expect((await call("GET", `/teams/${id}/members?include[]=users`)).at("members.0.user")).toMatchObject({
      type: "user",
      email: person.email,
    });
    expect((await call("DELETE", `/teams/${id}/users/${person.id}`)).status).toBe(204);
    expect((await call("GET", `/teams/${id}/members`)).at("members")).toEqual([]);
    expect(
      (await call("POST", "/teams", { body: { team: { name: "payments" } } })).at("error.errors"),
    ).toEqual(["Name has already been taken"]);
    expect((await call("DELETE", `/teams/${id}`)).status).toBe(204);
  });

  it("own policies", async () => {
    const [team, person] = [await makeTeam(db), await makeUser(db)];
    const policy = await makePolicy(db, { levels: [{ targets: [{ type: "user", id: person.id }] }] });
    expect((await call("PUT", `/teams/${team.id}/escalation_policies/${policy.id}`)).status).toBe(204);
    const owned = await call("GET", `/escalation_policies?team_ids[]=${team.id}&include[]=teams`);
    expect(owned.at("escalation_policies.0.teams.0")).toMatchObject({ id: team.id, type: "team" });
    expect((await call("DELETE", `/teams/${team.id}/escalation_policies/${policy.id}`)).status).toBe(204);
    expect((await call("GET", `/escalation_policies/${policy.id}`)).at("escalation_policy.teams")).toEqual(
      [],
    );
  });

  it("keep those whom their policies name", async () => {
    const person = await makeUser(db);
    const team = await makeTeam(db, { members: [{ userId: person.id }] });
    await makePolicy(db, { teamId: team.id, levels: [{ targets: [{ type: "user", id: person.id }] }] });
    const refused = await call("DELETE", `/teams/${team.id}/users/${person.id}`);
    expect(refused.status).toBe(400);
    expect(refused.at("error.errors")).toEqual([
      "User cannot be removed as they belong to an escalation policy on this team",
    ]);
  });
});

describe("escalation policies", () => {
  it("come back as they were sent", async () => {
    const person = await makeUser(db);
    const schedule = await makeSchedule(db, { userIds: [person.id] });
    const team = await makeTeam(db);
    const body = {
      escalation_policy: {
        type: "escalation_policy",
        name: "Two levels",
        description: "Managed elsewhere",
        num_loops: 2,
        teams: [{ id: team.id, type: "team_reference" }],
        escalation_rules: [
          { escalation_delay_in_minutes: 10, targets: [{ id: schedule.id, type: "schedule_reference" }] },
          {
            escalation_delay_in_minutes: 15,
            targets: [{ id: person.id, type: "user" }],
            escalation_rule_assignment_strategy: { type: "assign_to_everyone" },
          },
        ],
      },
    };
    const created = await call("POST", "/escalation_policies", { body });
    expect(created.status).toBe(201);
    expect(created.at("escalation_policy")).toMatchObject({
      name: "Two levels",
      num_loops: 2,
      on_call_handoff_notifications: "if_has_services",
      teams: [{ id: team.id, type: "team_reference" }],
      services: [],
      escalation_rules: [
        { escalation_delay_in_minutes: 10, targets: [{ id: schedule.id, type: "schedule_reference" }] },
        { escalation_delay_in_minutes: 15, targets: [{ id: person.id, type: "user_reference" }] },
      ],
    });
    const id = created.text("escalation_policy.id");
    const renamed = await call("PUT", `/escalation_policies/${id}`, {
      body: { escalation_policy: { name: "Renamed", description: null } },
    });
    expect(renamed.at("escalation_policy")).toMatchObject({
      name: "Renamed",
      description: null,
      num_loops: 2,
    });
    expect(renamed.at("escalation_policy.escalation_rules")).toHaveLength(2);
    expect(
      (await call("GET", `/escalation_policies?user_ids[]=${person.id}`)).at("escalation_policies.0.id"),
    ).toBe(id);
    await makeService(db, { escalationPolicyId: id });
    expect((await call("DELETE", `/escalation_policies/${id}`)).status).toBe(400);
  });

  it("need levels with targets that exist", async () => {
    const none = await call("POST", "/escalation_policies", {
      body: { escalation_policy: { name: "Empty", escalation_rules: [] } },
    });
    expect(none.status).toBe(400);
    const targets = [{ id: "QNOBODY", type: "user_reference" }];
    const rules = [{ escalation_delay_in_minutes: 5, targets }];
    const gone = await call("POST", "/escalation_policies", {
      body: { escalation_policy: { name: "Gone", escalation_rules: rules } },
    });
    expect(gone.status).toBe(400);
  });
});

describe("services", () => {
  it("come back as they were sent", async () => {
    const team = await makeTeam(db);
    const policy = await makePolicy(db, { teamId: team.id });
    const sent = {
      name: "Checkout",
      description: null,
      escalation_policy: { id: policy.id, type: "escalation_policy_reference" },
      auto_resolve_timeout: null,
      acknowledgement_timeout: 600,
      response_play: null,
      alert_creation: "create_alerts_and_incidents",
      incident_urgency_rule: {
        type: "use_support_hours",
        during_support_hours: { type: "constant", urgency: "high" },
        outside_support_hours: { type: "constant", urgency: "low" },
      },
      support_hours: {
        type: "fixed_time_per_day",
        time_zone: "Europe/Berlin",
        start_time: "09:00:00",
        end_time: "17:00:00",
        days_of_week: [1, 2, 3, 4, 5],
      },
      scheduled_actions: [null],
    };
    const created = await call("POST", "/services", { body: { service: sent } });
    expect(created.status).toBe(201);
    const { scheduled_actions: _, escalation_policy: __, ...echoed } = sent;
    expect(created.at("service")).toMatchObject({
      ...echoed,
      type: "service",
      status: "active",
      html_url: "http://localhost:3000/services/checkout",
      last_incident_timestamp: null,
      teams: [{ id: team.id, type: "team_reference" }],
      escalation_policy: { id: policy.id, type: "escalation_policy_reference" },
      integrations: [],
      scheduled_actions: [],
      alert_grouping_parameters: { type: null },
    });
    const id = created.text("service.id");
    const off = await call("PUT", `/services/${id}`, {
      body: { service: { status: "disabled", description: "Sells" } },
    });
    expect(off.at("service")).toMatchObject({
      status: "disabled",
      description: "Sells",
      acknowledgement_timeout: 600,
      auto_resolve_timeout: null,
    });
    const action = {
      type: "urgency_change",
      at: { type: "named_time", name: "support_hours_start" },
      to_urgency: "high",
    };
    const raising = await call("PUT", `/services/${id}`, {
      body: { service: { scheduled_actions: [action] } },
    });
    expect(raising.at("service.scheduled_actions")).toEqual([action]);
    const renamed = await call("PUT", `/services/${id}`, { body: { service: { description: "Sells" } } });
    expect(renamed.at("service.scheduled_actions")).toEqual([action]);
    const twice = { scheduled_actions: [action, action] };
    expect((await call("PUT", `/services/${id}`, { body: { service: twice } })).status).toBe(400);
    const simple = {
      incident_urgency_rule: { type: "constant", urgency: "severity_based" },
      support_hours: null,
      acknowledgement_timeout: 0,
    };
    expect((await call("PUT", `/services/${id}`, { body: { service: simple } })).at("service")).toMatchObject(
      {
        incident_urgency_rule: simple.incident_urgency_rule,
        support_hours: null,
        scheduled_actions: [],
        acknowledgement_timeout: null,
      },
    );
    expect(
      (await call("GET", "/services?name=checkout&include[]=escalation_policies")).at(
        "services.0.escalation_policy",
      ),
    ).toMatchObject({ type: "escalation_policy", num_loops: 0 });
    expect((await call("DELETE", `/services/${id}`)).status).toBe(204);
    expect((await call("GET", `/services/${id}`)).status).toBe(404);
  });

  it("refuse a taken name and a policy that isn't there", async () => {
    const service = await makeService(db);
    const policy = { id: service.escalationPolicyId, type: "escalation_policy_reference" };
    const taken = await call("POST", "/services", {
      body: { service: { name: service.name, escalation_policy: policy } },
    });
    expect(taken.at("error.errors")).toEqual(["Name has already been taken"]);
    expect((await call("POST", "/services", { body: { service: { name: "X" } } })).status).toBe(400);
  });

  it("have integrations by type or by vendor, and are found by their key", async () => {
    const service = await makeService(db);
    const path = `/services/${service.id}/integrations`;
    const byType = await call("POST", path, {
      body: { integration: { name: "API", type: "events_api_v2_inbound_integration" } },
    });
    expect(byType.status).toBe(201);
    expect(byType.at("integration")).toMatchObject({
      name: "API",
      type: "events_api_v2_inbound_integration",
      vendor: null,
      service: { id: service.id },
    });
    const key = byType.text("integration.integration_key");
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect(
      (await call("GET", `/services?query=${key}&include[]=integrations`)).at(
        "services.0.integrations.0.integration_key",
      ),
    ).toBe(key);
    const byVendor = await call("POST", path, {
      body: {
        integration: {
          type: "event_transformer_api_inbound_integration",
          vendor: { id: "PRO19CT", type: "vendor" },
        },
      },
    });
    expect(byVendor.at("integration")).toMatchObject({
      name: "Backstage",
      vendor: { id: "PRO19CT", type: "vendor_reference" },
    });
    const id = byVendor.text("integration.id");
    expect(
      (await call("PUT", `${path}/${id}`, { body: { name: "Renamed" } })).at("integration"),
    ).toMatchObject({ name: "Renamed", vendor: { id: "PRO19CT" } });
    expect((await call("DELETE", `${path}/${id}`)).status).toBe(204);
    expect((await call("GET", `${path}/${id}`)).status).toBe(404);
    const other = await makeService(db);
    expect(
      (await call("GET", `/services/${other.id}/integrations/${byType.text("integration.id")}`)).status,
    ).toBe(404);
    expect(
      (await call("POST", path, { body: { integration: { type: "generic_email_inbound_integration" } } }))
        .status,
    ).toBe(400);
  });

  it("write an audit record in the name of the key", async () => {
    const policy = await makePolicy(db);
    const created = await call("POST", "/services", {
      body: { service: { name: "Audited", escalation_policy: { id: policy.id } } },
    });
    const [record] =
      await sql`select actor_type, actor_name, method, action from audit_records where object_id = ${created.text("service.id")}`;
    expect(record).toEqual({
      actor_type: "api_key",
      actor_name: "Test key",
      method: "api",
      action: "create",
    });
  });
});

describe("account", () => {
  it("lists abilities, priorities, vendors and licences", async () => {
    expect((await call("GET", "/abilities")).at("abilities")).toContain("teams");
    expect((await call("GET", "/abilities/teams")).status).toBe(204);
    const missing = await call("GET", "/abilities/event_orchestrations");
    expect(missing.status).toBe(402);
    expect(missing.at("error")).toMatchObject({ message: "Missing Account Ability", code: 2014 });
    expect((await call("GET", "/abilities/nonsense")).status).toBe(404);
    const priorities = await call("GET", "/priorities");
    expect(priorities.body).toMatchObject({
      priorities: [{ name: "P1", type: "priority" }, { name: "P2" }, {}, {}, { name: "P5" }],
      more: false,
    });
    expect(Number(priorities.at("priorities.0.order"))).toBeGreaterThan(
      Number(priorities.at("priorities.1.order")),
    );
    const vendors = await call("GET", "/vendors?query=back&limit=100");
    expect(vendors.at("vendors")).toEqual([
      expect.objectContaining({ id: "PRO19CT", name: "Backstage", type: "vendor" }),
    ]);
    expect((await call("GET", "/vendors/PRO19CT")).at("vendor.name")).toBe("Backstage");
    expect((await call("GET", "/vendors/PNO")).status).toBe(404);
    expect((await call("GET", "/licenses")).at("licenses")).toHaveLength(1);
  });
});
