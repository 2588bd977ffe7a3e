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
const key = z
  .string()
  .regex(/^\S{32,}$/)
  .optional()

/** What each variable of the environment must be, said when it is not. */
const FORMS: Readonly<Record<string, string>> = {
  PORT: 'a port, 0 to 65535',
  HOST: 'a host name or address',
  SIGNING_KEY_FILE: 'a file that exists',
  DATABASE_URL: 'a postgres:// address',
  RULEBOOK_DIRS: 'folders that exist, with : between them',
  SOURCES_DIR: 'a folder that exists',
  REQUIRE_AUTH: 'stored: this release has no sign-in to ask for',
  OIDC_ISSUER: 'an http(s) address, together with OIDC_AUDIENCE',
  OIDC_AUDIENCE: 'given together with OIDC_ISSUER',
  RATE_LIMIT: 'a whole number of requests a minute, at least 1',
  LOG_LEVEL: 'one of fatal, error, warn, info, debug, trace, silent',
  HUIMIN_KEY_CASEWORKER: 'at least 32 characters without spaces',
  HUIMIN_KEY_AUDITOR: 'at least 32 characters without spaces',
  HUIMIN_KEY_PRIVACY: 'at least 32 characters without spaces',
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
    // `all` comes with sign-in; until then a service that must be closed does not start open.
    REQUIRE_AUTH: z.enum(['stored']).default('stored'),
    OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
    OIDC_AUDIENCE: z.string().optional(),
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
