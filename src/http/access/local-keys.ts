import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { makeDataFolder } from '../../ledger/data-folder.js'
import type { Settings } from '../settings.js'
import type { Authenticate, Caller } from './caller.js'

const ROLES = ['caseworker', 'auditor', 'privacy'] as const
type Role = (typeof ROLES)[number]

/** What each local key is good for on a machine without a sign-in service. */
const CALLERS: Readonly<Record<Role, Caller>> = {
  caseworker: {
    actor: 'local-caseworker',
    office: 'local',
    scopes: ['decisions:write', 'decisions:read'],
  },
  auditor: { actor: 'local-auditor', office: null, scopes: ['audit'] },
  privacy: { actor: 'local-privacy', office: null, scopes: ['privacy'] },
}

/** A key for each role. */
export type LocalKeys = Readonly<Record<Role, string>>

const KeyFile = z.strictObject({
  caseworker: z.string().min(32),
  auditor: z.string().min(32),
  privacy: z.string().min(32),
})

type KeySettings = Pick<
  Settings,
  'DATA_DIR' | 'HUIMIN_KEY_CASEWORKER' | 'HUIMIN_KEY_AUDITOR' | 'HUIMIN_KEY_PRIVACY'
>

/**
 * The local keys: those of the environment, else those of `DATA_DIR/local-keys.json`, which is
 * made (readable by its owner only) when a key is needed and the file is not there.
 */
export function localKeys(settings: KeySettings): LocalKeys {
  const given = {
    caseworker: settings.HUIMIN_KEY_CASEWORKER,
    auditor: settings.HUIMIN_KEY_AUDITOR,
    privacy: settings.HUIMIN_KEY_PRIVACY,
  }
  if (ROLES.every((role) => given[role] !== undefined)) return given as LocalKeys
  const kept = keysOfFile(settings.DATA_DIR)
  return {
    caseworker: given.caseworker ?? kept.caseworker,
    auditor: given.auditor ?? kept.auditor,
    privacy: given.privacy ?? kept.privacy,
  }
}

function keysOfFile(folder: string): LocalKeys {
  const path = join(folder, 'local-keys.json')
  if (!existsSync(path)) makeKeyFile(folder, path)
  try {
    return KeyFile.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    throw new Error(`${path} does not hold three keys of at least 32 characters`)
  }
}

function makeKeyFile(folder: string, path: string): void {
  const made = Object.fromEntries(ROLES.map((role) => [role, newKey()]))
  makeDataFolder(folder)
  try {
    writeFileSync(path, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  } catch {
    // Another process made it at the same moment, or none can: reading it tells.
  }
}

function newKey(): string {
  return randomBytes(32).toString('base64url')
}

/** Finds the role of a key; every key is compared in full, so that time tells nothing. */
export function authenticateLocally(keys: LocalKeys): Authenticate {
  const known = ROLES.map((role) => ({ digest: digestOf(keys[role]), caller: CALLERS[role] }))
  return async (token) => {
    const digest = digestOf(token)
    const found = known.filter((one) => timingSafeEqual(one.digest, digest))
    return found[0]?.caller ?? null
  }
}

function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
