import { statSync } from 'node:fs'
import { z } from 'zod'

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most))
const folder = z.string().refine((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory())
const file = z.string().refine((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
const folders = z
  .string()
  .transform((text) => text.split(':').filter(Boolean))
  .pipe(z.array(folder))
const KEYS = ['HUIMIN_KEY_CASEWORKER', 'HUIMIN_KEY_AUDITOR', 'HUIMIN_KEY_PRIVACY'] as const
const KEY_FORM = 'at least 32 visible ASCII characters, another for each role'
const key = z
  .string()
  .regex(/^[!-~]{32,}$/)
  .optional()

/** An issuer as OpenID Connect Discovery 1.0, 3 has it; in the clear on this machine only. */
const issuer = z
  .url({ protocol: /^https?$/, abort: true })
  .refine((text) => !/[?#\s]/.test(text) && !new URL(text).username && isPrivate(new URL(text)))

function isPrivate({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
}

/** What each variable of the environment must be, said when it is not. */
const FORMS: Readonly<Record<string, string>> = {
  PORT: 'a port, 0 to 65535',
  HOST: 'a host name or address',
  SIGNING_KEY_FILE: 'a file that exists',
  DATABASE_URL: 'a postgres:// address',
  RULEBOOK_DIRS: 'folders that exist, with : between them',
  SOURCES_DIR: 'a folder that exists',
  REQUIRE_AUTH: 'stored (what is kept) or all (everything but the probes)',
  OIDC_ISSUER:
    'an https address without query, or http on this machine, together with OIDC_AUDIENCE',
  OIDC_AUDIENCE: 'text without spaces, given together with OIDC_ISSUER',
  OIDC_CLIENT_ID: 'visible ASCII characters without spaces, given with OIDC_ISSUER',
  RATE_LIMIT: 'a whole number of requests a minute, at least 1',
  LOG_LEVEL: 'one of fatal, error, warn, info, debug, trace, silent',
  HUIMIN_KEY_CASEWORKER: KEY_FORM,
  HUIMIN_KEY_AUDITOR: KEY_FORM,
  HUIMIN_KEY_PRIVACY: KEY_FORM,
}

const Settings = z
  .object({
    PORT: wholeNumber(0, 65_535).default(3000),
    HOST: z
      .string()
      .regex(/^[\w.:%-]+$/)
      .default('127.0.0.1'),
    DATA_DIR: z.string().default('./data'),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    SIGNING_KEY_FILE: file.optional(),
    RULEBOOK_DIRS: folders.default([]),
    SOURCES_DIR: folder.optional(),
    REQUIRE_AUTH: z.enum(['stored', 'all']).default('stored'),
    OIDC_ISSUER: issuer.optional(),
    OIDC_AUDIENCE: z.string().regex(/^\S+$/).optional(),
    OIDC_CLIENT_ID: z
      .string()
      .regex(/^[!-~]+$/)
      .optional(),
    // A guard against floods from one address, not a quota: portals lower it.
    RATE_LIMIT: wholeNumber(1, 999_999_999).default(600_000),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
      .default('info'),
    HUIMIN_KEY_CASEWORKER: key,
    HUIMIN_KEY_AUDITOR: key,
    HUIMIN_KEY_PRIVACY: key,
  })
  .refine((settings) => Boolean(settings.OIDC_ISSUER) === Boolean(settings.OIDC_AUDIENCE), {
    path: ['OIDC_AUDIENCE'],
  })
  .refine(({ OIDC_CLIENT_ID, OIDC_ISSUER }) => !OIDC_CLIENT_ID || Boolean(OIDC_ISSUER), {
    path: ['OIDC_CLIENT_ID'],
  })
  .superRefine((settings, { addIssue }) => {
    const given = KEYS.filter((name) => settings[name] !== undefined)
    const again = given.find((name, index) =>
      given.slice(0, index).some((other) => settings[other] === settings[name]),
    )
    if (again !== undefined) addIssue({ code: 'custom', path: [again] })
  })

/** The settings of the service, defaults filled in. */
export type Settings = Readonly<z.infer<typeof Settings>>

/**
 * Reads the settings from an environment; an empty variable counts as not given.
 * Throws an Error whose message is one line that names the variable, never its value.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.entries(environment).filter(([, value]) => value !== '')
  const read = Settings.safeParse(Object.fromEntries(given))
  if (read.success) return read.data
  const name = String(read.error.issues[0]?.path[0])
  throw new Error(`${name} must be ${FORMS[name]}`)
}
