/** The environment, read once: bad values stop the start with the variable's name, what was given and what is allowed. */
import { z } from 'zod';

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const text = z.string().trim().min(1);
const origin = z.url({ protocol: /^https?$/ }).transform((value) => new URL(value).origin);

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3978),
  HOST: text.default('127.0.0.1'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((value) => value.replace(/\/+$/, ''))
    .optional(),
  DATA_DIR: text.default('./data'),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  DESK_ID: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
    .default('default'),
  FAQ_DIR: text.default('./faq'),
  /** Unset: `./dialogs` if there is one. */
  DIALOGS_DIR: text.optional(),
  /** A file or an address; unset: the shipped sample, if it is there. */
  CUSTOMERS: text.refine((place) => !/^[a-z]+:\/\//i.test(place) || /^https?:\/\/[^/]/i.test(place)).optional(),
  CUSTOMERS_SECRET: z.string().min(16).optional(),
  /** Unset: ./desk.yaml, if it is there. */
  DESK_FILE: text.optional(),
  SIGNING_SECRET: z.string().min(32).optional(),
  IDENTITY_SECRET: z.string().min(32).optional(),
  ALLOWED_ORIGINS: z
    .string()
    .transform((value) => value.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(origin))
    .default([]),
  DIRECT_LINE_SECRET: z.string().min(16).optional(),
  ADMIN_PASSWORD: z.string().min(8).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  MicrosoftAppId: text.optional(),
  MicrosoftAppPassword: text.optional(),
  MicrosoftAppType: z.enum(['MultiTenant', 'SingleTenant', 'UserAssignedMSI']).optional(),
  MicrosoftAppTenantId: text.optional(),
});

export type Config = Readonly<z.output<typeof schema>>;

const allowed: Record<keyof Config, string> = {
  PORT: 'a whole number from 0 to 65535 (0: any free port)',
  HOST: 'an address or host name to listen at',
  PUBLIC_URL: 'the http:// or https:// address visitors reach the service at',
  DATA_DIR: 'a directory',
  REDIS_URL: 'a redis:// or rediss:// address, or unset for the embedded store',
  DESK_ID: '1 to 63 lower-case letters, digits and hyphens, beginning with a letter or digit',
  FAQ_DIR: 'a directory',
  DIALOGS_DIR: 'a directory',
  CUSTOMERS: 'a .yaml or .csv file, or an http:// or https:// address',
  CUSTOMERS_SECRET: 'at least 16 characters',
  DESK_FILE: 'a file',
  SIGNING_SECRET: 'at least 32 characters, or unset to have one made and kept in the store',
  IDENTITY_SECRET: 'at least 32 characters',
  ALLOWED_ORIGINS: 'origins such as https://www.example.com, separated by commas or spaces',
  DIRECT_LINE_SECRET: 'at least 16 characters',
  ADMIN_PASSWORD: 'at least 8 characters',
  LOG_LEVEL: 'fatal, error, warn, info, debug, trace or silent',
  MicrosoftAppId: "the bot's application id, or unset",
  MicrosoftAppPassword: "the bot's client secret, or unset",
  MicrosoftAppType: 'MultiTenant, SingleTenant or UserAssignedMSI',
  MicrosoftAppTenantId: 'the tenant id, or unset',
};

const secret: readonly string[] = [
  'SIGNING_SECRET',
  'IDENTITY_SECRET',
  'DIRECT_LINE_SECRET',
  'CUSTOMERS_SECRET',
  'ADMIN_PASSWORD',
  'MicrosoftAppPassword',
];

/**
 * @param environment such as `process.env`; an empty value counts as unset.
 * @throws ConfigError naming every bad variable; a secret's value is never repeated.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => (environment[name]?.trim() ? [[name, environment[name]]] : [])),
  );
  const result = schema.safeParse(given);
  if (!result.success) {
    const names = [...new Set(result.error.issues.map((issue) => issue.path[0] as keyof Config))];
    const lines = names.map((name) => {
      const value = environment[name] ?? '';
      const shown = secret.includes(name)
        ? `${value.length} characters`
        : name === 'REDIS_URL'
          ? 'something else'
          : JSON.stringify(value);
      return `${name}: ${shown} was given; allowed is ${allowed[name]}.`;
    });
    throw new ConfigError(lines.join('\n'));
  }
  if (
    result.data.MicrosoftAppId &&
    !result.data.MicrosoftAppPassword &&
    result.data.MicrosoftAppType !== 'UserAssignedMSI'
  ) {
    throw new ConfigError(
      'MicrosoftAppPassword: nothing was given; with MicrosoftAppId set, the client secret is needed (or MicrosoftAppType=UserAssignedMSI).',
    );
  }
  return Object.freeze(result.data);
}
