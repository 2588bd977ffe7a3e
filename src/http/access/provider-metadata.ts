/** Milliseconds for one answer of the provider; how long it holds; between two asks. */
export const PATIENCE = 3_000
export const KEPT = 600_000
export const COOLDOWN = 1_000

/** Where an issuer describes itself (OpenID Connect Discovery 1.0, 4.1). */
export function discoveryAddress(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
}

/** What an issuer says about itself, not yet checked. Rejects while it does not answer with JSON. */
export async function askProvider(issuer: string): Promise<unknown> {
  const answer = await fetch(discoveryAddress(issuer), {
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
    headers: { accept: 'application/json' },
  })
  return answer.json()
}

/** Whether an address would send in the clear what belongs to an issuer that is not. */
export function isExposed(address: string, issuer: string): boolean {
  return address.startsWith('http:') && issuer.startsWith('https:')
}
