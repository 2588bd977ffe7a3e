/** What must be known again when the provider sends someone back. */
export interface Attempt {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  /** The screen to go back to, as its address after `#`. */
  readonly back: string
}

const KEY = 'huimin-sign-in'
const CHANNEL = 'huimin-sign-in'
/** Milliseconds in which a page that waits says so. */
const PATIENCE = 2_000

type Message = { readonly returned: string } | { readonly taken: string }

/** Keeps an attempt while this very page is away at the provider. */
export function keepAttempt(attempt: Attempt): void {
  sessionStorage.setItem(KEY, JSON.stringify(attempt))
}

/** The attempt that was kept, which is then kept no longer. */
export function takeAttempt(): Attempt | null {
  const kept = sessionStorage.getItem(KEY)
  sessionStorage.removeItem(KEY)
  return kept === null ? null : JSON.parse(kept)
}

let returned: URLSearchParams | null = null

/**
 * Notes what the provider sent back in the query and takes it out of the address, before anything
 * is shown; the sign-in screen goes on with it.
 */
export function noteReturned(): void {
  const query = new URLSearchParams(location.search)
  if (!query.has('state') || !(query.has('code') || query.has('error'))) return
  returned = query
  history.replaceState(null, '', '/#/sign-in')
}

/** What was noted, once. */
export function takeReturned(): URLSearchParams | null {
  const noted = returned
  returned = null
  return noted
}

/** Goes on here with what the provider sends to another tab for this attempt. */
export function awaitReturn(attempt: Attempt, then: (returned: URLSearchParams) => void): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (!('returned' in data)) return
    const query = new URLSearchParams(data.returned)
    if (query.get('state') !== attempt.state) return
    channel.postMessage({ taken: attempt.state } satisfies Message)
    channel.close()
    then(query)
  }
}

/** Hands what the provider sent here to the tab that waits for it; false when none does. */
export function handOver(query: URLSearchParams): Promise<boolean> {
  const channel = new BroadcastChannel(CHANNEL)
  const answered = new Promise<boolean>((resolve) => {
    channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if ('taken' in data && data.taken === query.get('state')) resolve(true)
    }
    setTimeout(() => resolve(false), PATIENCE)
  })
  channel.postMessage({ returned: query.toString() } satisfies Message)
  return answered.finally(() => channel.close())
}
