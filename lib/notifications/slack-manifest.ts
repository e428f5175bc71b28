/**
 * The manifest that makes the Slack app: the rights it needs and no more, and where Slack sends what people press. `url` is the address
 * of this deployment.
 */
export function slackManifest(url: string): string {
  const manifest = {
    display_information: {
      name: "Touchline",
      description: "Pages people, and takes their answers",
      background_color: "#1a2230",
    },
    features: {
      app_home: { home_tab_enabled: false, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
      bot_user: { display_name: "Touchline", always_online: true },
    },
    oauth_config: { scopes: { bot: ["chat:write", "im:write", "users:read", "users:read.email"] } },
    settings: {
      interactivity: { is_enabled: true, request_url: `${url}/api/chat/slack` },
      org_deploy_enabled: false,
      socket_mode_enabled: false,
      token_rotation_enabled: false,
    },
  };
  return JSON.stringify(manifest, null, 2);
}
