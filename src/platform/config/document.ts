import { VARIABLES } from './variables';

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** docs/configuration.md, from the same table that validates. */
export const configurationPage = (): string => {
  const rows = VARIABLES.map(({ name, purpose, fallback, example }) => `| \`${name}\` | ${cell(purpose)} | ${fallback ? `\`${cell(fallback)}\`` : '–'} | \`${cell(example)}\` |`);
  return `# Configuration

Environment variables only; none is needed. They are checked together at start: every wrong one is named with what to write instead, and nothing is started. A name that looks like one of these but is not is pointed out.

| variable | what it does | unset means | example |
| --- | --- | --- | --- |
${rows.join('\n')}

\`SMTP_URL\` and the single \`SMTP_\` variables exclude each other. \`OIDC_ISSUER\`, \`OIDC_CLIENT_ID\` and \`OIDC_CLIENT_SECRET\` belong together. \`DATABASE_URL\` and \`DATABASE_OWNER_URL\` belong together and name two roles of one database; SECURITY.md shows how to make them.

For tests: \`TEST_DATABASE_URL\` (a server instead of the built-in database), \`CHROMIUM_PATH\` (the browser), \`LOCKSTEP_REFERENCE_DATA\` (a folder of published data sets).
`;
};
