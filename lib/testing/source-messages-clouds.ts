import type { SourceMessages } from "#lib/testing/source-messages";

const ALARM_ARN = "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:odds-queue-depth";

export function snsAlarm(state: string, changes: object = {}): Record<string, unknown> {
  return {
    Type: "Notification",
    MessageId: "0f3ab1c2-0000-4000-8000-000000000001",
    TopicArn: "arn:aws:sns:eu-central-1:123456789012:alarms",
    Subject: `${state}: "odds-queue-depth" in EU (Frankfurt)`,
    Message: JSON.stringify({
      AlarmName: "odds-queue-depth",
      AlarmDescription: "The feed can't keep up",
      AWSAccountId: "123456789012",
      NewStateValue: state,
      NewStateReason: "Threshold Crossed",
      StateChangeTime: state === "OK" ? "2026-01-11T18:09:00.000+0000" : "2026-01-11T18:00:00.000+0000",
      Region: "EU (Frankfurt)",
      AlarmArn: ALARM_ARN,
      OldStateValue: state === "OK" ? "ALARM" : "OK",
      Trigger: {
        MetricName: "ApproximateNumberOfMessagesVisible",
        Namespace: "AWS/SQS",
        Dimensions: [{ value: "odds", name: "QueueName" }],
      },
      ...changes,
    }),
    Timestamp: "2026-01-11T18:00:01.000Z",
    SignatureVersion: "1",
    Signature: "c2lnbmVk",
    SigningCertURL: "https://sns.eu-central-1.amazonaws.com/cert.pem",
  };
}

export function bridgedAlarm(state: string): Record<string, unknown> {
  return {
    version: "0",
    id: "c4c1c1c9-6542-e61b-6ef0-8c4d36933a92",
    "detail-type": "CloudWatch Alarm State Change",
    source: "aws.cloudwatch",
    account: "123456789012",
    time: "2026-01-11T18:00:00Z",
    region: "eu-central-1",
    resources: [ALARM_ARN],
    detail: {
      alarmName: "odds-queue-depth",
      state: { value: state, reason: "Threshold Crossed", timestamp: "2026-01-11T18:00:00.000+0000" },
      previousState: { value: "OK" },
    },
  };
}

export function azureCommon(condition: string, changes: object = {}): Record<string, unknown> {
  return {
    schemaId: "azureMonitorCommonAlertSchema",
    data: {
      essentials: {
        alertId:
          "/subscriptions/11111111-1111-1111-1111-111111111111/providers/Microsoft.AlertsManagement/alerts/b9569717",
        alertRule: "CPU of the bet engine",
        severity: "Sev1",
        signalType: "Metric",
        monitorCondition: condition,
        monitoringService: "Platform",
        alertTargetIDs: ["/subscriptions/11111111/resourcegroups/bets/virtualmachines/bet-1"],
        configurationItems: ["bet-1"],
        originAlertId: "11111111_bets_cpu",
        firedDateTime: "2026-01-11T18:00:00.1234567Z",
        ...(condition === "Resolved" ? { resolvedDateTime: "2026-01-11T18:09:00.7654321Z" } : {}),
        description: "More than 90 %",
        essentialsVersion: "1.0",
        ...changes,
      },
      alertContext: { properties: null, conditionType: "SingleResourceMultipleMetricCriteria" },
    },
  };
}

export function gcpIncident(changes: object = {}): Record<string, unknown> {
  return {
    version: "1.2",
    incident: {
      incident_id: "0.mabc123",
      scoping_project_id: "bets-prod",
      url: "https://console.cloud.google.com/monitoring/alerting/incidents/0.mabc123",
      started_at: 1768154400,
      ended_at: null,
      state: "open",
      summary: "CPU of bet-1 is above 0.9",
      severity: "CRITICAL",
      resource: { type: "gce_instance", labels: { instance_id: "42", project_id: "bets-prod" } },
      resource_name: "bet-1",
      policy_name: "Bet engine",
      policy_user_labels: { severity: "warning" },
      condition_name: "CPU",
      documentation: { content: "See the runbook", mime_type: "text/markdown" },
      ...changes,
    },
  };
}

export const cloudMessages: SourceMessages[] = [
  { source: "cloudwatch", fire: snsAlarm("ALARM"), resolve: snsAlarm("OK") },
  { source: "cloudwatch", fire: bridgedAlarm("ALARM"), resolve: bridgedAlarm("OK") },
  { source: "azure-monitor", fire: azureCommon("Fired"), resolve: azureCommon("Resolved") },
  {
    source: "gcp-monitoring",
    fire: gcpIncident(),
    resolve: gcpIncident({ state: "closed", ended_at: 1768154940 }),
  },
];
