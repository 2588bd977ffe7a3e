import type { Settings } from '../settings.js'
import { authenticateWithOidc } from './authenticate-with-oidc.js'
import type { Authenticate } from './caller.js'
import { authenticateLocally, localKeys } from './local-keys.js'

/** A JWT in its compact form; local keys that look like one are found before. */
const JWT = /^[\w-]+\.[\w-]+\.[\w-]*$/

/** Finds callers as the settings say: by the local keys, then by tokens of the OpenID provider, if one is given. */
export function authenticateCallers(settings: Settings, clock: () => Date): Authenticate {
  const locally = authenticateLocally(localKeys(settings))
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience } = settings
  if (issuer === undefined || audience === undefined) return locally
  const withOidc = authenticateWithOidc({ issuer, audience, clock })
  return async (token) => {
    const local = await locally(token)
    if (local !== null || !JWT.test(token)) return local
    return withOidc(token)
  }
}
