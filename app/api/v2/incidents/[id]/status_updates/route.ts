export { createStatusUpdate as POST } from "#lib/http/api/status-updates";
