export { listNotes as GET, createNote as POST } from "#lib/http/api/incident-notes";
