/** What an API token may do, by feature; a person in the browser may do all that the role allows. */
export const SCOPES = [
  'workspace:read', 'workspace:write', 'people:read', 'people:write', 'assessment:read', 'assessment:write', 'customers:read', 'customers:write',
  'pipeline:read', 'pipeline:write', 'agreements:read', 'agreements:write', 'goals:read', 'goals:write', 'diagnosis:read', 'diagnosis:write', 'huddle:read', 'huddle:write', 'improvement:read', 'improvement:write',
] as const;
export type TokenScope = (typeof SCOPES)[number];
