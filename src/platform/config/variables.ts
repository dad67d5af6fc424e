/** One row per variable: the source of the validation messages and of docs/configuration.md. */
export interface Variable {
  name: string;
  /** What it does, one sentence. */
  purpose: string;
  /** Shown when nothing is set; '' means "off". */
  fallback: string;
  /** A value that would be accepted. */
  example: string;
}

const variable = (name: string, fallback: string, example: string, purpose: string): Variable => ({ name, fallback, example, purpose });

export const VARIABLES = [
  variable('PORT', '4400', '8080', 'Port the web server listens on.'),
  variable('HOST', '127.0.0.1', '0.0.0.0', 'Address the web server listens on; 0.0.0.0 lets phones on the same network in, 127.0.0.1 only this machine.'),
  variable('DATA_DIR', './data', '/var/lib/lockstep', 'Folder of the database, keys and backups; made when missing, readable by its owner only.'),
  variable('BASE_URL', 'the address served', 'https://lockstep.example.com', 'Address people use, written into every link; needed behind a proxy.'),
  variable('DATABASE_URL', '', 'postgres://lockstep_app:secret@db:5432/lockstep', 'PostgreSQL 15 or later for the application role; set together with DATABASE_OWNER_URL, then no database is started here.'),
  variable('DATABASE_OWNER_URL', '', 'postgres://lockstep_owner:secret@db:5432/lockstep', 'The same database for the role that owns the tables and migrates.'),
  variable('SMTP_URL', '', 'smtp://user:secret@mail.example.com:587', 'Mail server in one line; or use the SMTP_ variables below. Without either, mails wait in the outbox page. ?requireTLS=true at its end sends nothing in the clear, ?tls.rejectUnauthorized=false accepts a certificate nobody vouches for.'),
  variable('SMTP_HOST', '', 'mail.example.com', 'Mail server.'),
  variable('SMTP_PORT', '587', '465', 'Port of the mail server; 465 speaks TLS from the start, others upgrade.'),
  variable('SMTP_USER', '', 'lockstep', 'Login at the mail server.'),
  variable('SMTP_PASSWORD', '', 'secret', 'Password at the mail server.'),
  variable('SMTP_FROM', '', 'Lockstep <lockstep@example.com>', 'Sender of every mail; needed whenever a mail server is set.'),
  variable('OIDC_ISSUER', '', 'https://login.example.com/realms/main', 'OpenID Connect issuer for single sign-on.'),
  variable('OIDC_CLIENT_ID', '', 'lockstep', 'Client id registered there.'),
  variable('OIDC_CLIENT_SECRET', '', 'secret', 'Client secret registered there.'),
  variable('OIDC_LABEL', 'Single sign-on', 'Company login', 'Text on the sign-in button.'),
  variable('WEBHOOK_ALLOW_PRIVATE', 'no', 'yes', 'Lets webhooks go to private addresses and to every port: yes only where everybody who may set them up may also reach what this server reaches.'),
  variable('CLOSE_GRACE', '15', '0', 'Minutes after closing during which answers already sealed are still accepted (0 to 1440).'),
  variable('LOG_LEVEL', 'info', 'debug', 'One of debug, info, warn, error, silent.'),
] as const satisfies readonly Variable[];

/** Edits (insert, delete, replace, swap of neighbours) that turn one name into the other. */
export const editDistance = (a: string, b: string): number => {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replace = (rows[i - 1]?.[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min((rows[i - 1]?.[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replace);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (rows[i - 2]?.[j - 2] ?? 0) + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
};

const FAMILIES = /^(SMTP|OIDC|DATABASE)_/;

/** Variables that look like ours and are not: a misspelt name would otherwise be ignored in silence. */
export const misspelt = (names: Iterable<string>): string[] => {
  const known: readonly string[] = VARIABLES.map((entry) => entry.name);
  const warnings: string[] = [];
  for (const name of names) {
    if (known.includes(name)) continue;
    const near = known.find((ours) => editDistance(name, ours) <= (ours.length <= 5 ? 1 : 2));
    if (near) warnings.push(`${name} is set but unknown: did you mean ${near}?`);
    else if (FAMILIES.test(name)) warnings.push(`${name} is set but unknown; known are ${known.filter((ours) => ours.startsWith(name.split('_')[0] ?? name)).join(', ')}.`);
  }
  return warnings;
};
